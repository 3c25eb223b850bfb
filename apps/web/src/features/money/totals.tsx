import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { yuan } from '../../lib/quantities';
import styles from './book.module.css';

/** Received less returned less spent is held: the four numbers add up to the fen. */
export function Totals({ totals }: { readonly totals: Schemas['BookTotals'] }) {
  const { t } = useLingui();
  const numbers: readonly [string, string][] = [
    [t`收到`, totals.received],
    [t`退回`, totals.returned],
    [t`花掉`, totals.spent],
    [t`还在账上`, totals.held],
  ];
  return (
    <dl className={styles.totals}>
      {numbers.map(([name, fen]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">¥{yuan(fen)}</dd>
        </div>
      ))}
    </dl>
  );
}
