import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link, Navigate } from '@tanstack/react-router';
import { http, type Schemas } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { Page } from '../../app/page';
import { Paged } from '../../app/paged';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { CardList } from '../../ui/card-list';
import styles from './needs.module.css';

/** What neighbours say is missing; the more homes say "me too", the sooner somebody starts. */
export function NeedsPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  if (id === null) return <Navigate to="/communities" replace />;
  const path = { id };
  return (
    <Page title={t`缺什么，说一声`} lead={t`说的人多了，就有人起头。`}>
      <ButtonLink to="/needs/new" look="main">{t`我来说一件`}</ButtonLink>
      <Paged<Schemas['NeedPage']>
        queryKey={['get', '/v1/communities/{id}/needs', path]}
        read={(query) => http.GET('/v1/communities/{id}/needs', { params: { path, query } })}
        empty={<Empty says={t`还没有人说缺什么。`} />}
      >
        {(needs) => (
          <CardList>
            {needs.map((need) => (
              <li key={need.id}>
                <Link to="/needs/$id" params={{ id: need.id }}>
                  <b>{need.title}</b>
                  <span>{need.text}</span>
                  <span className={styles.echoes}>
                    {plural(need.echoes, { one: '# 户也缺', other: '# 户也缺' })}
                    {need.state === 'grown' && ` · ${t`已经有人起头了`}`}
                    {need.state === 'closed' && ` · ${t`已解决`}`}
                  </span>
                </Link>
              </li>
            ))}
          </CardList>
        )}
      </Paged>
    </Page>
  );
}
