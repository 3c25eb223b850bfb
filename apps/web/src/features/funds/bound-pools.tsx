import { useLingui } from '@lingui/react/macro';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { amount } from '../../ui/amount';
import { DataTable } from '../../ui/data-table';
import { Act, type Desk } from '../console';
import { Section } from './facts';
import { HANDS } from './roles';
import { Standing } from './standing';

type Bound = Schemas['BoundPoolView'];

interface BoundPoolsProps {
  readonly campaignId: string;
  readonly desk: Desk;
}

/** What pools owe to a campaign, and the donor's money as it comes. */
export function BoundPools({ campaignId, desk }: BoundPoolsProps) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/campaigns/{id}/matches', {
    params: { path: { id: campaignId } },
  });
  if (!data || data.pools.length === 0) return null;
  return (
    <Section id="matches" title={t`配捐`}>
      <DataTable<Bound>
        caption={t`配捐`}
        rows={data.pools}
        keyOf={({ pool }) => pool.id}
        columns={[
          { head: t`谁出资`, cell: ({ pool }) => pool.donorName },
          { head: t`定下要给`, cell: ({ pool, confirmed }) => amount(pool, confirmed), figures: true },
          { head: t`还没到`, cell: ({ pool, matchDue }) => amount(pool, matchDue), figures: true },
          { head: t`到了`, cell: ({ pool, received }) => amount(pool, received), figures: true },
          { head: t`说明`, cell: ({ writeOff }) => writeOff?.reason },
          { head: t`状态`, cell: ({ state }) => <Standing of="bound" state={state} /> },
        ]}
        acts={(bound) =>
          bound.pool.unit === 'fen' && <Acts campaignId={campaignId} bound={bound} desk={desk} />
        }
        actsHead={t`办理`}
      />
    </Section>
  );
}

interface ActsProps extends BoundPoolsProps {
  readonly bound: Bound;
}

function Acts({ campaignId, bound: { pool, state, matchDue }, desk }: ActsProps) {
  const params = { path: { id: campaignId, poolId: pool.id } };
  const awaits = state === 'due' || state === 'written_off';
  return (
    <>
      {awaits && desk.is('community_staff') && <EnterMoney params={params} due={matchDue} />}
      {(state === 'receipt_entered' || state === 'late_entered') && desk.is(...HANDS) && (
        <DecideMoney params={params} />
      )}
      {state === 'due' && desk.is('fund_approver') && <ProposeWriteOff params={params} />}
      {state === 'write_off_proposed' && desk.is('fund_approver') && <DecideWriteOff params={params} />}
    </>
  );
}

interface PoolParams {
  readonly params: { readonly path: { readonly id: string; readonly poolId: string } };
}

function EnterMoney({ params, due }: PoolParams & { readonly due: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`登记到账`}
      look="main"
      lead={t`还该来 ${amount({ unit: 'fen' }, due)}。另一位确认以后才算数。`}
      fields={[
        { name: 'amount', label: t`金额`, kind: 'yuan' },
        { name: 'voucher', label: t`凭证号码` },
        { name: 'receivedAt', label: t`什么时候到的`, kind: 'moment' },
        { name: 'evidence', label: t`凭据在哪里`, kind: 'text' },
      ]}
      run={(body) => must(http.PUT('/v1/campaigns/{id}/match-pools/{poolId}/receipt', { params, body }))}
    />
  );
}

function DecideMoney({ params }: PoolParams) {
  const { t } = useLingui();
  return (
    <>
      <Act
        label={t`确认到账`}
        look="main"
        lead={t`登记的人自己不能确认。`}
        run={() => must(http.POST('/v1/campaigns/{id}/match-pools/{poolId}/receipt/confirm', { params }))}
      />
      <Act
        label={t`没查到`}
        fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
        run={(body) =>
          must(http.POST('/v1/campaigns/{id}/match-pools/{poolId}/receipt/refuse', { params, body }))
        }
      />
    </>
  );
}

function ProposeWriteOff({ params }: PoolParams) {
  const { t } = useLingui();
  return (
    <Act
      label={t`不再等了`}
      look="danger"
      lead={t`另一位资金审批人同意以后，这笔配捐就不等了。大家看得到为什么。`}
      fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
      run={(body) => must(http.PUT('/v1/campaigns/{id}/match-pools/{poolId}/write-off', { params, body }))}
    />
  );
}

function DecideWriteOff({ params }: PoolParams) {
  const { t } = useLingui();
  return (
    <>
      <Act
        label={t`同意不等`}
        look="main"
        lead={t`提议的人自己不能同意。`}
        run={() => must(http.POST('/v1/campaigns/{id}/match-pools/{poolId}/write-off/confirm', { params }))}
      />
      <Act
        label={t`还要等`}
        fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
        run={(body) =>
          must(http.POST('/v1/campaigns/{id}/match-pools/{poolId}/write-off/refuse', { params, body }))
        }
      />
    </>
  );
}
