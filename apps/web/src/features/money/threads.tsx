import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { useCommunityId } from '../../app/community';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { Paged } from '../../app/paged';
import { hasRole, meQuery } from '../../app/session';
import { moment } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './threads.module.css';
import { THREAD_STATES, ThreadList } from './thread-list';

export function ThreadsPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  if (id === null) return <Navigate to="/communities" replace />;
  const path = { id };
  return (
    <Page title={t`大家对账本的提问`} lead={t`谁都可以问，管钱的单位要公开答复。`}>
      <Paged<Schemas['ChallengePage']>
        queryKey={['get', '/v1/communities/{id}/challenges', path]}
        read={(query) => http.GET('/v1/communities/{id}/challenges', { params: { path, query } })}
        empty={<Empty says={t`还没有人问过。在账本里点一笔就能问。`} />}
      >
        {(threads) => <ThreadList threads={threads} />}
      </Paged>
    </Page>
  );
}

export function ThreadPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/challenges/$id' });
  const { data, error, refetch } = api.useQuery('get', '/v1/challenges/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={t`对账本的提问`}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={5} />}
      {data && <Thread thread={data} />}
    </Page>
  );
}

type ThreadView = Schemas['ThreadView'];

function Thread({ thread }: { readonly thread: ThreadView }) {
  const { t, i18n } = useLingui();
  return (
    <>
      <Banner tone={thread.overdue ? 'warn' : 'note'} title={i18n._(THREAD_STATES[thread.state])}>
        {thread.dueAt && <p>{t`请在 ${moment(thread.dueAt)} 前答复`}</p>}
        <Link to="/book/lines/$id" params={{ id: thread.lineId }}>{t`看账本里的这一笔`}</Link>
      </Banner>
      <ol className={styles.talk}>
        {thread.messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ol>
      <Say thread={thread} />
    </>
  );
}

function Message({ message }: { readonly message: ThreadView['messages'][number] }) {
  const { t } = useLingui();
  const { by, speaker, text, hiddenReason, fileIds, at } = message;
  const names = { challenger: t`提问的人`, member: t`邻居`, custodian: t`管钱的单位` };
  return (
    <li className={`${styles.message} ${speaker === 'custodian' ? styles.custodian : ''}`}>
      <p className={styles.by}>
        <b>{by}</b> <span>{names[speaker]}</span> <time dateTime={at}>{moment(at)}</time>
      </p>
      <p>{text ?? t`这段话被收起来了：${hiddenReason ?? ''}`}</p>
      {fileIds.length > 0 && (
        <p className={styles.proofs}>
          {fileIds.map((fileId, at) => (
            <a key={fileId} href={`/v1/files/${fileId}`}>{t`附件 ${at + 1}`}</a>
          ))}
        </p>
      )}
    </li>
  );
}

/** Members ask on, the custodian answers; the api knows who is who and refuses the rest in words. */
function Say({ thread }: { readonly thread: ThreadView }) {
  const { t } = useLingui();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  const after = {
    onSuccess: async () => {
      setText('');
      await queries.invalidateQueries();
    },
  };
  const reply = api.useMutation('post', '/v1/challenges/{id}/replies', after);
  const answer = api.useMutation('post', '/v1/challenges/{id}/answers', after);
  const settle = api.useMutation('post', '/v1/challenges/{id}/settle', after);
  if (!me) return null;
  const params = { path: { id: thread.id } };
  const answers = hasRole(me, 'community_staff', 'fund_approver');
  const say = () => {
    const body = { text: text.trim() };
    setEmpty(body.text === '');
    if (body.text === '') return;
    if (answers) answer.mutate({ params, body });
    else reply.mutate({ params, body });
  };
  const error = reply.error ?? answer.error ?? settle.error;
  return (
    <>
      <TextArea
        label={answers ? t`公开答复` : t`接着问`}
        value={text}
        maxLength={2000}
        error={empty ? t`请先写几个字` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {error && <Trouble error={error} />}
      <div className={styles.actions}>
        <Button look="main" busy={reply.isPending || answer.isPending} onClick={say}>
          {answers ? t`答复` : t`发出去`}
        </Button>
        {thread.state === 'answered' && !answers && (
          <Button
            busy={settle.isPending}
            onClick={() => settle.mutate({ params })}
          >{t`我的问题清楚了`}</Button>
        )}
      </div>
    </>
  );
}
