import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { useKept } from '../../lib/kept';
import { useLater } from '../../lib/later';
import { Banner } from '../../ui/banner';
import { CardList } from '../../ui/card-list';
import { Button } from '../../ui/button';
import { Input, TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';

const limits = { title: 60, text: 2000, place: 200 };
const searchFrom = 2;

export function RaiseNeedPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  if (id === null) return <Navigate to="/communities" replace />;
  return (
    <Page title={t`我们这里缺什么`} lead={t`一两句话就行。别写别人的名字、病情和电话。`}>
      <NeedSignIn>{() => <RaiseForm communityId={id} />}</NeedSignIn>
    </Page>
  );
}

function RaiseForm({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, keep, forget] = useKept('need', () => ({ title: '', text: '', placeText: '' }));
  const [tried, setTried] = useState(false);
  const raise = api.useMutation('post', '/v1/communities/{id}/needs', {
    onSuccess: async ({ id }) => {
      forget();
      await queries.invalidateQueries();
      await navigate({ to: '/needs/$id', params: { id }, replace: true });
    },
  });
  const lacks = { title: draft.title.trim() === '', text: draft.text.trim() === '' };
  const submit = () => {
    setTried(true);
    if (lacks.title || lacks.text) return;
    const { title, text, placeText } = draft;
    const body = { title: title.trim(), text: text.trim(), placeText: placeText.trim() };
    raise.mutate({ params: { path: { id: communityId } }, body });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Input
        label={t`缺什么`}
        hint={t`比如：三号楼缺一把长椅`}
        maxLength={limits.title}
        value={draft.title}
        error={tried && lacks.title ? t`请写缺什么` : undefined}
        onChange={(event) => keep({ ...draft, title: event.target.value })}
      />
      <Similar communityId={communityId} text={draft.title} />
      <TextArea
        label={t`给谁用，现在怎么不方便`}
        maxLength={limits.text}
        value={draft.text}
        error={tried && lacks.text ? t`请写一两句话` : undefined}
        onChange={(event) => keep({ ...draft, text: event.target.value })}
      />
      <Input
        label={t`在哪里（可以不填）`}
        maxLength={limits.place}
        value={draft.placeText}
        onChange={(event) => keep({ ...draft, placeText: event.target.value })}
      />
      {raise.error && <Trouble error={raise.error} />}
      <Button type="submit" look="main" busy={raise.isPending}>{t`说出来`}</Button>
    </form>
  );
}

/** Somebody may have said it already: then "me too" helps more than saying it twice. */
function Similar({ communityId, text }: { readonly communityId: string; readonly text: string }) {
  const { t } = useLingui();
  const asked = useLater(text.trim());
  const { data } = api.useQuery(
    'get',
    '/v1/communities/{id}/similar',
    { params: { path: { id: communityId }, query: { text: asked } } },
    { enabled: asked.length >= searchFrom },
  );
  if (!data || data.items.length === 0) return null;
  return (
    <Banner live title={t`已经有人说过差不多的，点进去说「我家也缺」更快：`}>
      <CardList>
        {data.items.slice(0, 3).map((item) => (
          <li key={item.id}>
            {item.type === 'need' ? (
              <Link to="/needs/$id" params={{ id: item.id }}>
                {item.title}
              </Link>
            ) : (
              <Link to="/c/$id" params={{ id: item.id }}>
                {item.title}
              </Link>
            )}
          </li>
        ))}
      </CardList>
    </Banner>
  );
}
