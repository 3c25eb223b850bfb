import { useLingui } from '@lingui/react/macro';
import styles from './waiting.module.css';

/** The place of something that is on its way: as tall as it will be about, so that nothing jumps. */
export function Waiting({ lines = 3 }: { readonly lines?: number }) {
  const { t } = useLingui();
  return (
    <div className={styles.waiting} role="status">
      <span className="sr-only">{t`正在打开…`}</span>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} aria-hidden className={styles.line} />
      ))}
    </div>
  );
}
