import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { wordsKey } from '../../lib/language';
import { Paged } from '../../app/paged';
import { date } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Amount } from './book-lines';
import styles from './book.module.css';
import { ThreadList } from './thread-list';

const AskForm = lazy(async () => ({ default: (await import('./ask-form')).AskForm }));

/** One line of the book: where it stands, its voucher, and what neighbours asked about it. */
export function LinePage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/book/lines/$id' });
  const lang = wordsKey();
  const { data, error, refetch } = api.useQuery('get', '/v1/book-lines/{id}', {
    params: { path: { id }, query: { lang }, header: { 'accept-language': lang } },
  });
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={data?.what ?? t`账本的一笔`}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={4} />}
      {data && <Line line={data} />}
    </Page>
  );
}

function Line({ line }: { readonly line: Schemas['BookLineView'] }) {
  const { t } = useLingui();
  const path = { id: line.id };
  return (
    <>
      <p className={styles.big}>
        <Amount line={line} />
      </p>
      <dl className={styles.facts}>
        <dt>{t`第几笔`}</dt>
        <dd className="num">{line.number}</dd>
        <dt>{t`日期`}</dt>
        <dd>{date(line.at)}</dd>
        {line.payer && (
          <>
            <dt>{t`谁出的`}</dt>
            <dd>{line.payer.name}</dd>
          </>
        )}
        <dt>{t`凭证`}</dt>
        <dd>{line.voucher ?? t`没有写凭证号`}</dd>
        <dt>{t`这一笔以后账上还有`}</dt>
        <dd className="num">¥{yuan(line.balance)}</dd>
      </dl>
      {line.campaignId && (
        <p className={styles.links}>
          <Link to="/c/$id" params={{ id: line.campaignId }}>{t`看这件事`}</Link>
        </p>
      )}
      <section aria-labelledby="asked">
        <h2 id="asked">{t`邻居的提问`}</h2>
        <Paged<Schemas['ChallengePage']>
          queryKey={['get', '/v1/book-lines/{id}/challenges', path]}
          read={(query) => http.GET('/v1/book-lines/{id}/challenges', { params: { path, query } })}
          empty={<p className={styles.small}>{t`还没有人问过。`}</p>}
        >
          {(threads) => <ThreadList threads={threads} />}
        </Paged>
        <NeedSignIn>
          {() => (
            <Suspense fallback={<Waiting lines={2} />}>
              <AskForm lineId={line.id} />
            </Suspense>
          )}
        </NeedSignIn>
      </section>
    </>
  );
}
