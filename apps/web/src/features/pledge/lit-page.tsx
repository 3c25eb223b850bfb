import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { api, type Schemas } from '../../api/client';
import { useHomes } from '../../app/homes';
import { Page } from '../../app/page';
import { moment } from '../../lib/dates';
import { ButtonLink } from '../../ui/button';
import { Facade } from '../../ui/facade';
import { Waiting } from '../../ui/waiting';
import styles from './lit-page.module.css';

/** The own window is lit: what was promised, what comes next, and how to take it back. */
export function LitPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id/lit/$pledgeId' });
  const { data } = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id } } });
  return (
    <Page title={t`说定了，您家的灯亮了`}>
      {!data && <Waiting />}
      {data && (
        <>
          <div className={styles.block}>
            <Block campaign={data} />
          </div>
          <p className={styles.next}>
            {data.deadline
              ? t`「${data.title}」${moment(data.deadline.at)} 截止。凑齐了会告诉您下一步；没凑齐，承诺自动解除。`
              : t`「${data.title}」凑齐了会告诉您下一步。`}
          </p>
        </>
      )}
      <div className={styles.actions}>
        <ButtonLink look="main" to="/c/$id" params={{ id }}>{t`回去看看，转给邻居`}</ButtonLink>
        <ButtonLink to="/me/pledges">{t`我答应的事`}</ButtonLink>
      </div>
    </Page>
  );
}

function Block({ campaign }: { readonly campaign: Schemas['CampaignPageView'] }) {
  return <Facade homes={useHomes(campaign)} lit={campaign.households} mine />;
}
