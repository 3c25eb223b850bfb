import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Paged } from '../../app/paged';
import { meQuery } from '../../app/session';
import { moment } from '../../lib/dates';
import { idempotencyKey } from '../../lib/key';
import { yuan } from '../../lib/quantities';
import { Mark, type Look } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act } from './act';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';
import { usePartName } from './part-name';

type Payout = Schemas['PublicPayoutView'];

const STATES: Readonly<Record<Payout['state'], readonly [MessageDescriptor, Look]>> = {
  proposed: [msg`等第一个人批`, 'lit'],
  approved_once: [msg`等第二个人批`, 'lit'],
  released: [msg`批了，等着转账`, 'lit'],
  sent: [msg`正在转账`, 'lit'],
  done: [msg`付到了`, 'good'],
  refused: [msg`没有批`, 'bad'],
  withdrawn: [msg`收回了`, 'quiet'],
  returned: [msg`银行退回来了`, 'bad'],
};

/** Every payout and how far it is; opened, its vouchers and why it ended as it did. */
export function Payouts({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const path = { id: campaign.id };
  return (
    <>
      <h3>{t`用款申请`}</h3>
      <Paged<Schemas['PayoutList']>
        queryKey={['get', '/v1/campaigns/{id}/payouts', path]}
        read={(query) => http.GET('/v1/campaigns/{id}/payouts', { params: { path, query } })}
        empty={<p className={styles.note}>{t`还没有申请过。`}</p>}
      >
        {(payouts) => (
          <ul className={styles.cards}>
            {payouts.map((payout) => (
              <li key={payout.id}>
                <OnePayout payout={payout} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function OnePayout({ payout }: { readonly payout: Payout }) {
  const { t, i18n } = useLingui();
  const nameOf = usePartName();
  const [open, setOpen] = useState(false);
  const [words, look] = STATES[payout.state];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b className="num">¥{yuan(payout.amount)}</b> {payout.purpose}{' '}
        <Mark look={look}>{i18n._(words)}</Mark>
      </summary>
      <p className={styles.note}>
        {nameOf(payout.part)} · {t`付给 ${payout.payee.name}`} · {moment(payout.proposedAt)}
      </p>
      {open && <Vouchers payoutId={payout.id} />}
    </details>
  );
}

function Vouchers({ payoutId }: { readonly payoutId: string }) {
  const { t } = useLingui();
  const { data: me } = useQuery(meQuery);
  const params = { path: { id: payoutId } };
  const { data, error, refetch } = api.useQuery('get', '/v1/payouts/{id}', { params });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={2} />;
  const isEarly = data.state === 'proposed' || data.state === 'approved_once';
  return (
    <>
      <ul className={styles.rows}>
        {data.vouchers.map(({ number, title, amount, fileId, evidence }) => (
          <li key={number}>
            <span>
              {title} <small>{number}</small>
              {evidence && <small> · {evidence}</small>}
            </span>
            <span className="num">¥{yuan(amount)}</span>
            {fileId && <a href={`/v1/files/${fileId}`}>{t`看凭证`}</a>}
          </li>
        ))}
      </ul>
      {data.reason && <p>{t`原因：${data.reason}`}</p>}
      {isEarly && data.proposedBy === me?.id && <Withdraw payoutId={payoutId} />}
    </>
  );
}

function Withdraw({ payoutId }: { readonly payoutId: string }) {
  const { t } = useLingui();
  const [key] = useState(idempotencyKey);
  const params = { path: { id: payoutId }, header: { 'Idempotency-Key': key } };
  return (
    <Act
      danger
      label={t`收回这份申请`}
      consequences={[t`这份申请作废，批过的也不算；钱还留在这一步里。`]}
      asks={{ label: t`为什么收回`, hint: t`批款的人会看到。` }}
      run={(reason) => must(http.POST('/v1/payouts/{id}/withdraw', { params, body: { reason } }))}
    />
  );
}
