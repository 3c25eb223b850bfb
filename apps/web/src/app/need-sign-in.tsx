import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery, type Me } from './session';
import { ButtonLink } from '../ui/button';
import { Empty } from '../ui/empty';
import { Trouble } from '../ui/trouble';
import { Waiting } from '../ui/waiting';

/** Shows what is only for somebody signed in; others are asked to sign in and come back here. */
export function NeedSignIn({ children }: { readonly children: (me: Me) => ReactNode }) {
  const { t } = useLingui();
  const { data: me, error, isPending, refetch } = useQuery(meQuery);
  const path = useRouterState({ select: ({ location }) => location.href });
  if (isPending) return <Waiting lines={4} />;
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (me) return children(me);
  return (
    <Empty says={t`登录以后才看得到。`}>
      <ButtonLink look="main" to="/login" search={{ back: path }}>{t`登录`}</ButtonLink>
    </Empty>
  );
}
