import { useEffect, useRef, type ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  /** What the tab is called and what a screen reader says first. */
  readonly title: string;
  readonly lead?: ReactNode;
  /** The heading stands elsewhere on the page, inside the main part. */
  readonly ownHeading?: boolean;
  readonly width?: 'column' | 'wide';
  readonly children: ReactNode;
}

/** The main part of a screen: one heading that takes the focus when one comes here, so that nobody is lost. */
export function Page({ title, lead, ownHeading, width = 'column', children }: PageProps) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} · 合伙`;
  }, [title]);
  useEffect(() => {
    // The first page of a visit leaves the focus where the browser has it.
    if (history.state?.__TSR_index > 0) main.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, []);
  return (
    <main id="main" ref={main} className={`${styles.page} ${styles[width]}`}>
      {!ownHeading && (
        <header className={styles.head}>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </header>
      )}
      {children}
    </main>
  );
}
