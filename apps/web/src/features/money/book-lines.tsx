import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import styles from './book.module.css';

interface BookLinesProps {
  readonly lines: readonly Schemas['BookLineView'][];
  /** The book of a community leads on to the campaign of each line. */
  readonly withCampaign?: boolean;
}

export function BookLines({ lines, withCampaign }: BookLinesProps) {
  const { t } = useLingui();
  return (
    <ol className={styles.lines}>
      {lines.map((line) => (
        <li key={line.id}>
          <Link to="/book/lines/$id" params={{ id: line.id }} className={styles.line}>
            <span className={styles.what}>
              {line.what}
              {line.payer && <span className={styles.who}>{line.payer.name}</span>}
            </span>
            <Amount line={line} />
            <span className={styles.small}>
              {t`第 ${line.number} 笔`} · {date(line.at)}
              {line.voucher && ` · ${t`凭证 ${line.voucher}`}`}
              {withCampaign && line.campaignId === null && ` · ${t`不属于某一件事`}`}
            </span>
            <span className={styles.small}>{t`余 ¥${yuan(line.balance)}`}</span>
            {line.challenges > 0 && (
              <span className={styles.asked}>
                {plural(line.challenges, { one: '# 个提问', other: '# 个提问' })}
                {line.challengesLive > 0 && ` · ${t`等答复`}`}
              </span>
            )}
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** The sign is said in words, too: colour and a dash alone would not reach everybody. */
export function Amount({ line }: { readonly line: Pick<Schemas['BookLineView'], 'direction' | 'amount'> }) {
  const { t } = useLingui();
  const isIn = line.direction === 'in';
  return (
    <span className={`num ${isIn ? styles.in : styles.out}`}>
      <span className="sr-only">{isIn ? t`收入` : t`支出`}</span>
      {isIn ? '+' : '–'}¥{yuan(line.amount)}
    </span>
  );
}
