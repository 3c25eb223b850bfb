import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { left } from '../../lib/dates';
import { reached } from '../../lib/quantities';
import { Photo } from '../../ui/photo';
import { StateMark } from '../../ui/state-mark';
import { kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import styles from './campaign-card.module.css';

/** One campaign in a list: what, where, which kinds of help are still missing, and how long. */
export function CampaignCard({ campaign }: { readonly campaign: Schemas['CampaignItem'] }) {
  const { t } = useLingui();
  const { id, title, lead, placeText, state, asks, cover } = campaign;
  const missing = asks.filter((ask) => reached(ask.promised, ask.wanted) < 1);
  return (
    <Link to="/c/$id" params={{ id }} className={styles.card}>
      {cover && <Photo photo={cover} sizes="(min-width: 700px) 340px, 100vw" className={styles.cover} />}
      <span className={styles.head}>
        <StateMark state={state} />
        <TimeLeft campaign={campaign} />
      </span>
      <strong className={styles.title}>{title}</strong>
      <span className={styles.lead}>{lead}</span>
      <span className={styles.place}>{placeText}</span>
      <span className={styles.kinds}>
        {asks.map((ask) => (
          <span key={ask.id} className={missing.includes(ask) ? '' : styles.complete}>
            <Seal kind={kindOf(ask.kind)} small />
          </span>
        ))}
        {state === 'open' && (
          <span className={styles.missing}>
            {missing.length === 0
              ? t`都齐了`
              : plural(missing.length, { one: '还缺 # 样', other: '还缺 # 样' })}
          </span>
        )}
      </span>
    </Link>
  );
}

function TimeLeft({ campaign: { state, deadline } }: { readonly campaign: Schemas['CampaignItem'] }) {
  const rest = state === 'open' && deadline ? left(deadline.at) : null;
  if (!rest) return null;
  const { count, unit } = rest;
  return (
    <span className={styles.time}>
      {unit === 'days' && plural(count, { one: '还有 # 天', other: '还有 # 天' })}
      {unit === 'hours' && plural(count, { one: '还有 # 小时', other: '还有 # 小时' })}
      {unit === 'minutes' && plural(count, { one: '还有 # 分钟', other: '还有 # 分钟' })}
    </span>
  );
}
