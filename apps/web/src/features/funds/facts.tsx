import type { ReactNode } from 'react';
import styles from './funds.module.css';

interface FactsProps {
  /** What is null or empty has nothing to say and is left out. */
  readonly rows: readonly (readonly [name: string, value: ReactNode])[];
}

/** What is known of one thing, a line each. */
export function Facts({ rows }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ id, title, acts, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.section}>
        {title}
      </h2>
      {acts && <div className={styles.acts}>{acts}</div>}
      {children}
    </section>
  );
}
