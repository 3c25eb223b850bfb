import { useLingui } from '@lingui/react/macro';
import { Navigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api } from '../../api/client';
import { chooseCommunity, useCommunityId } from '../../app/community';
import { Page } from '../../app/page';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { CampaignCard } from './campaign-card';
import styles from './home.module.css';
import { HomeReminders } from './reminders';

/** States in the order in which a neighbour can still do something about them. */
const groups = {
  now: ['open'],
  soon: ['notice', 'suspended'],
  under: ['closing', 'collecting', 'succeeded', 'delivering'],
  over: ['completed', 'failed', 'cancelled'],
} as const;

export function HomePage() {
  const communityId = useCommunityId();
  if (communityId === null) return <Navigate to="/communities" replace />;
  return <Home communityId={communityId} />;
}

/** Whoever follows the link of a community, as from a notice at the door, looks at that one from now on. */
export function CommunityPage() {
  const { id } = useParams({ from: '/communities/$id' });
  useEffect(() => chooseCommunity(id), [id]);
  return <Home communityId={id} />;
}

function Home({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = api.useQuery('get', '/v1/campaigns', {
    params: { query: { communityId, limit: 60 } },
  });
  return (
    <Page title={t`身边在筹的事`} lead={t`一家亮一盏灯，够了就开工。`} width="wide">
      <HomeReminders />
      {isPending && <Waiting lines={6} />}
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Empty says={t`这里还没有人起头。`}>
          <ButtonLink to="/start" look="main">{t`发起一个`}</ButtonLink>
          <ButtonLink to="/communities">{t`看看别的社区怎么做`}</ButtonLink>
        </Empty>
      )}
      {data && <Groups items={data.items} />}
    </Page>
  );
}

type Items = Parameters<typeof CampaignCard>[0]['campaign'][];

function Groups({ items }: { readonly items: Items }) {
  const { t } = useLingui();
  const titles = { now: t`正在筹`, soon: t`公示中和暂停的`, under: t`凑齐了，正在做`, over: t`已经结束` };
  return (Object.keys(groups) as (keyof typeof groups)[]).map((group) => {
    const those = items.filter(({ state }) => (groups[group] as readonly string[]).includes(state));
    if (those.length === 0) return null;
    return (
      <section key={group} className={styles.group} aria-labelledby={`group-${group}`}>
        <h2 id={`group-${group}`}>{titles[group]}</h2>
        <ul className={styles.cards}>
          {those.map((campaign) => (
            <li key={campaign.id}>
              <CampaignCard campaign={campaign} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
