import { useLingui } from '@lingui/react/macro';
import { useQueries } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { http } from '../../api/client';
import { chooseCommunity } from '../../app/community';
import { Select } from '../../ui/field';
import { communitiesOf, type Desk } from './desk';
import styles from './desk-page.module.css';
import { usePlaces } from './places';
import { must } from '../../api/must';

const wide = window.matchMedia('(min-width: 1000px)');

function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      wide.addEventListener('change', listener);
      return () => wide.removeEventListener('change', listener);
    },
    () => wide.matches && document.documentElement.dataset.elder === undefined,
  );
}

/** Beside the work on a desk; folded above it on a phone. */
export function DeskMenu({ desk }: { readonly desk: Desk }) {
  const { t } = useLingui();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const groups = usePlaces(desk);
  const isWide = useIsWide();
  return (
    <nav aria-label={t`工作台菜单`}>
      {/* Coming to another page folds it again. */}
      <details key={path} className={styles.menu} open={isWide}>
        <summary>{t`工作台菜单`}</summary>
        <CommunityChoice desk={desk} />
        <ul>
          {groups.map(({ name, places }) => (
            <li key={name}>
              <h2>{name}</h2>
              <ul>
                {places.map(({ to, words }) => (
                  <li key={to}>
                    <Link to={to} activeOptions={{ exact: to === '/console' || to === '/console/funds' }}>
                      {words}
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}

/** Only whoever works for several communities chooses one. */
function CommunityChoice({ desk }: { readonly desk: Desk }) {
  const { t } = useLingui();
  const ids = communitiesOf(desk.me);
  const names = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['get', '/v1/communities/{id}', { path: { id } }],
      queryFn: () => must(http.GET('/v1/communities/{id}', { params: { path: { id } } })),
    })),
  });
  if (ids.length < 2) return null;
  return (
    <div className={styles.where}>
      <Select
        label={t`社区`}
        value={desk.communityId}
        onChange={({ target }) => chooseCommunity(target.value)}
      >
        {ids.map((id, at) => (
          <option key={id} value={id}>
            {names[at]?.data?.name ?? id}
          </option>
        ))}
      </Select>
    </div>
  );
}
