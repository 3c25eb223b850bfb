import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { renderSVG } from 'uqr';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { NeedSignIn } from '../../app/need-sign-in';
import { useIsOnline } from '../../app/offline';
import { Page } from '../../app/page';
import { moment } from '../../lib/dates';
import { idempotencyKey } from '../../lib/key';
import { yuan } from '../../lib/quantities';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { ChargeStatus } from './charge-status';
import type { Charge } from './charge';
import styles from './pay.module.css';

/** Paying what was promised: the gateway's page or code, or the words for a transfer. This page itself moves nothing. */
export function PayPage() {
  const { t } = useLingui();
  return (
    <Page title={t`付认下的钱`}>
      <NeedSignIn>{() => <Paying />}</NeedSignIn>
    </Page>
  );
}

type OwnPledge = Schemas['OwnPledgeView'];

function Paying() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/pay/$id' });
  const {
    data: pledge,
    error,
    isPending,
    refetch,
  } = api.useQuery('get', '/v1/pledges/{id}', {
    params: { path: { id } },
  });
  const campaign = api.useQuery(
    'get',
    '/v1/campaigns/{id}',
    { params: { path: { id: pledge?.campaignId ?? '' } } },
    { enabled: Boolean(pledge) },
  );
  if (isProblem(error) && error.status === 404) return <Lost />;
  if (isPending) return <Waiting lines={5} />;
  if (error || !pledge) return <Trouble error={error} retry={() => void refetch()} />;
  return (
    <>
      <p className={styles.sum}>
        <span className="num">¥{yuan(pledge.quantity)}</span>
        <span>{campaign.data?.title}</span>
      </p>
      {campaign.data?.money.custodian && <p>{t`收款：${campaign.data.money.custodian}，平台不经手。`}</p>}
      {pledge.payBy && <p>{t`请在 ${moment(pledge.payBy)} 前付款`}</p>}
      {pledge.payByHand ? <ByHand how={pledge.payByHand} /> : <Online pledge={pledge} />}
    </>
  );
}

function ByHand({ how }: { readonly how: Schemas['PayByHandView'] }) {
  const { t } = useLingui();
  return (
    <Banner tone="note" title={t`请转账或者交现金`}>
      <dl className={styles.facts}>
        <dt>{t`交给`}</dt>
        <dd>{how.accountOwner}</dd>
        <dt>{t`金额`}</dt>
        <dd className="num">¥{yuan(how.amount)}</dd>
        <dt>{t`转账附言请写`}</dt>
        <dd className={`num ${styles.reference}`}>{how.reference}</dd>
      </dl>
      <p>{t`交现金的，请向社区要收据。到账以后，这里会显示。`}</p>
    </Banner>
  );
}

const askAgainMs = 4_000;
const newestMax = 100;

/** The payment under way, asked for anew while it is open; reading it changes nothing. */
function useCharge(chargeId: string | null) {
  return useQuery({
    queryKey: ['get', '/v1/charges/{id}', chargeId],
    queryFn: () => must(http.GET('/v1/charges/{id}', { params: { path: { id: chargeId ?? '' } } })),
    enabled: chargeId !== null,
    refetchInterval: ({ state }) =>
      state.data && ['to_pay', 'checking'].includes(state.data.status) ? askAgainMs : false,
  });
}

/** The newest payment for a promise, also when it was begun on another device or before the way back from the gateway. */
function useNewest(pledgeId: string) {
  return useQuery({
    queryKey: ['get', '/v1/me/charges', 'newest'],
    queryFn: () => must(http.GET('/v1/me/charges', { params: { query: { limit: newestMax } } })),
    select: ({ items }) => items.find((charge) => charge.pledgeId === pledgeId) ?? null,
  });
}

function Online({ pledge }: { readonly pledge: OwnPledge }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const newest = useNewest(pledge.id);
  const begin = api.useMutation('post', '/v1/pledges/{id}/charges', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/v1/me/charges'] }),
  });
  const charge = useCharge(begin.data?.id ?? newest.data?.id ?? null);
  const current = charge.data ?? begin.data ?? newest.data;
  // Each payment after one that came to nothing is a new one, and so has a key of its own.
  const key = useMemo(() => ({ after: current?.id, value: idempotencyKey() }), [current?.id]).value;
  const pay = (newTry: boolean) =>
    begin.mutate({
      params: { path: { id: pledge.id }, header: { 'Idempotency-Key': key } },
      body: { newTry },
    });
  if (newest.isPending) return <Waiting lines={3} />;
  if (newest.error) return <Trouble error={newest.error} retry={() => void newest.refetch()} />;
  const isOver = pledge.state !== 'awaiting_payment' && pledge.state !== 'promised';
  if (isOver && !current) return <Banner tone="done" title={t`这一份已经不用付了。`} />;
  const isLive = current?.status === 'to_pay' || current?.status === 'checking';
  return (
    <>
      {current && <ChargeStatus status={current.status} />}
      {current?.pay && <Way charge={current} />}
      {begin.error && <Trouble error={begin.error} />}
      {!isOver && (!current || current.status === 'not_paid') && (
        <PayButton busy={begin.isPending} onPay={() => pay(false)} words={t`去付款`} look="main" />
      )}
      {!isOver && isLive && (
        <PayButton
          busy={begin.isPending}
          onPay={() => pay(true)}
          words={t`付不了？重新开一笔`}
          look="plain"
        />
      )}
      {current?.paidAt && <ButtonLink look="main" to="/me/payments">{t`看收据`}</ButtonLink>}
    </>
  );
}

interface PayButtonProps {
  readonly busy: boolean;
  readonly onPay: () => void;
  readonly words: string;
  readonly look: 'main' | 'plain';
}

function PayButton({ busy, onPay, words, look }: PayButtonProps) {
  const { t } = useLingui();
  const online = useIsOnline();
  return (
    <>
      {!online && <Banner tone="warn" title={t`没有网络，付款要等连上再办。`} />}
      <Button look={look} busy={busy} disabled={!online} onClick={onPay}>
        {words}
      </Button>
    </>
  );
}

function Way({ charge }: { readonly charge: Charge }) {
  const { t } = useLingui();
  const { pay } = charge;
  const text = pay?.kind === 'code' ? (pay.text ?? '') : null;
  const code = useMemo(
    () => (text === null ? '' : `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(text))}`),
    [text],
  );
  if (pay?.kind === 'link') {
    return (
      <p>
        <a className={styles.go} href={pay.url}>{t`打开付款页`}</a>
      </p>
    );
  }
  if (pay?.kind === 'code') return <img src={code} width={240} height={240} alt={t`付款的二维码`} />;
  return <p>{t`请在微信里打开这一页付款。`}</p>;
}
