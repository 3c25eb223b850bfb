import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas } from '../../api/client';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { moment } from '../../lib/dates';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { amountOfPledge, PledgeState } from './pledge-state';
import styles from './mine.module.css';

export function MyPledgesPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我答应的事`}>
      <NeedSignIn>{() => <Pledges />}</NeedSignIn>
    </Page>
  );
}

function Pledges() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = api.useQuery('get', '/v1/me/pledges', {
    params: { query: { limit: 50 } },
  });
  if (isPending) return <Waiting lines={5} />;
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (data.items.length === 0) {
    return (
      <Empty says={t`还没有答应什么事。`}>
        <ButtonLink look="main" to="/">{t`看看身边缺什么`}</ButtonLink>
      </Empty>
    );
  }
  return (
    <ul className={styles.list}>
      {data.items.map((pledge) => (
        <li key={pledge.id}>
          <MyPledge pledge={pledge} />
        </li>
      ))}
    </ul>
  );
}

type Pledge = Schemas['PledgeView'];

function MyPledge({ pledge }: { readonly pledge: Pledge }) {
  const { t, i18n } = useLingui();
  const campaign = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id: pledge.campaignId } } });
  const ask = campaign.data?.asks.find(({ id }) => id === pledge.askId);
  const slot = ask?.slots.find(({ id }) => id === pledge.slotId);
  return (
    <article className={styles.pledge}>
      <Seal kind={kindOf(pledge.kind)} />
      <div>
        <h2>
          <Link to="/c/$id" params={{ id: pledge.campaignId }}>
            {campaign.data?.title ?? '…'}
          </Link>
        </h2>
        <p>
          {i18n._(KIND[kindOf(pledge.kind)].name)} {ask && amountOfPledge(ask, pledge)}
        </p>
        {slot && <p className={styles.meta}>{moment(slot.startsAt)}</p>}
        <PledgeState state={pledge.state} />
        {pledge.payBy && <p className={styles.meta}>{t`请在 ${moment(pledge.payBy)} 前付款`}</p>}
      </div>
      {isToPay(pledge, campaign.data?.money.paymentMode) && (
        <ButtonLink look="main" to="/pay/$id" params={{ id: pledge.id }}>{t`去付款`}</ButtonLink>
      )}
      {pledge.state === 'promised' && campaign.data?.state === 'open' && <Withdraw pledge={pledge} />}
    </article>
  );
}

/** Money is asked for after success; where a campaign takes it at once, from the promise on. */
function isToPay({ kind, state }: Pledge, paymentMode: string | null | undefined): boolean {
  if (state === 'awaiting_payment') return true;
  return kind === 'money' && state === 'promised' && paymentMode === 'pay_now';
}

function Withdraw({ pledge }: { readonly pledge: Pledge }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const withdraw = api.useMutation('post', '/v1/pledges/{id}/withdraw', {
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t`退出`}</Button>
      {asking && (
        <Sheet
          title={t`真的要退出吗？`}
          lead={t`您家的灯会熄掉，位置让给别人。以后还可以再来。`}
          onClose={() => setAsking(false)}
        >
          {withdraw.error && <Trouble error={withdraw.error} />}
          <div className={styles.actions}>
            <Button look="main" onClick={() => setAsking(false)}>{t`留着`}</Button>
            <Button
              look="danger"
              busy={withdraw.isPending}
              onClick={() => withdraw.mutate({ params: { path: { id: pledge.id } } })}
            >
              {t`退出`}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
