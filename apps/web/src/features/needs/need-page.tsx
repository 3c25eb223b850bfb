import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { api, type Schemas } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { meQuery } from '../../app/session';
import { date } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './needs.module.css';

const CloseSheet = lazy(async () => ({ default: (await import('./close-sheet')).CloseSheet }));

export function NeedPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/needs/$id' });
  const { data, error, refetch } = api.useQuery('get', '/v1/needs/{id}', { params: { path: { id } } });
  if (isProblem(error) && error.status === 404) return <Lost />;
  return (
    <Page title={data?.title ?? t`缺的东西`}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={4} />}
      {data && <Need need={data} />}
    </Page>
  );
}

type NeedView = Schemas['NeedView'];

function Need({ need }: { readonly need: NeedView }) {
  const { t } = useLingui();
  return (
    <>
      <p className={styles.text}>{need.text}</p>
      {need.placeText && <p>{t`在：${need.placeText}`}</p>}
      <p>
        {t`${need.raisedBy} 说的`} · {date(need.createdAt)}
      </p>
      <p className={styles.echoes}>{plural(need.echoes, { one: '# 户也缺', other: '# 户也缺' })}</p>
      <div className={styles.actions}>
        {need.state === 'open' && <MeToo need={need} />}
        {need.campaignId && (
          <ButtonLink
            look="main"
            to="/c/$id"
            params={{ id: need.campaignId }}
          >{t`去看有人起头的这件事`}</ButtonLink>
        )}
        {need.state === 'open' && (
          <ButtonLink to="/start" search={{ need: need.id }}>{t`我来起头`}</ButtonLink>
        )}
        {need.state === 'open' && need.mayClose && <Close need={need} />}
      </div>
      {need.state === 'closed' && <Banner tone="done" title={t`已解决`} />}
    </>
  );
}

/** A household says it once; who is not signed in or no member learns what to do. */
function MeToo({ need }: { readonly need: NeedView }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const after = { onSuccess: () => queries.invalidateQueries() };
  const say = api.useMutation('put', '/v1/needs/{id}/me-too', after);
  const unsay = api.useMutation('delete', '/v1/needs/{id}/me-too', after);
  const params = { path: { id: need.id } };
  const toggle = () => {
    if (!me) return void navigate({ to: '/login', search: { back: `/needs/${need.id}` } });
    if (need.echoed) unsay.mutate({ params });
    else say.mutate({ params });
  };
  const error = say.error ?? unsay.error;
  return (
    <>
      {error && <Trouble error={error} />}
      {error && isProblem(error) && error.status === 403 && (
        <ButtonLink to="/me/verify">{t`我住这里，去认证`}</ButtonLink>
      )}
      <Button
        look={need.echoed ? 'plain' : 'main'}
        aria-pressed={need.echoed === true}
        busy={say.isPending || unsay.isPending}
        onClick={toggle}
      >
        {need.echoed ? t`我家说过了，收回` : t`我家也缺`}
      </Button>
    </>
  );
}

function Close({ need }: { readonly need: NeedView }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>{t`已经解决或者说错了`}</Button>
      <Suspense fallback={null}>
        {open && <CloseSheet needId={need.id} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
