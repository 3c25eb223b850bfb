import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { amount } from '../../ui/amount';
import { DataTable } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Section } from './facts';
import styles from './funds.module.css';
import { usePartWords } from './money-parts';
import { Standing } from './standing';

type Part = Schemas['BudgetPartView'];

const fen = (sum: string): string => amount({ unit: 'fen' }, sum);

/** What each part may cost and where its money went, and what goes back to the payers. */
export function Budget({ budget }: { readonly budget: Schemas['CampaignBudgetView'] }) {
  const { t } = useLingui();
  const nameOf = usePartWords(budget.parts);
  return (
    <Section id="budget" title={t`预算`}>
      {budget.parts.length === 0 ? (
        <Empty says={t`钱收齐以后，预算会在这里。`} />
      ) : (
        <DataTable<Part>
          caption={t`预算`}
          rows={budget.parts}
          keyOf={({ part }) => part}
          columns={[
            { head: t`哪一份`, cell: ({ part }) => nameOf(part) },
            { head: t`预算`, cell: (part) => fen(part.budget), figures: true },
            { head: t`付了`, cell: ({ paidOut }) => fen(paidOut), figures: true },
            { head: t`退了`, cell: ({ givenBack }) => fen(givenBack), figures: true },
            { head: t`没用完`, cell: ({ leftOver }) => fen(leftOver), figures: true },
            { head: t`还能付`, cell: ({ rest }) => fen(rest), figures: true },
            { head: t`状态`, cell: ({ state }) => <Standing of="part" state={state} /> },
          ]}
        />
      )}
      {budget.refunds.map(({ part, round, amount: whole, requested, shares }) => (
        <p key={`${part} ${round}`} className={styles.note}>
          {t`${nameOf(part)}：${fen(whole)} 按份退给 ${shares} 位，已经安排 ${fen(requested)}。`}
        </p>
      ))}
    </Section>
  );
}
