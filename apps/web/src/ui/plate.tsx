import type { ReactNode } from 'react';
import styles from './plate.module.css';

/** The name of a community as the blue enamel plate at its door. */
export function Plate({ children }: { readonly children: ReactNode }) {
  return (
    <span className={styles.plate}>
      <span>{children}</span>
    </span>
  );
}

/** The red stamp of something that staff have looked at. */
export function Stamp({ children }: { readonly children: ReactNode }) {
  return <span className={styles.stamp}>{children}</span>;
}
