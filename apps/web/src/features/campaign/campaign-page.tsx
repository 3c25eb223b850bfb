import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { Trouble } from '../../ui/trouble';
import { ButtonLink } from '../../ui/button';
import { Waiting } from '../../ui/waiting';
import { ActionBar } from './action-bar';
import { Asks } from './asks';
import type { CampaignPage } from './campaign';
import styles from './campaign-page.module.css';
import { firstPage } from './first-page';
import { Intro } from './intro';
import { Matches, Objections } from './later';
import { Lights } from './lights';
import { MoneySection } from './money-section';
import { Neighbours } from './neighbours';
import { Cover, MorePhotos } from './photos';
import { Plan } from './plan';
import { Outcome } from './outcome';
import { StateBanner } from './state-banner';

/** The page of one campaign: read it from the top down, act at the bottom (or at the side of a desk). */
export function CampaignScreen() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id' });
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/campaigns/{id}',
    { params: { path: { id } } },
    { placeholderData: () => firstPage(id) },
  );
  if (isProblem(error) && error.status === 404) return <Lost />;
  if (error && !data) {
    return (
      <Page title={t`这一页没打开`}>
        <Trouble error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={t`正在打开…`} ownHeading>
        <Waiting lines={8} />
      </Page>
    );
  }
  return <Campaign campaign={data} />;
}

function Campaign({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  return (
    <Page title={campaign.title} ownHeading width="wide">
      <div className={styles.grid}>
        <div className={styles.intro}>
          <Intro campaign={campaign} />
          <Cover campaign={campaign} />
          <StateBanner campaign={campaign} />
          {campaign.may.organise && (
            <ButtonLink to="/c/$id/manage" params={{ id: campaign.id }}>{t`管理这件事`}</ButtonLink>
          )}
        </div>
        <aside className={styles.side}>
          <Lights campaign={campaign} />
          <ActionBar campaign={campaign} />
        </aside>
        <div className={styles.rest}>
          <Suspense fallback={null}>{isObjectedTo(campaign) && <Objections campaign={campaign} />}</Suspense>
          <MorePhotos campaign={campaign} />
          <Asks campaign={campaign} />
          <Outcome campaign={campaign} />
          <Plan campaign={campaign} />
          <MoneySection campaign={campaign} />
          <Suspense fallback={null}>
            {campaign.matches.length > 0 && <Matches campaign={campaign} />}
          </Suspense>
          <Neighbours campaign={campaign} />
        </div>
      </div>
    </Page>
  );
}

const isObjectedTo = ({ state, objections }: CampaignPage): boolean =>
  state === 'notice' || objections.all > 0;
