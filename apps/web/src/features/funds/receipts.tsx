import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { moment } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { ButtonLink } from '../../ui/button';
import { Act, DeskList, DeskPage, Filter, type Desk } from '../console';
import styles from './funds.module.css';
import { HANDS, MONEY_ROLES } from './roles';
import { Standing } from './standing';

type Receipt = Schemas['ReceiptView'];

/** Money that came by hand: entered by one, counted when another has confirmed it. */
export function ReceiptsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Receipt['state']>('entered');
  return (
    <DeskPage
      title={t`手工收款`}
      lead={t`一个人登记，另一个人看过凭据再确认，钱才算收到。`}
      roles={MONEY_ROLES}
    >
      {(desk) => (
        <>
          {desk.is('community_staff') && (
            <p className={styles.acts}>
              <ButtonLink look="main" to="/console/funds/receipts/new">{t`登记一笔收款`}</ButtonLink>
            </p>
          )}
          <Filter
            label={t`哪一些`}
            value={state}
            onChange={setState}
            options={[
              ['entered', t`等确认`],
              ['confirmed', t`确认了`],
              ['refused', t`没通过`],
            ]}
          />
          <Receipts state={state} desk={desk} />
        </>
      )}
    </DeskPage>
  );
}

function Receipts({ state, desk }: { readonly state: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const methods = { cash: t`现金`, bank_transfer: t`银行转账` };
  return (
    <DeskList<Receipt>
      caption={t`手工收款`}
      path="/v1/communities/{id}/receipts"
      of={{ id: desk.communityId }}
      query={{ state }}
      empty={state === 'entered' ? t`没有等着确认的收款。` : t`这里还没有收款。`}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t`谁交的`,
          cell: ({ payer, campaignId }) => (
            <Link to="/c/$id" params={{ id: campaignId }}>
              {payer ?? t`不公开姓名`}
            </Link>
          ),
        },
        { head: t`金额`, cell: (row) => <Sum receipt={row} />, figures: true },
        { head: t`收据`, cell: ({ method, receiptNumber }) => `${methods[method]} ${receiptNumber}` },
        { head: t`什么时候收的`, cell: ({ receivedAt }) => moment(receivedAt) },
        { head: t`凭据`, cell: (row) => <Proof receipt={row} /> },
        { head: t`状态`, cell: (row) => <Standing of="receipt" state={row.state} /> },
      ]}
      acts={(receipt) =>
        receipt.state === 'entered' && desk.is(...HANDS) && <Decide receipt={receipt} desk={desk} />
      }
      actsHead={t`办理`}
    />
  );
}

function Sum({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useLingui();
  const came = amount({ unit: 'fen' }, receipt.amount);
  if (receipt.amount === receipt.expected) return came;
  return t`${came}（认了 ${amount({ unit: 'fen' }, receipt.expected)}）`;
}

function Proof({ receipt: { files, evidence, refusal } }: { readonly receipt: Receipt }) {
  const { t } = useLingui();
  return (
    <>
      {files.map(({ id }, at) => (
        <span key={id}>
          <a href={`/v1/files/${id}`}>{t`照片 ${at + 1}`}</a>{' '}
        </span>
      ))}
      {refusal ?? evidence}
    </>
  );
}

function Decide({ receipt, desk }: { readonly receipt: Receipt; readonly desk: Desk }) {
  const { t } = useLingui();
  const params = { path: { id: receipt.id } };
  return (
    <>
      {receipt.enteredBy === desk.me.id ? (
        t`您登记的，等另一位确认`
      ) : (
        <Act
          label={t`确认收到`}
          look="main"
          lead={t`您看过凭据，${amount({ unit: 'fen' }, receipt.amount)} 确实到了托管账户。确认以后就记进账本。`}
          run={() => must(http.POST('/v1/receipts/{id}/confirm', { params }))}
        />
      )}
      <Act
        label={t`不通过`}
        lead={t`什么也不记账。`}
        fields={[{ name: 'reason', label: t`为什么` }]}
        run={(body) => must(http.POST('/v1/receipts/{id}/refuse', { params, body }))}
      />
    </>
  );
}
