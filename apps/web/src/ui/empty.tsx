import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Nothing here yet: says so in one sentence and offers what to do. */
export function Empty({ says, children }: { readonly says: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 72 48" aria-hidden="true" focusable="false">
        <path className={styles.wall} d="M6 8h60v40H6z" />
        <path
          className={styles.dark}
          d="M14 15h9v11h-9zm18 0h9v11h-9zm18 0h9v11h-9zM14 32h9v11h-9zm36 0h9v11h-9z"
        />
        <path className={styles.door} d="M32 31h9v17h-9z" />
        <path className={styles.ground} d="M0 45h72v3H0z" />
      </svg>
      <p>{says}</p>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
