import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { Button } from '@/ui/Button';
import styles from './Failure.module.css';

/** Shows what failed in place of the part of the page that failed, and a way on. */
export class Failure extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div role="alert" className={styles['failure']}>
        <h2>{i18next.t('shell:failure.title')}</h2>
        <p>{error.message}</p>
        <p>
          <Button onPress={() => this.setState({ error: null })}>{i18next.t('shell:failure.again')}</Button>{' '}
          <Button onPress={() => location.reload()}>{i18next.t('shell:failure.reload')}</Button>
        </p>
      </div>
    );
  }
}
