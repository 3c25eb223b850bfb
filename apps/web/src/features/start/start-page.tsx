import { useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { wordsKey } from '../../lib/language';
import { Button, ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import styles from './wizard.module.css';

/** Before the first question: what it takes, and what cannot be started here and where it can. */
export function StartPage() {
  const { t } = useLingui();
  const communityId = useCommunityId();
  const { data } = api.useQuery('get', '/v1/campaign-rules', {}, { staleTime: 600_000 });
  const key = wordsKey();
  return (
    <Page title={t`发起一件事`} lead={t`六个问题，随时可以停，写的都留着。社区看过、公示以后才开始筹。`}>
      {communityId === null ? (
        <ButtonLink look="main" to="/communities">{t`先选社区`}</ButtonLink>
      ) : (
        <NeedSignIn>{() => <Begin communityId={communityId} />}</NeedSignIn>
      )}
      {data && (
        <section aria-labelledby="blocked" className={styles.blocked}>
          <h2 id="blocked">{t`这些事不能在这里发起`}</h2>
          <dl>
            {data.blocked.map(({ code, reason, wayOut }) => [
              <dt key={code}>{reason[key]}</dt>,
              <dd key={`${code}-way`}>{wayOut[key]}</dd>,
            ])}
          </dl>
        </section>
      )}
    </Page>
  );
}

function Begin({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { need } = useSearch({ from: '/start' });
  const begin = api.useMutation('post', '/v1/communities/{id}/campaigns', {
    onSuccess: ({ id }) => navigate({ to: '/start/$id/$step', params: { id, step: 'story' } }),
  });
  return (
    <>
      {begin.error && <Trouble error={begin.error} />}
      <div className={styles.actions}>
        <Button
          look="main"
          busy={begin.isPending}
          onClick={() =>
            begin.mutate({ params: { path: { id: communityId } }, body: need ? { needId: need } : {} })
          }
        >
          {need ? t`从这个需要开始写` : t`开始写`}
        </Button>
        <ButtonLink to="/needs">{t`先看看大家说缺什么`}</ButtonLink>
        <ButtonLink to="/me/campaigns">{t`接着写以前的`}</ButtonLink>
      </div>
    </>
  );
}
