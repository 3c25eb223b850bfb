import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, DeskList, DeskPage, Filter, type Desk } from '../console';
import { Standing } from './standing';

type Refund = Schemas['RefundView'];

/** Money on its way back; first what the machine could not send by itself. */
export function RefundsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Refund['state']>('needs_human');
  return (
    <DeskPage
      title={t`退款`}
      lead={t`大多数退款自己会到。卡住的在这里，要人来看。`}
      roles={['fund_approver', 'auditor']}
    >
      {(desk) => (
        <>
          <Filter
            label={t`哪一些`}
            value={state}
            onChange={setState}
            options={[
              ['needs_human', t`要人来办`],
              ['waiting_funds', t`商户余额不够`],
              ['unknown', t`结果不明`],
              ['processing', t`正在退`],
              ['due', t`等着退`],
              ['done', t`退到了`],
            ]}
          />
          <Refunds state={state} desk={desk} />
        </>
      )}
    </DeskPage>
  );
}

function Refunds({ state, desk }: { readonly state: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const stuck = useStuckWords();
  return (
    <DeskList<Refund>
      caption={t`退款`}
      path="/v1/refunds"
      query={{ state }}
      empty={state === 'needs_human' ? t`没有卡住的退款。` : t`这里没有退款。`}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t`退款号`,
          cell: ({ number, campaignId }) => (
            <Link to="/c/$id" params={{ id: campaignId }}>
              {number}
            </Link>
          ),
        },
        { head: t`金额`, cell: (refund) => amount({ unit: 'fen' }, refund.amount), figures: true },
        {
          head: t`卡在哪里`,
          cell: (refund) => [stuck(refund), refund.stuckDetail].filter(Boolean).join(t`：`),
        },
        { head: t`从哪天起`, cell: ({ waitingSince, createdAt }) => date(waitingSince ?? createdAt) },
        { head: t`状态`, cell: (refund) => <Standing of="refund" state={refund.state} /> },
      ]}
      acts={(refund) =>
        refund.state === 'needs_human' && desk.is('fund_approver') && <Acts refund={refund} desk={desk} />
      }
      actsHead={t`办理`}
    />
  );
}

function useStuckWords(): (refund: Refund) => string {
  const { t } = useLingui();
  const words: Record<NonNullable<Refund['stuck']>, string> = {
    unknown_too_long: t`一直不知道退没退成`,
    amount_mismatch: t`支付机构说的金额不一样`,
    refused_after_doubt: t`先不明，后被拒绝`,
    gateway_failed: t`支付机构没退成`,
    refused: t`支付机构拒绝了`,
    funds_too_long: t`商户余额一直不够`,
    too_old: t`付款太久，不能原路退`,
    offline: t`当初是手工交的，要手工退`,
  };
  return ({ stuck }) => (stuck === null ? '' : words[stuck]);
}

function Acts({ refund, desk }: { readonly refund: Refund; readonly desk: Desk }) {
  const { t } = useLingui();
  const params = { path: { id: refund.id } };
  const sum = amount({ unit: 'fen' }, refund.amount);
  const voucher = { name: 'voucher', label: t`凭证号码`, hint: t`银行或者现金凭证上的号码。` } as const;
  if (refund.enteredBy === desk.me.id) return t`您登记的手工退款，等另一位确认`;
  if (refund.enteredBy !== null) {
    return (
      <Act
        label={t`确认手工退到了`}
        look="main"
        lead={t`请看着凭证再填一遍号码，${sum} 就算退到了。`}
        fields={[voucher]}
        run={(body) => must(http.POST('/v1/refunds/{id}/by-hand/confirm', { params, body }))}
      />
    );
  }
  return (
    <>
      <Act
        label={t`再退一次`}
        look="main"
        lead={t`还是用原来的退款号，不会退两遍。`}
        fields={[{ name: 'reason', label: t`为什么这次能成` }]}
        run={(body) => must(http.POST('/v1/refunds/{id}/redrive', { params, body }))}
      />
      {refund.mayPayByHand && (
        <Act
          label={t`登记手工退款`}
          lead={t`${sum} 已经交到对方手里了？另一位确认以后才算数。`}
          fields={[voucher, { name: 'evidence', label: t`谁收的、怎么退的、凭据在哪里`, kind: 'text' }]}
          run={(body) => must(http.POST('/v1/refunds/{id}/by-hand', { params, body }))}
        />
      )}
    </>
  );
}
