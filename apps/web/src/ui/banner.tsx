import type { ReactNode } from 'react';
import styles from './banner.module.css';

/** note: good to know. warn: look here before going on. error: it did not work. done: it did. */
type Tone = 'note' | 'warn' | 'error' | 'done';

interface BannerProps {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Said aloud when it appears while somebody is on the page. */
  readonly live?: boolean;
}

export function Banner({ tone = 'note', title, children, actions, live }: BannerProps) {
  const role = live ? (tone === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role={role}>
      {title && <p className={styles.title}>{title}</p>}
      {children && <div>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
