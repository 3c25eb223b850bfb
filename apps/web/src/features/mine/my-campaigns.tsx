import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { http, type Schemas } from '../../api/client';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Paged } from '../../app/paged';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { StateMark } from '../../ui/state-mark';
import styles from './mine.module.css';

const unfinished = ['draft', 'returned'];

/** What the reader started: drafts go on where they were left. */
export function MyCampaignsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我发起的事`}>
      <NeedSignIn>
        {(me) => (
          <Paged<Schemas['CampaignList']>
            queryKey={['get', '/v1/campaigns', me.id]}
            read={(cursor) =>
              http.GET('/v1/campaigns', { params: { query: { organiserId: me.id, ...cursor } } })
            }
            empty={
              <Empty says={t`还没有发起过。`}>
                <ButtonLink look="main" to="/start">{t`发起一个`}</ButtonLink>
              </Empty>
            }
          >
            {(campaigns) => (
              <ul className={styles.list}>
                {campaigns.map(({ id, title, state }) => (
                  <li key={id} className={styles.pledge}>
                    <StateMark state={state} />
                    {unfinished.includes(state) ? (
                      <Link to="/start/$id/$step" params={{ id, step: 'check' }}>
                        {title || t`还没有名字`}
                      </Link>
                    ) : (
                      <>
                        <Link to="/c/$id" params={{ id }}>
                          {title}
                        </Link>
                        <Link to="/c/$id/manage" params={{ id }} aria-label={t`管理：${title}`}>
                          {t`管理`}
                        </Link>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Paged>
        )}
      </NeedSignIn>
    </Page>
  );
}
