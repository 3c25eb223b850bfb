import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { api, type Schemas } from '../../api/client';
import { moment } from '../../lib/dates';
import { reached, yuan } from '../../lib/quantities';
import { DataTable } from '../../ui/data-table';
import { Mark, type Look } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';
import { Payees } from './payees';
import { PayoutForm } from './payout-form';
import { Payouts } from './payouts';
import { usePartName } from './part-name';

type Part = Schemas['BudgetPartView'];
type Decision = Schemas['MilestoneDecisionView'];

const PART_STATES: Readonly<Record<Part['state'], MessageDescriptor>> = {
  open: msg`还能用`,
  finished: msg`做完了`,
  cancelled: msg`不做了`,
};

/** What may be spent, on whom, and what was: the budget, the payees, the payouts with their vouchers. */
export function Money({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const params = { path: { id: campaign.id } };
  const { data, error, refetch } = api.useQuery('get', '/v1/campaigns/{id}/budget', { params });
  const payees = api.useQuery('get', '/v1/campaigns/{id}/payees', { params }, { retry: false });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={4} />;
  // Nothing was kept, so there is nothing to spend.
  if (data.parts.length === 0) return null;
  return (
    <section aria-labelledby="money">
      <h2 id="money">{t`钱怎么花`}</h2>
      <Budget parts={data.parts} />
      {data.refunds.map((run) => (
        <RefundRun key={`${run.part} ${run.round}`} run={run} />
      ))}
      <Decisions campaign={campaign} />
      {payees.data && <Payees payees={payees.data.items} />}
      <Payouts campaign={campaign} />
      {payees.data && <PayoutForm campaign={campaign} parts={data.parts} payees={payees.data.items} />}
    </section>
  );
}

function Budget({ parts }: { readonly parts: readonly Part[] }) {
  const { t, i18n } = useLingui();
  const nameOf = usePartName();
  const fen = (sum: string) => `¥${yuan(sum)}`;
  return (
    <DataTable<Part>
      caption={t`每一步能花多少，花了多少`}
      rows={parts}
      keyOf={({ part }) => part}
      columns={[
        { head: t`哪一步`, cell: ({ part, title }) => title ?? nameOf(part) },
        { head: t`状态`, cell: ({ state }) => i18n._(PART_STATES[state]) },
        { head: t`能花`, figures: true, cell: ({ budget }) => fen(budget) },
        { head: t`已付`, figures: true, cell: ({ paidOut }) => fen(paidOut) },
        { head: t`退给大家`, figures: true, cell: ({ givenBack }) => fen(givenBack) },
        { head: t`还剩`, figures: true, cell: ({ rest }) => fen(rest) },
      ]}
    />
  );
}

/** A share of the money that goes back to everybody who paid. */
function RefundRun({ run }: { readonly run: Schemas['RefundRunView'] }) {
  const { t } = useLingui();
  const nameOf = usePartName();
  const words = t`${nameOf(run.part)}：¥${yuan(run.requested)} / ¥${yuan(run.amount)} 已经发起退款，共 ${run.shares} 位付款人`;
  return (
    <p>
      <progress className={styles.progress} aria-label={words} value={reached(run.requested, run.amount)} />
      {words}
    </p>
  );
}

const KINDS: Readonly<Record<Decision['kind'], MessageDescriptor>> = {
  finish: msg`这一步做完了`,
  cancel: msg`这一步不做了`,
  surplus: msg`剩下的钱怎么办`,
};
const DECISION_STATES: Readonly<Record<Decision['state'], readonly [MessageDescriptor, Look]>> = {
  proposed: [msg`等资金管理员确认`, 'lit'],
  confirmed: [msg`已确认`, 'good'],
  refused: [msg`没有同意`, 'bad'],
};

function Decisions({ campaign }: OfCampaign) {
  const { t, i18n } = useLingui();
  const nameOf = usePartName();
  const params = { path: { id: campaign.id } };
  const { data } = api.useQuery('get', '/v1/campaigns/{id}/milestone-decisions', { params });
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h3>{t`对每一步的决定`}</h3>
      <ul className={styles.cards}>
        {data.items.map(({ id, part, kind, reason, state, amount, proposedAt }) => (
          <li key={id}>
            <p className={styles.state}>
              <b>{i18n._(KINDS[kind])}</b>
              <Mark look={DECISION_STATES[state][1]}>{i18n._(DECISION_STATES[state][0])}</Mark>
              <span>{nameOf(part)}</span>
              {amount && <span className="num">¥{yuan(amount)}</span>}
              <time dateTime={proposedAt}>{moment(proposedAt)}</time>
            </p>
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
