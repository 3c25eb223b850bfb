import { useLingui } from '@lingui/react';
import styles from './seal.module.css';
import { KIND, type Kind } from './kinds';

/** The square stamp of a kind of help. A picture only: the name stands beside it. */
export function Seal({ kind, small }: { readonly kind: Kind; readonly small?: boolean }) {
  const { i18n } = useLingui();
  const { seal, icon: Icon } = KIND[kind];
  return (
    <span aria-hidden className={`${styles.seal} ${small ? styles.small : ''}`} data-kind={kind}>
      {i18n.locale === 'en' ? <Icon size="1.2em" /> : seal}
    </span>
  );
}
