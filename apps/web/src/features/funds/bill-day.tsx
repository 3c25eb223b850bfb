import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date, time } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskList, DeskPage, type Desk } from '../console';
import { Facts, Section } from './facts';
import styles from './funds.module.css';
import { Standing } from './standing';

type Day = Schemas['BillDayView'];
type Line = Schemas['BillLineView'];

const fen = (sum: string): string => amount({ unit: 'fen' }, sum);

/** One day of a bill: its sums beside ours, and its lines with what was found about each. */
export function BillDayPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/funds/bills/$id' });
  return (
    <DeskPage title={t`一天的账单`} roles={['fund_approver', 'auditor']}>
      {(desk) => <OneDay id={id} desk={desk} />}
    </DeskPage>
  );
}

function OneDay({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const { data, error, refetch } = api.useQuery('get', '/v1/bill-days/{id}', { params: { path: { id } } });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={8} />;
  return (
    <>
      <Sums day={data} />
      {data.state === 'due' && desk.is('fund_approver') && <WithoutBill day={data} desk={desk} />}
      <Lines id={id} />
    </>
  );
}

function Sums({ day }: { readonly day: Day }) {
  const { t } = useLingui();
  const { bill, books, withoutBill } = day;
  return (
    <div className={styles.card}>
      <h2>{date(day.startsAt)}</h2>
      <Facts
        rows={[
          [t`状态`, <Standing key="state" of="billDay" state={day.state} />],
          [t`商户号`, day.merchantRef],
          [t`收款`, t`账单 ${fen(bill.payments)}，我们 ${fen(books.payments)}`],
          [t`退款`, t`账单 ${fen(bill.refunds)}，我们 ${fen(books.refunds)}`],
          [t`手续费`, fen(bill.fees)],
          [t`后来更正的手续费`, bill.feeCorrections === '0' ? null : fen(bill.feeCorrections)],
          [t`账单有几行`, String(bill.lines)],
          [t`对不上的`, String(day.openDifferences)],
          [t`支付机构最后说`, day.lastAnswer],
          [t`不等账单的理由`, withoutBill?.reason ?? null],
        ]}
      />
    </div>
  );
}

function WithoutBill({ day, desk }: { readonly day: Day; readonly desk: Desk }) {
  const { t } = useLingui();
  const paramsOf = (key: string) => ({ path: { id: day.id }, header: { 'Idempotency-Key': key } });
  const isMine = day.withoutBill?.proposedBy === desk.me.id;
  return (
    <div className={styles.acts}>
      <Act
        label={t`提议不等账单`}
        lead={t`账单再也要不到了，才这样关账。另一位确认以后才算数。`}
        fields={[{ name: 'reason', label: t`为什么要不到，改看了什么` }]}
        run={(body, key) =>
          must(http.POST('/v1/bill-days/{id}/without-bill', { params: paramsOf(key), body }))
        }
      />
      {day.withoutBill && isMine && t`您提议的，等另一位确认`}
      {day.withoutBill && !isMine && (
        <Act
          label={t`同意不等账单`}
          look="main"
          lead={day.withoutBill.reason}
          run={(_, key) =>
            must(
              http.POST('/v1/bill-days/{id}/without-bill/confirm', {
                params: paramsOf(key),
                body: { version: day.version },
              }),
            )
          }
        />
      )}
    </div>
  );
}

function Lines({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const kinds = { payment: t`收款`, refund: t`退款`, fee: t`手续费`, other: t`别的` };
  return (
    <Section id="lines" title={t`账单的每一行`}>
      <DeskList<Line>
        caption={t`账单的每一行`}
        path="/v1/bill-days/{id}"
        of={{ id }}
        empty={t`账单里没有行。`}
        keyOf={({ lineNo }) => String(lineNo)}
        columns={[
          { head: t`支付机构的号`, cell: ({ gatewayNumber }) => gatewayNumber },
          { head: t`是什么`, cell: ({ kind }) => kinds[kind] },
          {
            head: t`金额`,
            cell: (line) => (line.incoming ? fen(line.amount) : `-${fen(line.amount)}`),
            figures: true,
          },
          { head: t`手续费`, cell: ({ fee }) => fen(fee), figures: true },
          { head: t`时间`, cell: ({ at }) => time(at) },
          {
            head: t`对得上吗`,
            cell: ({ verdict }) => verdict && <Standing of="billLine" state={verdict} />,
          },
        ]}
      />
    </Section>
  );
}
