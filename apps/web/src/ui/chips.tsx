import type { InputHTMLAttributes, ReactNode } from 'react';
import styles from './chips.module.css';

export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className={styles.chips}>{children}</div>;
}

type ChipProps = InputHTMLAttributes<HTMLInputElement> & { readonly children: ReactNode };

/** One choice as something large to tap: a radio button, or a checkbox where several may hold. */
export function Chip({ type = 'radio', children, ...rest }: ChipProps) {
  return (
    <label className={styles.chip}>
      <input type={type} {...rest} />
      <span>{children}</span>
    </label>
  );
}
