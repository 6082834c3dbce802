import type { ReactNode } from 'react';
import styles from './Badge.module.css';

export type Tone = 'plain' | 'quiet' | 'accent' | 'success' | 'warning' | 'danger';

/** A word or two in a frame, coloured by how much it matters. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {children}
    </span>
  );
}
