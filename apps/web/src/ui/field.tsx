import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import styles from './field.module.css';

interface FieldFrame {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What to mend, in words; the same stand in the summary. */
  readonly error?: string | undefined;
}

interface Described {
  readonly id: string;
  readonly 'aria-invalid'?: true | undefined;
  readonly 'aria-describedby'?: string | undefined;
}

function useDescribed(id: string | undefined, { hint, error }: Pick<FieldFrame, 'hint' | 'error'>) {
  const own = useId();
  const name = id ?? own;
  const told = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  const described: Described = {
    id: name,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': told || undefined,
  };
  return { name, described };
}

function Frame({ name, label, hint, error, children }: FieldFrame & { name: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p className={styles.hint} id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p className={styles.error} id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type InputProps = FieldFrame & ComponentPropsWithRef<'input'> & { readonly suffix?: string };

export function Input({ label, hint, error, suffix, id, ...rest }: InputProps) {
  const { name, described } = useDescribed(id, { hint, error });
  return (
    <Frame name={name} label={label} hint={hint} error={error}>
      <span className={styles.row}>
        <input className={styles.control} {...described} {...rest} />
        {suffix && <span className={styles.suffix}>{suffix}</span>}
      </span>
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  id,
  ...rest
}: FieldFrame & ComponentPropsWithRef<'textarea'>) {
  const { name, described } = useDescribed(id, { hint, error });
  return (
    <Frame name={name} label={label} hint={hint} error={error}>
      <textarea className={styles.control} rows={4} {...described} {...rest} />
    </Frame>
  );
}

export function Select({ label, hint, error, id, ...rest }: FieldFrame & ComponentPropsWithRef<'select'>) {
  const { name, described } = useDescribed(id, { hint, error });
  return (
    <Frame name={name} label={label} hint={hint} error={error}>
      <select className={styles.control} {...described} {...rest} />
    </Frame>
  );
}

type CheckProps = Omit<FieldFrame, 'hint'> & ComponentPropsWithRef<'input'>;

export function Check({ label, error, id, ...rest }: CheckProps) {
  const { name, described } = useDescribed(id, { error });
  return (
    <div className={styles.field}>
      <label className={styles.check} htmlFor={name}>
        <input type="checkbox" {...described} {...rest} />
        <span>{label}</span>
      </label>
      {error && (
        <p className={styles.error} id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A group of choices under one question. */
export function FieldSet({ label, hint, error, children }: FieldFrame & { readonly children: ReactNode }) {
  const id = useId();
  return (
    <fieldset className={styles.field} aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
      {error && (
        <p className={styles.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
