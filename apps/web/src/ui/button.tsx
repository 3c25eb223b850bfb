import { Link, type LinkProps } from '@tanstack/react-router';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

/** main: the one thing to do here. plain: beside it. quiet: like a link. danger: takes something away. */
type Look = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  /** The work is on its way: another press does nothing, and the words stay. */
  readonly busy?: boolean;
}

export function Button({ look = 'plain', busy = false, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      className={`${styles.button} ${styles[look]} ${className ?? ''}`}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  );
}

interface ButtonLinkProps extends Omit<LinkProps, 'children'> {
  readonly look?: Look;
  readonly className?: string;
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
}

/** Goes somewhere and looks like a button. */
export function ButtonLink({ look = 'plain', className, ...rest }: ButtonLinkProps) {
  return <Link className={`${styles.button} ${styles[look]} ${className ?? ''}`} {...rest} />;
}
