import { useLingui } from '@lingui/react/macro';
import { moment } from '../../lib/dates';
import { shortLink } from '../../lib/links';
import { amount, missing } from '../../ui/amount';
import { KIND, kindOf } from '../../ui/kinds';
import { Qr } from '../../ui/qr';
import { Seal } from '../../ui/seal';
import styles from './paper.module.css';
import type { Campaign } from './paper';

interface OfCampaign {
  readonly campaign: Campaign;
}

/** What is still missing, ask by ask; before it opens that is everything. */
export function StillMissing({ campaign }: OfCampaign) {
  const { t, i18n } = useLingui();
  return (
    <ul className={styles.asks}>
      {campaign.asks.map((ask) => {
        const short = missing(ask.promised, ask.wanted);
        return (
          <li key={ask.id}>
            <Seal kind={kindOf(ask.kind)} />
            <span>
              <b>{ask.title}</b> {i18n._(KIND[kindOf(ask.kind)].name)}
            </span>
            <span className={styles.short}>{short === '0' ? t`齐了` : t`还差 ${amount(ask, short)}`}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Until when one can join, or what else its state means for who stands before the paper. */
export function Until({ campaign: { state, deadline, noticeEndsAt } }: OfCampaign) {
  const { t } = useLingui();
  if (state === 'notice' && noticeEndsAt) {
    return <p className={styles.until}>{t`公示到 ${moment(noticeEndsAt)}，有意见请扫码提出。`}</p>;
  }
  if (state === 'open' && deadline) {
    return <p className={styles.until}>{t`截止：${moment(deadline.at, deadline.timeZone)}`}</p>;
  }
  return <p className={styles.until}>{t`现在不收新的承诺，扫码看进展。`}</p>;
}

/** The way to the page, to scan or to type. */
export function ScanIt({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const link = shortLink(campaign.id);
  return (
    <div className={styles.scan}>
      <Qr link={link} alt={t`这件事的二维码`} />
      <p>
        <b>{t`手机扫一扫`}</b>
        <span className={styles.link}>{link.replace(/^https?:\/\//, '')}</span>
      </p>
    </div>
  );
}
