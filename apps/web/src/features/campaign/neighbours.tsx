import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { Paged, type PageOf } from '../../app/paged';
import { day } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Empty } from '../../ui/empty';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import type { CampaignPage } from './campaign';
import styles from './neighbours.module.css';

const shown = 12;

/** Who lit a window: as masked as they wish. */
export function Neighbours({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const path = { id: campaign.id };
  return (
    <section aria-labelledby="neighbours">
      <h2 id="neighbours">{t`亮灯的邻居`}</h2>
      <Paged<PageOf<Schemas['PublicPledgeView']>>
        queryKey={['get', '/v1/campaigns/{id}/pledges', path]}
        read={(cursor) =>
          http.GET('/v1/campaigns/{id}/pledges', { params: { path, query: { limit: shown, ...cursor } } })
        }
        empty={<Empty says={t`第一盏灯等您来亮。`} />}
      >
        {(pledges) => (
          <ul className={styles.list}>
            {pledges.map((pledge) => (
              <Neighbour key={pledge.id} pledge={pledge} campaign={campaign} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

interface NeighbourProps {
  readonly pledge: Schemas['PublicPledgeView'];
  readonly campaign: CampaignPage;
}

function Neighbour({ pledge, campaign }: NeighbourProps) {
  const { t, i18n } = useLingui();
  const kind = kindOf(pledge.kind);
  const ask = campaign.asks.find(({ id }) => id === pledge.askId);
  return (
    <li>
      <Seal kind={kind} small />
      <span>{pledge.name ?? t`匿名邻居`}</span>
      <span className={styles.what}>
        {ask && `${i18n._(KIND[kind].name)} ${amount(ask, pledge.quantity)}`}
        {pledge.onBehalf && ` · ${t`社区代办`}`}
      </span>
      <time dateTime={pledge.createdAt}>{day(pledge.createdAt)}</time>
    </li>
  );
}
