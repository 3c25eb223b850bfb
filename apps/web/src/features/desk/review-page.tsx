import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api } from '../../api/client';
import { StateMark } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { DeskPage } from '../console';
import { CampaignActs } from './campaign-acts';
import { Checklist } from './checklist';
import styles from './review-page.module.css';

// The neighbours' page stays a part of its own, so that nobody else loads the desk with it.
const NeighboursView = lazy(async () => ({ default: (await import('../campaign')).NeighboursView }));

/** The page as neighbours will see it, and the checklist beside it. */
export function ReviewPage() {
  const { t } = useLingui();
  return (
    <DeskPage title={t`核实众筹`} roles={['community_staff']} ownHeading>
      {() => <Review />}
    </DeskPage>
  );
}

function Review() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/reviews/$id' });
  const params = { params: { path: { id } } };
  const campaign = api.useQuery('get', '/v1/campaigns/{id}', params);
  const review = api.useQuery('get', '/v1/campaigns/{id}/review', params);
  const error = campaign.error ?? review.error;
  if (error) return <Trouble error={error} retry={() => void campaign.refetch()} />;
  if (!campaign.data || !review.data) return <Waiting lines={8} />;
  return (
    <div className={styles.review}>
      <section className={styles.page} aria-label={t`邻居看到的样子`}>
        <Suspense fallback={<Waiting lines={8} />}>
          <NeighboursView campaign={campaign.data} />
        </Suspense>
      </section>
      <aside className={styles.side}>
        <p className={styles.state}>
          <StateMark state={campaign.data.state} />
          <Link to="/c/$id" params={{ id }}>{t`打开邻居看的那一页`}</Link>
        </p>
        <CampaignActs campaign={campaign.data} />
        <Checklist
          key={`${campaign.data.state} ${campaign.data.round}`}
          campaign={campaign.data}
          lines={review.data.items}
        />
      </aside>
    </div>
  );
}
