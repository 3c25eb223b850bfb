import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { api, http, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { wordsKey } from '../../lib/language';
import { Paged } from '../../app/paged';
import { date } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Amount } from './book-lines';
import styles from './book.module.css';
import { ThreadList } from './thread-list';

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
        <NeedSignIn>{() => <AskForm lineId={line.id} />}</NeedSignIn>
      </section>
    </>
  );
}

const textMax = 2000;

function AskForm({ lineId }: { readonly lineId: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ defaultValues: { text: '' } });
  const ask = api.useMutation('post', '/v1/book-lines/{id}/challenges', {
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/challenges/$id', params: { id } });
    },
  });
  const submit = form.handleSubmit(({ text }) =>
    ask.mutate({ params: { path: { id: lineId } }, body: { text: text.trim() } }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextArea
        label={t`我有疑问`}
        hint={t`管钱的单位要在期限内公开答复。请不要写别人的电话和门牌。`}
        maxLength={textMax}
        error={form.formState.errors.text ? t`请写下您的问题` : undefined}
        {...form.register('text', { required: true, minLength: 4 })}
      />
      {ask.error && <Trouble error={ask.error} />}
      <Button type="submit" look="main" busy={ask.isPending}>{t`提问`}</Button>
    </form>
  );
}
