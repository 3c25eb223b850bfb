import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../../api/client';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { useSignOut } from '../../app/session';
import { moment } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Mark } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './mine.module.css';

/** Where somebody is signed in: a lost phone is signed out from another one. */
export function SessionsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`登录的设备`} lead={t`手机丢了，或者在别人的电脑上登录过，就在这里退出。`}>
      <NeedSignIn>{() => <Sessions />}</NeedSignIn>
    </Page>
  );
}

function Sessions() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const { data, error, refetch } = api.useQuery('get', '/v1/me/sessions', {});
  const others = api.useMutation('delete', '/v1/me/sessions', {
    onSuccess: () => queries.invalidateQueries(),
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={4} />;
  const ended = others.data?.ended ?? 0;
  return (
    <>
      <ul className={styles.cards}>
        {data.items.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
      {others.error && <Trouble error={others.error} />}
      {others.data && (
        <Banner
          tone="done"
          live
          title={plural(ended, { one: '退出了 # 台设备。', other: '退出了 # 台设备。' })}
        />
      )}
      {data.items.length > 1 && (
        <Button
          look="danger"
          busy={others.isPending}
          onClick={() => others.mutate({ params: { query: { which: 'others' } } })}
        >
          {t`除了这台，全部退出`}
        </Button>
      )}
    </>
  );
}

function Session({ session }: { readonly session: Schemas['SessionItem'] }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const signOut = useSignOut();
  const { id, kind, device, createdAt, seenAt, current } = session;
  const end = api.useMutation('delete', '/v1/me/sessions/{id}', {
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{device}</h2>
        {current && <Mark look="good">{t`这台`}</Mark>}
        {kind === 'staff' && <Mark look="quiet">{t`工作人员登录`}</Mark>}
      </div>
      <p className={styles.meta}>{t`${moment(createdAt)} 登录，最近在用 ${moment(seenAt)}`}</p>
      {end.error && <Trouble error={end.error} />}
      <div className={styles.actions}>
        <Button
          busy={end.isPending}
          onClick={() => (current ? void signOut() : end.mutate({ params: { path: { id } } }))}
          aria-label={current ? t`退出这台` : t`退出 ${device}`}
        >
          {current ? t`退出这台` : t`退出`}
        </Button>
      </div>
    </li>
  );
}
