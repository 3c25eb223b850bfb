import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { reached } from '../../lib/quantities';
import { amount, missing } from '../../ui/amount';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { SegmentBar } from '../../ui/segment-bar';
import styles from './asks.module.css';
import type { Ask, CampaignPage } from './campaign';

export function Asks({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  return (
    <section aria-labelledby="asks">
      <h2 id="asks" className={styles.heading}>
        {t`还缺什么`} <small>{t`挑一样，量力而行`}</small>
      </h2>
      <ul>
        {campaign.asks.map((ask) => (
          <AskRow key={ask.id} ask={ask} campaign={campaign} />
        ))}
      </ul>
    </section>
  );
}

/** Places people can still take; a kind without slots has room until its cap. */
export function hasRoom(ask: Ask): boolean {
  if (ask.slots.length > 0) return ask.slots.some(({ taken, capacity }) => taken < capacity);
  return ask.cap === null || BigInt(ask.promised) < BigInt(ask.cap);
}

function AskRow({ ask, campaign }: { readonly ask: Ask; readonly campaign: CampaignPage }) {
  const { t, i18n } = useLingui();
  const kind = kindOf(ask.kind);
  const name = i18n._(KIND[kind].name);
  const short = missing(ask.promised, ask.wanted);
  const have = t`${amount(ask, ask.promised)} / ${amount(ask, ask.wanted)}`;
  const text = short === '0' ? t`${have}，齐了` : t`${have}，还差 ${amount(ask, short)}`;
  return (
    <li className={styles.ask}>
      <Seal kind={kind} />
      <div className={styles.words}>
        <p>
          <b>{name}</b> <span className={styles.title}>{ask.title}</span>
        </p>
        <p className={styles.meta}>{text}</p>
        <SegmentBar
          kind={kind}
          label={t`${name}：${ask.title}`}
          text={text}
          share={reached(ask.promised, ask.wanted)}
          units={segmentsOf(ask)}
        />
        <Conditions ask={ask} />
      </div>
      <Join ask={ask} campaign={campaign} name={`${name} ${ask.title}`} />
    </li>
  );
}

const segmentsOf = ({ unit, wanted }: Ask): number =>
  unit === 'fen' || unit === 'minutes' ? 10 : Number(wanted);

function Conditions({ ask }: { readonly ask: Ask }) {
  const { t } = useLingui();
  const words = [
    ask.required ? t`必须凑齐，最少 ${amount(ask, ask.minimum)}` : t`有更好，没有也能办`,
    ask.skill && t`要会：${ask.skill}`,
    ask.credential && t`要有证：${ask.credential}`,
    ask.goodsMode === 'lend' && ask.returnOn && t`借用，${ask.returnOn} 前还`,
  ].filter(Boolean);
  return <p className={styles.meta}>{words.join(' · ')}</p>;
}

function Join({
  ask,
  campaign,
  name,
}: {
  readonly ask: Ask;
  readonly campaign: CampaignPage;
  readonly name: string;
}) {
  const { t } = useLingui();
  if (campaign.state !== 'open') return null;
  if (!hasRoom(ask)) return <span className={styles.full}>{t`满了`}</span>;
  return (
    <Link
      className={styles.join}
      data-kind={ask.kind}
      to="/c/$id/pledge/$ask"
      params={{ id: campaign.id, ask: ask.id }}
      aria-label={t`${name}，我来`}
    >
      {t`我来`}
    </Link>
  );
}
