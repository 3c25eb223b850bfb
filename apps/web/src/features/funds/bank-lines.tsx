import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, DeskList, type Desk } from '../console';
import { Standing } from './standing';

type Line = Schemas['BankLineView'];
type Proposal = Schemas['BankProposalView'];

interface BankLinesProps {
  readonly accountId: string;
  readonly state: Line['state'];
  readonly desk: Desk;
}

export function BankLines({ accountId, state, desk }: BankLinesProps) {
  const { t } = useLingui();
  const saysOf = useProposalWords();
  return (
    <DeskList<Line>
      caption={t`银行流水`}
      path="/v1/custody-accounts/{id}/bank-lines"
      of={{ id: accountId }}
      query={{ state }}
      empty={t`这里没有流水。`}
      keyOf={({ id }) => id}
      columns={[
        { head: t`付款人`, cell: ({ payer }) => payer || t`没写` },
        { head: t`金额`, cell: (line) => amount({ unit: 'fen' }, line.amount), figures: true },
        { head: t`哪一天`, cell: ({ occurredAt }) => date(occurredAt) },
        { head: t`附言`, cell: ({ remark }) => remark },
        {
          head: t`可能是谁的`,
          cell: ({ proposals, dismissal }) => dismissal ?? proposals.map(saysOf).join(t`；`),
        },
        { head: t`状态`, cell: (line) => <Standing of="bankLine" state={line.state} /> },
      ]}
      acts={(line) => desk.is('community_staff') && <LineActs line={line} />}
      actsHead={t`办理`}
    />
  );
}

function useProposalWords(): (proposal: Proposal) => string {
  const { t } = useLingui();
  const whys: Record<Proposal['why'], string> = {
    reference_and_sum: t`编号和金额都对`,
    reference: t`编号对`,
    sum_and_name: t`金额和姓都对`,
    sum: t`金额对`,
  };
  return ({ payer, expected, why }) =>
    t`${payer ?? t`不公开姓名`} ${amount({ unit: 'fen' }, expected)}（${whys[why]}）`;
}

function LineActs({ line }: { readonly line: Line }) {
  if (line.state === 'accepted') return null;
  if (line.state === 'dismissed') return <Reopen line={line} />;
  return (
    <>
      <Accept line={line} />
      <Dismiss line={line} />
    </>
  );
}

function Accept({ line: { id, amount: sum, proposals } }: { readonly line: Line }) {
  const { t } = useLingui();
  const saysOf = useProposalWords();
  return (
    <Act
      label={t`对上了`}
      look="main"
      lead={t`这笔 ${amount({ unit: 'fen' }, sum)} 是谁交的？会登记成一笔收款，等另一位确认。`}
      fields={[
        proposals.length > 0
          ? ({
              name: 'pledgeId',
              label: t`谁的钱`,
              kind: 'choice',
              options: proposals.map((proposal) => [proposal.pledgeId, saysOf(proposal)] as const),
            } as const)
          : ({ name: 'pledgeId', label: t`哪一份承诺`, hint: t`plg_ 开头的编号。` } as const),
        {
          name: 'paidTwice',
          label: t`这份已经交过，多交的要退`,
          kind: 'choice',
          optional: true,
          options: [['yes', t`是，多交了一次`]],
        },
      ]}
      run={({ pledgeId, paidTwice }, key) =>
        must(
          http.POST('/v1/bank-lines/{id}/accept', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { pledgeId, paidTwice: paidTwice === 'yes' },
          }),
        )
      }
    />
  );
}

function Dismiss({ line: { id } }: { readonly line: Line }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`不是众筹的钱`}
      fields={[{ name: 'reason', label: t`为什么` }]}
      run={(body) => must(http.POST('/v1/bank-lines/{id}/dismiss', { params: { path: { id } }, body }))}
    />
  );
}

function Reopen({ line: { id, version } }: { readonly line: Line }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`重新对`}
      fields={[{ name: 'reason', label: t`为什么` }]}
      run={({ reason }, key) =>
        must(
          http.POST('/v1/bank-lines/{id}/reopen', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { version, reason },
          }),
        )
      }
    />
  );
}
