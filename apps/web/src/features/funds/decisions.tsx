import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import type { PageOf } from '../../app/paged';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, DeskList, useAnswer, type Desk } from '../console';
import { Section } from './facts';
import { usePartWords } from './money-parts';
import { HANDS } from './roles';
import { Standing } from './standing';

type Part = Schemas['BudgetPartView'];
type Decision = Schemas['MilestoneDecisionView'];

interface DecisionsProps {
  readonly campaignId: string;
  readonly desk: Desk;
  readonly parts: readonly Part[];
}

/** Which milestones end, and what becomes of money that nobody needs. Everybody reads the reasons. */
export function Decisions({ campaignId, desk, parts }: DecisionsProps) {
  const { t } = useLingui();
  const nameOf = usePartWords(parts);
  const kinds = { finish: t`做完了`, cancel: t`不做了，没花的退回去`, surplus: t`用剩的钱怎么办` };
  const mayPropose = desk.is('community_staff') && parts.some(({ state }) => state === 'open');
  return (
    <Section
      id="decisions"
      title={t`每一步的决定`}
      acts={mayPropose && <ProposeDecision campaignId={campaignId} parts={parts} />}
    >
      <DeskList<Decision>
        caption={t`每一步的决定`}
        path="/v1/campaigns/{id}/milestone-decisions"
        of={{ id: campaignId }}
        empty={t`还没有要定的事。`}
        keyOf={({ id }) => id}
        columns={[
          { head: t`哪一份`, cell: ({ part }) => nameOf(part) },
          { head: t`决定`, cell: ({ kind }) => kinds[kind] },
          { head: t`为什么`, cell: ({ reason }) => reason },
          {
            head: t`动了多少钱`,
            cell: (row) => (row.amount === null ? '' : amount({ unit: 'fen' }, row.amount)),
            figures: true,
          },
          { head: t`提出`, cell: ({ proposedAt }) => date(proposedAt) },
          { head: t`状态`, cell: ({ state }) => <Standing of="decision" state={state} /> },
        ]}
        acts={(decision) => decision.state === 'proposed' && <DecisionActs id={decision.id} desk={desk} />}
        actsHead={t`办理`}
      />
    </Section>
  );
}

function DecisionActs({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const paramsOf = (key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });
  return (
    <>
      {desk.is('fund_approver') && (
        <Act
          label={t`同意`}
          look="main"
          lead={t`同意以后，不做的那一步没花的钱会退给大家。`}
          run={(_, key) => must(http.POST('/v1/milestone-decisions/{id}/confirm', { params: paramsOf(key) }))}
        />
      )}
      {desk.is(...HANDS) && (
        <Act
          label={t`不同意`}
          lead={t`这一步保持原样。`}
          run={(_, key) => must(http.POST('/v1/milestone-decisions/{id}/refuse', { params: paramsOf(key) }))}
        />
      )}
    </>
  );
}

function ProposeDecision({ campaignId, parts }: Omit<DecisionsProps, 'desk'>) {
  const { t } = useLingui();
  const nameOf = usePartWords(parts);
  const payees = useAnswer<PageOf<Schemas['PayeeView']>>('/v1/campaigns/{id}/payees', { id: campaignId });
  return (
    <Act
      label={t`提出决定`}
      lead={t`资金审批人同意以后才算数。`}
      fields={[
        {
          name: 'kind',
          label: t`决定`,
          kind: 'choice',
          options: [
            ['finish', t`这一步做完了`],
            ['cancel', t`这一步不做了，没花的退回去`],
            ['surplus', t`用剩的钱怎么办`],
          ],
        },
        {
          name: 'part',
          label: t`哪一份`,
          kind: 'choice',
          options: parts
            .filter(({ state }) => state === 'open')
            .map(({ part }) => [part, nameOf(part)] as const),
        },
        { name: 'reason', label: t`为什么`, kind: 'text', hint: t`大家都看得到，不要写邻居的名字。` },
        {
          name: 'evidence',
          label: t`凭据在哪里`,
          kind: 'text',
          hint: t`会议记录、通知或者投票存在哪里。`,
          optional: true,
        },
        {
          name: 'payeeId',
          label: t`用剩的钱付给谁`,
          kind: 'choice',
          optional: true,
          options: payees.data?.items.map(({ id, name }) => [id, name] as const) ?? [],
        },
      ]}
      run={({ kind, part, reason, evidence, payeeId }, key) =>
        must(
          http.POST('/v1/campaigns/{id}/milestone-decisions', {
            params: { path: { id: campaignId }, header: { 'Idempotency-Key': key } },
            body: {
              kind: kind as Decision['kind'],
              ...{ part, reason, evidence: evidence || undefined, payeeId: payeeId || undefined },
            },
          }),
        )
      }
    />
  );
}
