import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { ButtonLink } from '../../ui/button';
import { DeskList, DeskPage } from '../console';
import { CustodyChoice } from './custody-choice';
import styles from './funds.module.css';
import { Standing } from './standing';

type Day = Schemas['BillDayView'];

const fen = (sum: string): string => amount({ unit: 'fen' }, sum);

/** Day by day, what the gateway's bill says beside what our books say. */
export function BillsPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`对账`}
      lead={t`支付机构的账单和我们的账，一天一天对。`}
      roles={['fund_approver', 'auditor']}
    >
      {({ communityId }) => (
        <>
          <p className={styles.acts}>
            <ButtonLink to="/console/funds/differences">{t`对不上的地方`}</ButtonLink>
          </p>
          <CustodyChoice communityId={communityId}>
            {(accountId) => <Days accountId={accountId} />}
          </CustodyChoice>
        </>
      )}
    </DeskPage>
  );
}

function Days({ accountId }: { readonly accountId: string }) {
  const { t } = useLingui();
  return (
    <DeskList<Day>
      caption={t`对账`}
      path="/v1/custody-accounts/{id}/reconciliation"
      of={{ id: accountId }}
      empty={t`还没有要对的账单。`}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t`哪一天`,
          cell: ({ id, startsAt }) => (
            <Link to="/console/funds/bills/$id" params={{ id }}>
              {date(startsAt)}
            </Link>
          ),
        },
        { head: t`商户号`, cell: ({ merchantRef }) => merchantRef },
        { head: t`账单收`, cell: ({ bill }) => fen(bill.payments), figures: true },
        { head: t`我们收`, cell: ({ books }) => fen(books.payments), figures: true },
        { head: t`账单退`, cell: ({ bill }) => fen(bill.refunds), figures: true },
        { head: t`我们退`, cell: ({ books }) => fen(books.refunds), figures: true },
        { head: t`对不上`, cell: ({ openDifferences }) => openDifferences, figures: true },
        { head: t`状态`, cell: ({ state }) => <Standing of="billDay" state={state} /> },
      ]}
    />
  );
}
