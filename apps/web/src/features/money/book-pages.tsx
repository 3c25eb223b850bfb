import { useLingui } from '@lingui/react/macro';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { api, http, type Schemas } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { Page } from '../../app/page';
import { wordsKey } from '../../lib/language';
import { Paged } from '../../app/paged';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import styles from './book.module.css';
import { Totals } from './totals';
import { BookLines } from './book-lines';

type Book = Schemas['BookView'];
const pageSize = 30;

/** Everything that came in and went out in a community, for everybody to read. */
export function CommunityBookPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  if (id === null) return <Navigate to="/communities" replace />;
  const lang = wordsKey();
  const params = { path: { id }, header: { 'accept-language': lang } };
  return (
    <Page title={t`账本`} lead={t`每一笔都公开，谁都可以提问。`}>
      <p className={styles.links}>
        <a href={`/v1/communities/${id}/book.csv?lang=${lang}`} download>{t`下载表格`}</a>
        <Link to="/statements">{t`每月对账单`}</Link>
        <Link to="/challenges">{t`大家的提问`}</Link>
      </p>
      <Paged<Book>
        queryKey={['get', '/v1/communities/{id}/book', id, lang]}
        read={(cursor) =>
          http.GET('/v1/communities/{id}/book', {
            params: { ...params, query: { limit: pageSize, lang, ...cursor } },
          })
        }
        empty={<Empty says={t`还没有花钱，也没有收钱。`} />}
      >
        {(lines, { totals }) => (
          <>
            <Totals totals={totals} />
            <BookLines lines={lines} withCampaign />
          </>
        )}
      </Paged>
    </Page>
  );
}

export function CampaignBookPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id/book' });
  const lang = wordsKey();
  const campaign = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id } } });
  const params = { path: { id }, header: { 'accept-language': lang } };
  return (
    <Page title={t`这件事的账本`} lead={campaign.data?.title}>
      <p className={styles.links}>
        <a href={`/v1/campaigns/${id}/book.csv?lang=${lang}`} download>{t`下载表格`}</a>
        <Link to="/book">{t`全社区的账本`}</Link>
      </p>
      <Paged<Book>
        queryKey={['get', '/v1/campaigns/{id}/book', id, lang]}
        read={(cursor) =>
          http.GET('/v1/campaigns/{id}/book', {
            params: { ...params, query: { limit: pageSize, lang, ...cursor } },
          })
        }
        empty={
          <Empty says={t`还没有花钱，也没有收钱。`}>
            <ButtonLink to="/c/$id" params={{ id }}>{t`看看钱怎么管`}</ButtonLink>
          </Empty>
        }
      >
        {(lines, { totals }) => (
          <>
            <Totals totals={totals} />
            <BookLines lines={lines} />
          </>
        )}
      </Paged>
    </Page>
  );
}
