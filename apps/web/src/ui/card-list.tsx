import type { ReactNode } from 'react';
import styles from './card-list.module.css';

/** Things in a list, each a card that leads to its page. */
export function CardList({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}
