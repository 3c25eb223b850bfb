import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { meQuery } from '../../app/session';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { asksMoney, isDecided, type OfCampaign } from './campaign';
import { Changes } from './changes';
import { Decisions } from './decisions';
import { Log } from './log';
import styles from './manage.module.css';
import { Money } from './money';
import { NextStep } from './next-step';
import { Promises } from './promises';
import { Matches, Objections, Outcome } from './public-parts';

/** Where the organiser looks after a campaign from the draft to the last refund. */
export function ManagePage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id/manage' });
  const { data: me } = useQuery(meQuery);
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/campaigns/{id}',
    { params: { path: { id } } },
    // Before it is shown to the neighbours, only its organiser is told that it is there.
    { enabled: Boolean(me) },
  );
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={data ? t`管理：${data.title}` : t`管理`}>
      <NeedSignIn>
        {() => {
          if (error) return <Trouble error={error} retry={() => void refetch()} />;
          if (!data) return <Waiting lines={8} />;
          return data.may.organise ? <Manage campaign={data} /> : <NotYours campaign={data} />;
        }}
      </NeedSignIn>
    </Page>
  );
}

function NotYours({ campaign }: OfCampaign) {
  const { t } = useLingui();
  return (
    <Empty says={t`这一页只给发起人用。`}>
      <ButtonLink look="main" to="/c/$id" params={{ id: campaign.id }}>{t`去看这件事`}</ButtonLink>
    </Empty>
  );
}

function Manage({ campaign }: OfCampaign) {
  const isShown = campaign.noticeEndsAt !== null;
  return (
    <div className={styles.manage}>
      <NextStep campaign={campaign} />
      <Suspense fallback={<Waiting lines={4} />}>
        {campaign.objections.all > 0 && <Objections campaign={campaign} />}
        {isShown && <Promises campaign={campaign} />}
        <Outcome campaign={campaign} />
        {isDecided(campaign) && <Decisions campaign={campaign} />}
        {asksMoney(campaign) && isDecided(campaign) && <Money campaign={campaign} />}
        {campaign.matches.length > 0 && <Matches campaign={campaign} />}
      </Suspense>
      <Changes campaign={campaign} />
      <Log campaign={campaign} />
    </div>
  );
}
