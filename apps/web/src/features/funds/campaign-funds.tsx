import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { ButtonLink } from '../../ui/button';
import { StateMark } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { DeskList, DeskPage, type Desk } from '../console';
import { BoundPools } from './bound-pools';
import { Budget } from './budget';
import { Decisions } from './decisions';
import { Section } from './facts';
import styles from './funds.module.css';
import { usePartWords } from './money-parts';
import { Payees } from './payees';
import { MONEY_ROLES } from './roles';
import { Settlement } from './settlement';
import { Standing } from './standing';
import { useBudget } from './use-budget';

type Payout = Schemas['PublicPayoutView'];

/** Everything that a campaign's money does: who is paid, from which part, and what is decided about the rest. */
export function CampaignFundsPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/funds/c/$id' });
  return (
    <DeskPage title={t`众筹的付款`} roles={MONEY_ROLES}>
      {(desk) => <CampaignFunds key={id} id={id} desk={desk} />}
    </DeskPage>
  );
}

interface CampaignFundsProps {
  readonly id: string;
  readonly desk: Desk;
}

function CampaignFunds({ id, desk }: CampaignFundsProps) {
  const { campaign, budget, error, retry } = useBudget(id);
  if (error) return <Trouble error={error} retry={retry} />;
  if (!campaign || !budget) return <Waiting lines={8} />;
  return (
    <>
      <p className={styles.acts}>
        <Link to="/c/$id" params={{ id }}>
          {campaign.title}
        </Link>
        <StateMark state={campaign.state} />
      </p>
      <Payouts id={id} desk={desk} parts={budget.parts} />
      {campaign.money.custodyAccountId !== null && <Payees campaignId={id} desk={desk} />}
      <Budget budget={budget} />
      <Decisions campaignId={id} desk={desk} parts={budget.parts} />
      <BoundPools campaignId={id} desk={desk} />
      <Settlement campaign={campaign} desk={desk} />
    </>
  );
}

interface PayoutsProps extends CampaignFundsProps {
  readonly parts: readonly Schemas['BudgetPartView'][];
}

function Payouts({ id, desk, parts }: PayoutsProps) {
  const { t } = useLingui();
  const nameOf = usePartWords(parts);
  const propose = desk.is('community_staff') && (
    <ButtonLink look="main" to="/console/funds/c/$id/pay" params={{ id }}>
      {t`申请付款`}
    </ButtonLink>
  );
  return (
    <Section id="payouts" title={t`付款`} acts={propose}>
      <DeskList<Payout>
        caption={t`付款`}
        path="/v1/campaigns/{id}/payouts"
        of={{ id }}
        empty={t`还没有人申请付款。`}
        keyOf={(payout) => payout.id}
        columns={[
          {
            head: t`用途`,
            cell: (payout) => (
              <Link to="/console/funds/payouts/$id" params={{ id: payout.id }}>
                {payout.purpose}
              </Link>
            ),
          },
          { head: t`付给`, cell: ({ payee }) => payee.name },
          { head: t`从哪一份`, cell: ({ part }) => nameOf(part) },
          { head: t`金额`, cell: (payout) => amount({ unit: 'fen' }, payout.amount), figures: true },
          { head: t`申请`, cell: ({ proposedAt }) => date(proposedAt) },
          { head: t`状态`, cell: ({ state }) => <Standing of="payout" state={state} /> },
        ]}
      />
    </Section>
  );
}
