import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, DeskList, DeskPage, type Desk } from '../console';
import styles from './funds.module.css';
import { ProposePool } from './propose-pool';
import { MONEY_ROLES } from './roles';
import { Standing } from './standing';

type Pool = Schemas['MatchPoolView'];

/** Who commits money or goods on top of what neighbours give, under which terms, and what is left. */
export function PoolsPage() {
  const { t } = useLingui();
  return (
    <DeskPage title={t`配捐资金池`} lead={t`邻居每出一份，出资的单位按约定再配一份。`} roles={MONEY_ROLES}>
      {(desk) => (
        <>
          {desk.is('community_staff') && (
            <div className={styles.acts}>
              <ProposePool communityId={desk.communityId} />
            </div>
          )}
          <Pools desk={desk} />
        </>
      )}
    </DeskPage>
  );
}

function Pools({ desk }: { readonly desk: Desk }) {
  const { t } = useLingui();
  return (
    <DeskList<Pool>
      caption={t`配捐资金池`}
      path="/v1/communities/{id}/match-pools"
      of={{ id: desk.communityId }}
      empty={t`还没有单位出资。`}
      keyOf={({ id }) => id}
      columns={[
        { head: t`谁出资`, cell: ({ donorName }) => donorName },
        { head: t`一份配几份`, cell: ({ factor }) => factor, figures: true },
        { head: t`一共`, cell: (pool) => amount(pool, pool.total), figures: true },
        { head: t`答应出去`, cell: (pool) => amount(pool, pool.reserved), figures: true },
        { head: t`还能答应`, cell: (pool) => amount(pool, pool.left), figures: true },
        { head: t`到哪天`, cell: ({ endsAt }) => date(endsAt) },
        { head: t`状态`, cell: ({ state }) => <Standing of="custody" state={state} /> },
      ]}
      acts={(pool) => desk.is('fund_approver') && <PoolActs pool={pool} />}
      actsHead={t`办理`}
    />
  );
}

function PoolActs({ pool: { id, donorName, state } }: { readonly pool: Pool }) {
  const { t } = useLingui();
  const params = { path: { id } };
  return (
    <>
      {state === 'proposed' && (
        <Act
          label={t`启用`}
          look="main"
          lead={t`启用以后，${donorName} 的钱就开始配。登记的人自己不能启用。`}
          run={() => must(http.POST('/v1/match-pools/{id}/activate', { params }))}
        />
      )}
      {state !== 'closed' && (
        <Act
          label={t`停用`}
          look="danger"
          lead={t`不再答应新的；答应过的照样给。`}
          run={() => must(http.POST('/v1/match-pools/{id}/close', { params }))}
        />
      )}
    </>
  );
}
