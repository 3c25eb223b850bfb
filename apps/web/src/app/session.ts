import { useQueryClient } from '@tanstack/react-query';
import { http, type Schemas } from '../api/client';
import { must } from '../api/must';
import { isProblem } from '../api/problem';
import { forgetAllKept } from '../lib/kept';
import { keepOnDevice, keptOnDevice } from '../lib/page-state';

export type Me = Schemas['ProfileView'];

/** Scripts cannot see the session's cookie; this only says that there was one, so that visitors need not ask. */
const mark = 'signed-in';

export const markSignedIn = (signedIn: boolean): void => keepOnDevice(mark, signedIn ? 'yes' : null);

export const meQuery = {
  queryKey: ['me'] as const,
  /** null is a visitor. */
  queryFn: async (): Promise<Me | null> => {
    if (keptOnDevice(mark) === null) return null;
    const { data, error } = await http.GET('/v1/me');
    if (data) return data;
    if (!isProblem(error) || error.status !== 401) throw error;
    markSignedIn(false);
    return null;
  },
  staleTime: 60_000,
};

export function hasRole(me: Me | null | undefined, ...roles: string[]): boolean {
  return me?.roles.some(({ role }) => roles.includes(role)) ?? false;
}

/** Forgets on this device everything that was read or written by whoever was signed in. */
export function useForgetMe(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    markSignedIn(false);
    forgetAllKept();
    await forgetReads();
    queries.clear();
    queries.setQueryData(meQuery.queryKey, null);
  };
}

/** Ends the session of this browser and forgets everything that was read or written with it. */
export function useSignOut(): () => Promise<void> {
  const forgetMe = useForgetMe();
  return async () => {
    const { items } = await must(http.GET('/v1/me/sessions'));
    const here = items.find(({ current }) => current);
    if (here) await must(http.DELETE('/v1/me/sessions/{id}', { params: { path: { id: here.id } } }));
    await forgetMe();
  };
}

/** What the service worker kept was read by somebody: another reader of this device may be told less, or more. */
export async function forgetReads(): Promise<void> {
  if ('caches' in window) await caches.delete('public-reads');
}
