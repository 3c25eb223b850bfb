import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { useIsOnline } from '../../app/offline';
import { Page } from '../../app/page';
import { meQuery } from '../../app/session';
import { useKept } from '../../lib/kept';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Check } from '../../ui/field';
import { KIND, kindOf } from '../../ui/kinds';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { bodyOf, flawsOf, newDraft, type PledgeDraft } from './draft';
import { Gift } from './gift';
import { MoneyRulesNote } from './money-rules-note';
import styles from './pledge-page.module.css';

type Campaign = Schemas['CampaignPageView'];
type Ask = Campaign['asks'][number];

/** One promise in at most three steps: choose, read what it means, say yes. */
export function PledgePage() {
  const { t } = useLingui();
  const { id, ask: askId } = useParams({ from: '/c/$id/pledge/$ask' });
  const { data, error, refetch } = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  const ask = data?.asks.find((one) => one.id === askId);
  if (data && !ask) return <Lost />;
  if (data && ask) return <PledgeForm key={ask.id} campaign={data} ask={ask} />;
  return (
    <Page title={t`我来搭把手`}>
      {error ? <Trouble error={error} retry={() => void refetch()} /> : <Waiting lines={6} />}
    </Page>
  );
}

function PledgeForm({ campaign, ask }: { readonly campaign: Campaign; readonly ask: Ask }) {
  const { t, i18n } = useLingui();
  const { slot } = useSearch({ from: '/c/$id/pledge/$ask' });
  const [draft, keep, forget] = useKept<PledgeDraft>(`pledge:${ask.id}`, () => newDraft(ask, slot));
  const [tried, setTried] = useState(false);
  const send = useSend(campaign, ask, forget);
  const online = useIsOnline();
  const flaws = tried ? flawsOf(ask, draft) : [];
  const submit = () => {
    setTried(true);
    if (flawsOf(ask, draft).length === 0) send.run(draft);
  };
  const words = i18n._(KIND[kindOf(ask.kind)].offer);
  const lacksLine = ask.kind === 'money' && !online;
  return (
    <Page title={words} lead={`${campaign.title} · ${ask.title}`}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Gift ask={ask} draft={draft} flaws={flaws} change={(part) => keep({ ...draft, ...part })} />
        <Check
          label={t`不公开我的名字`}
          checked={draft.anonymous}
          onChange={(event) => keep({ ...draft, anonymous: event.target.checked })}
        />
        {ask.kind === 'money' ? (
          <MoneyRulesNote campaign={campaign} />
        ) : (
          <WhatItMeans campaign={campaign} ask={ask} />
        )}
        <SendTrouble error={send.error} campaign={campaign} />
        {lacksLine && <Banner tone="warn" live title={t`没有网络，认钱要等连上再办。`} />}
        <div className={styles.actions}>
          <ButtonLink to="/c/$id" params={{ id: campaign.id }}>{t`再想想`}</ButtonLink>
          <Button type="submit" look="main" busy={send.busy} disabled={lacksLine}>
            {ask.kind === 'money' ? t`认这一份` : t`说定了`}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function WhatItMeans({ campaign, ask }: { readonly campaign: Campaign; readonly ask: Ask }) {
  const { t } = useLingui();
  const isTime = ask.slots.length > 0;
  return (
    <Banner tone="warn">
      {isTime && <p>{t`到时候来就行，工时按实际记。`}</p>}
      {ask.goodsMode === 'lend' && ask.returnOn && <p>{t`这是借，${ask.returnOn} 前还给您。`}</p>}
      <p>{t`凑齐了才算数；截止前随时可以退出，不用说理由。`}</p>
      {campaign.state !== 'open' && <p>{t`现在不收新的承诺。`}</p>}
    </Banner>
  );
}

/** Signed out: choose first, sign in then; what was chosen waits. */
function useSend(campaign: Campaign, ask: Ask, forget: () => void) {
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const place = api.useMutation('post', '/v1/campaigns/{id}/pledges');
  const signIn = () => navigate({ to: '/login', search: { back: `/c/${campaign.id}/pledge/${ask.id}` } });
  const run = async (draft: PledgeDraft) => {
    if (me === null) return signIn();
    try {
      const params = { path: { id: campaign.id }, header: { 'Idempotency-Key': draft.key } };
      const pledge = await place.mutateAsync({ params, body: bodyOf(ask, draft) });
      forget();
      await navigate({
        to: '/c/$id/lit/$pledgeId',
        params: { id: campaign.id, pledgeId: pledge.id },
        replace: true,
      });
    } catch (error) {
      if (isProblem(error) && error.status === 401) await signIn();
      // Every other refusal stands on the page: the mutation keeps it.
    }
  };
  return {
    run: (draft: PledgeDraft) => void run(draft),
    busy: place.isPending,
    error: place.error as unknown,
  };
}

function SendTrouble({ error, campaign }: { readonly error: unknown; readonly campaign: Campaign }) {
  const { t } = useLingui();
  if (!error) return null;
  if (!isProblem(error)) return <Trouble error={error} />;
  if (error.status === 401) return null;
  if (error.code === 'pledge_not_eligible') {
    return (
      <Banner
        tone="warn"
        live
        title={t`这是${campaign.community.name}居民的事。`}
        actions={<ButtonLink to="/me/verify">{t`我住这里，去认证`}</ButtonLink>}
      >
        <p>{error.detail}</p>
      </Banner>
    );
  }
  return <Trouble error={error} />;
}
