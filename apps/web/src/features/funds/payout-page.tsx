import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { api, type Schemas } from '../../api/client';
import { moment } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { DataTable } from '../../ui/data-table';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { DeskPage, type Desk } from '../console';
import { ClawBacks } from './claw-backs';
import { Facts, Section } from './facts';
import styles from './funds.module.css';
import { usePartWords } from './money-parts';
import { Hold } from './payees';
import { PayoutActs } from './payout-acts';
import { MONEY_ROLES } from './roles';
import { Standing } from './standing';
import { useBudget } from './use-budget';

type Payout = Schemas['PayoutView'];
type Voucher = Schemas['VoucherView'];

/** One payout with everybody who had a hand in it, and what may be done next. */
export function PayoutPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/funds/payouts/$id' });
  return (
    <DeskPage title={t`一笔付款`} roles={MONEY_ROLES}>
      {(desk) => <OnePayout id={id} desk={desk} />}
    </DeskPage>
  );
}

function OnePayout({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const { data, error, refetch } = api.useQuery('get', '/v1/payouts/{id}', { params: { path: { id } } });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={8} />;
  return (
    <>
      <PayoutFacts payout={data} desk={desk} />
      <PayoutActs payout={data} desk={desk} />
      <Vouchers vouchers={data.vouchers} />
      {data.state === 'done' && <ClawBacks payout={data} desk={desk} />}
    </>
  );
}

function PayoutFacts({ payout, desk }: { readonly payout: Payout; readonly desk: Desk }) {
  const { t } = useLingui();
  const { budget } = useBudget(payout.campaignId);
  const nameOf = usePartWords(budget?.parts ?? []);
  const { payee } = payout;
  const hand = (personId: string | null) =>
    personId === null ? null : personId === desk.me.id ? t`您自己` : personId;
  return (
    <div className={styles.card}>
      <h2>{payout.purpose}</h2>
      <Facts
        rows={[
          [t`状态`, <Standing key="state" of="payout" state={payout.state} />],
          [t`金额`, amount({ unit: 'fen' }, payout.amount)],
          [t`从哪一份`, nameOf(payout.part)],
          [t`付给`, payee && `${payee.name}，${payee.bankName} ${payee.account}`],
          [t`什么时候能转账`, payee && payout.state !== 'done' && <Hold payee={payee} />],
          [t`申请`, t`${hand(payout.proposedBy)}，${moment(payout.proposedAt)}`],
          [t`第一位批`, hand(payout.approvedBy)],
          [t`第二位批`, hand(payout.releasedBy)],
          [t`转账`, payout.sentAt && t`${hand(payout.sentBy)}，${moment(payout.sentAt)}`],
          [t`最后经手`, payout.endedAt && t`${hand(payout.endedBy)}，${moment(payout.endedAt)}`],
          [t`银行的号码`, payout.voucher],
          [t`为什么`, payout.reason],
          [t`退回来的`, payout.clawedBack === '0' ? null : amount({ unit: 'fen' }, payout.clawedBack)],
        ]}
      />
      <Link to="/console/funds/c/$id" params={{ id: payout.campaignId }}>{t`这个众筹的付款`}</Link>
    </div>
  );
}

function Vouchers({ vouchers }: { readonly vouchers: readonly Voucher[] }) {
  const { t } = useLingui();
  return (
    <Section id="vouchers" title={t`凭证`}>
      <DataTable<Voucher>
        caption={t`凭证`}
        rows={vouchers}
        keyOf={({ number }) => number}
        columns={[
          { head: t`号码`, cell: ({ number }) => number },
          { head: t`买了什么`, cell: ({ title }) => title },
          { head: t`金额`, cell: (voucher) => amount({ unit: 'fen' }, voucher.amount), figures: true },
          {
            head: t`凭据`,
            cell: ({ fileId, evidence }) =>
              fileId === null ? evidence : <a href={`/v1/files/${fileId}`}>{t`看文件`}</a>,
          },
        ]}
      />
    </Section>
  );
}
