import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { moment } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, type Desk } from '../console';
import styles from './funds.module.css';
import { heldUntil } from './payees';
import { HANDS } from './roles';

interface PayoutActsProps {
  readonly payout: Schemas['PayoutView'];
  readonly desk: Desk;
}

/** What may be done with a payout now, and why it has to be somebody else where it has to. */
export function PayoutActs({ payout, desk }: PayoutActsProps) {
  const isWaiting = payout.state === 'proposed' || payout.state === 'approved_once';
  return (
    <div className={styles.acts}>
      {isWaiting && desk.is('fund_approver') && <Approval payout={payout} desk={desk} />}
      {payout.state === 'released' && desk.is(...HANDS) && <Send payout={payout} />}
      {payout.state === 'sent' && desk.is(...HANDS) && <Outcome payout={payout} desk={desk} />}
      {mayWithdraw(payout, desk) && <Withdraw payout={payout} />}
    </div>
  );
}

function mayWithdraw({ state, proposedBy }: PayoutActsProps['payout'], desk: Desk): boolean {
  if (state === 'released') return desk.is('fund_approver');
  if (state !== 'proposed' && state !== 'approved_once') return false;
  return desk.is('community_staff') || proposedBy === desk.me.id;
}

const paramsOf = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

function useWhy() {
  const { t } = useLingui();
  return { name: 'reason', label: t`为什么` } as const;
}

function Approval({ payout: { id, ...payout }, desk }: PayoutActsProps) {
  const { t } = useLingui();
  const why = useWhy();
  const isMine = [payout.proposedBy, payout.approvedBy, payout.payee?.enteredBy].includes(desk.me.id);
  if (isMine) return <p>{t`您已经经过手，要请另一位资金审批人来批。`}</p>;
  const isSecond = payout.state === 'approved_once';
  const sum = amount({ unit: 'fen' }, payout.amount);
  return (
    <>
      <Act
        label={isSecond ? t`批准放款` : t`批准`}
        look="main"
        lead={isSecond ? t`您是第二位。批了以后 ${sum} 就可以转账。` : t`您是第一位，还要另一位再批。`}
        run={(_, key) => must(http.POST('/v1/payouts/{id}/approve', { params: paramsOf(id, key) }))}
      />
      <Act
        label={t`不批`}
        look="danger"
        lead={t`这笔钱还留在预算里，可以重新申请。`}
        fields={[why]}
        run={(body, key) => must(http.POST('/v1/payouts/{id}/refuse', { params: paramsOf(id, key), body }))}
      />
    </>
  );
}

function Withdraw({ payout: { id } }: Pick<PayoutActsProps, 'payout'>) {
  const { t } = useLingui();
  const why = useWhy();
  return (
    <Act
      label={t`撤回`}
      lead={t`还没有转账，可以撤回；钱回到预算里。`}
      fields={[why]}
      run={(body, key) => must(http.POST('/v1/payouts/{id}/withdraw', { params: paramsOf(id, key), body }))}
    />
  );
}

function Send({ payout }: Pick<PayoutActsProps, 'payout'>) {
  const { t } = useLingui();
  const until = payout.payee && heldUntil(payout.payee);
  if (until !== null) return <p>{t`收款账号是新填的，${moment(until)} 以后才能转账。`}</p>;
  return (
    <Act
      label={t`现在去转账`}
      look="main"
      lead={t`先点这里，再去银行转。这样谁也不会转第二遍。`}
      run={(_, key) => must(http.POST('/v1/payouts/{id}/send', { params: paramsOf(payout.id, key) }))}
    />
  );
}

function Outcome({ payout: { id, sentBy }, desk }: PayoutActsProps) {
  const { t } = useLingui();
  const why = useWhy();
  if (sentBy === desk.me.id) return <p>{t`钱是您转的，要请另一位看银行流水来核实。`}</p>;
  const voucher = { name: 'voucher', label: t`银行流水上的号码` } as const;
  return (
    <>
      <Act
        label={t`核实：付到了`}
        look="main"
        lead={t`请看着银行流水填。`}
        fields={[voucher]}
        run={(body, key) => must(http.POST('/v1/payouts/{id}/confirm', { params: paramsOf(id, key), body }))}
      />
      <Act
        label={t`银行退回来了`}
        lead={t`钱回到预算里，可以重新申请。`}
        fields={[voucher, { ...why, label: t`银行为什么退回` }]}
        run={(body, key) => must(http.POST('/v1/payouts/{id}/returned', { params: paramsOf(id, key), body }))}
      />
    </>
  );
}
