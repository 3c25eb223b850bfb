import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { api, type Schemas } from '../../api/client';
import { moment } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { StateMark } from '../../ui/state-mark';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';

type Snapshot = Schemas['SnapshotView'];

const STAGES: Readonly<Record<Snapshot['stage'], MessageDescriptor>> = {
  deadline: msg`截止时`,
  collection: msg`收款结束时`,
  cancel: msg`取消时`,
};

/** What was decided, and the numbers that it was decided from, as they stood then. */
export function Decisions({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/campaigns/{id}/decisions', {
    params: { path: { id: campaign.id } },
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{t`结果是怎么算的`}</h2>
      <ul className={styles.cards}>
        {data.items.map((snapshot) => (
          <Decision key={snapshot.stage} snapshot={snapshot} campaign={campaign} />
        ))}
      </ul>
    </section>
  );
}

function Decision({ snapshot, campaign }: OfCampaign & { readonly snapshot: Snapshot }) {
  const { t, i18n } = useLingui();
  const asks = new Map(campaign.asks.map((ask) => [ask.id, ask]));
  return (
    <li>
      <p className={styles.state}>
        <b>{i18n._(STAGES[snapshot.stage])}</b> <StateMark state={snapshot.outcome} />
        <time dateTime={snapshot.decidedAt}>{moment(snapshot.decidedAt)}</time>
      </p>
      <ul className={styles.rows}>
        {snapshot.asks.map(({ askId, title, met, counted, minimum }) => {
          const ask = asks.get(askId);
          return (
            <li key={askId}>
              <span>{title}</span>
              {ask && <span>{t`算数的 ${amount(ask, counted)}，最少要 ${amount(ask, minimum)}`}</span>}
              <span>{met ? t`够了` : t`不够`}</span>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
