import type { ReactNode } from 'react';
import styles from './Overview.module.css';

/** A part of an overview under its own heading. */
export function Card({ title, children, isWide = false }: { title: string; children: ReactNode; isWide?: boolean }) {
  return (
    <section className={styles['card']} data-wide={isWide || undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Names with their values. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
