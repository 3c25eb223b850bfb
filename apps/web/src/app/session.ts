import { useQueryClient } from '@tanstack/react-query';
import { api, http, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { forgetAllKept } from '../lib/kept';

export type Me = Schemas['ProfileView'];

/** Scripts cannot see the session's cookie; this only says that there was one, so that visitors need not ask. */
const mark = 'signed-in';

export function markSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(mark, 'yes');
    else localStorage.removeItem(mark);
  } catch (error) {
    console.info(error);
  }
}

function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return true;
  }
}

export const meQuery = {
  queryKey: ['me'] as const,
  /** null is a visitor. */
  queryFn: async (): Promise<Me | null> => {
    if (!mayBeSignedIn()) return null;
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

/** Ends the session of this browser and forgets everything that was read with it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const list = api.useMutation('get', '/v1/me/sessions');
  const end = api.useMutation('delete', '/v1/me/sessions/{id}');
  return async () => {
    const { items } = await list.mutateAsync({});
    const here = items.find(({ current }) => current);
    if (here) await end.mutateAsync({ params: { path: { id: here.id } } });
    markSignedIn(false);
    forgetAllKept();
    queries.clear();
    queries.setQueryData(meQuery.queryKey, null);
  };
}
