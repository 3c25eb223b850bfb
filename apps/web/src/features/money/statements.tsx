import { useLingui } from '@lingui/react/macro';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { api, http, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommunityId } from '../../app/community';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { wordsKey } from '../../lib/language';
import { Paged } from '../../app/paged';
import { date } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './book.module.css';
import threadStyles from './threads.module.css';

/** Figures of a month, frozen and signed, so that nobody can change them later unseen. */
export function StatementsPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  if (id === null) return <Navigate to="/communities" replace />;
  const path = { id };
  return (
    <Page title={t`每月对账单`} lead={t`每月的数字封存并签名，之后谁也改不了。`}>
      <Paged<Schemas['StatementPage']>
        queryKey={['get', '/v1/communities/{id}/statements', path]}
        read={(query) => http.GET('/v1/communities/{id}/statements', { params: { path, query } })}
        empty={<Empty says={t`还没有对账单，第一份在月底以后出。`} />}
      >
        {(statements) => (
          <ul className={threadStyles.list}>
            {statements.map((statement) => (
              <li key={statement.id}>
                <Link to="/statements/$id" params={{ id: statement.id }}>
                  <b>{statement.month}</b>
                  <span>{t`月初 ¥${yuan(statement.opening)} · 月末 ¥${yuan(statement.closing)}`}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  );
}

export function StatementPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/statements/$id' });
  const { data, error, refetch } = api.useQuery('get', '/v1/statements/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  const lang = wordsKey();
  return (
    <Page title={data ? t`${data.month} 对账单` : t`对账单`} lead={data?.custodian}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={5} />}
      {data && (
        <>
          <Figures statement={data} />
          <p className={styles.links}>
            <a href={`/v1/statements/${id}/lines.csv?lang=${lang}`} download>{t`下载这个月的每一笔`}</a>
          </p>
        </>
      )}
    </Page>
  );
}

function Figures({ statement }: { readonly statement: Schemas['StatementView'] }) {
  const { t } = useLingui();
  const sums: readonly [string, string][] = [
    [t`月初`, statement.opening],
    [t`收到`, statement.received],
    [t`退回`, statement.returned],
    [t`花掉`, statement.spent],
    [t`月末`, statement.closing],
  ];
  return (
    <dl className={styles.facts}>
      {sums.map(([name, fen]) => [
        <dt key={`${name}-name`}>{name}</dt>,
        <dd key={name} className="num">
          ¥{yuan(fen)}
        </dd>,
      ])}
      <dt>{t`封存于`}</dt>
      <dd>{date(statement.frozenAt)}</dd>
      <dt>{t`指纹`}</dt>
      <dd>{statement.hash}</dd>
      <dt>{t`签名`}</dt>
      <dd>{statement.signature}</dd>
      <dt>{t`签名的钥匙`}</dt>
      <dd>{statement.keyId}</dd>
    </dl>
  );
}
