import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { Paged } from '../../app/paged';
import { day } from '../../lib/dates';
import { reached } from '../../lib/quantities';
import { amount } from '../../ui/amount';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { SegmentBar } from '../../ui/segment-bar';
import type { Campaign, OfCampaign } from './campaign';
import styles from './manage.module.css';

type Pledge = Schemas['PublicPledgeView'];
const pageSize = 50;

/** Who promised what, ask by ask, by the names that neighbours let others see. */
export function Promises({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const path = { id: campaign.id };
  const homes = plural(campaign.households, { one: '# 户邻居答应了', other: '# 户邻居答应了' });
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">{t`大家答应的`}</h2>
      <p className={styles.note}>
        {homes} · {t`名字照邻居同意的样子显示，没同意的写“匿名邻居”。`}
      </p>
      <Paged<Schemas['PublicPledgeList']>
        queryKey={['get', '/v1/campaigns/{id}/pledges', path, 'by-ask']}
        read={(cursor) =>
          http.GET('/v1/campaigns/{id}/pledges', { params: { path, query: { limit: pageSize, ...cursor } } })
        }
        empty={null}
      >
        {(pledges) => (
          <ul className={styles.cards}>
            {campaign.asks.map((ask) => (
              <PromisesOfAsk
                key={ask.id}
                ask={ask}
                pledges={pledges.filter(({ askId }) => askId === ask.id)}
              />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

interface PromisesOfAskProps {
  readonly ask: Campaign['asks'][number];
  readonly pledges: readonly Pledge[];
}

function PromisesOfAsk({ ask, pledges }: PromisesOfAskProps) {
  const { t, i18n } = useLingui();
  const kind = kindOf(ask.kind);
  const text = t`${amount(ask, ask.promised)} / ${amount(ask, ask.wanted)}`;
  return (
    <li>
      <h3 className={styles.ask}>
        <Seal kind={kind} small />
        <span>
          {i18n._(KIND[kind].name)} {ask.title}
        </span>
        <span className={styles.note}>{text}</span>
      </h3>
      <SegmentBar
        kind={kind}
        label={ask.title}
        text={text}
        share={reached(ask.promised, ask.wanted)}
        units={10}
      />
      {pledges.length === 0 && <p className={styles.note}>{t`还没有人答应。`}</p>}
      <ul className={styles.rows}>
        {pledges.map(({ id, name, quantity, onBehalf, createdAt }) => (
          <li key={id}>
            <span>
              {name ?? t`匿名邻居`}
              {onBehalf && <small> · {t`社区代办`}</small>}
            </span>
            <span>{amount(ask, quantity)}</span>
            <time dateTime={createdAt}>{day(createdAt)}</time>
          </li>
        ))}
      </ul>
    </li>
  );
}
