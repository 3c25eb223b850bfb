import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import { RouteTable } from '../../apps/api/src/access/route-table.js';
import { actors, KnownSessions, type Caller } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';
import { MATRIX, type Verdict } from './matrix.js';

let api: TestApi;
const sessions = new KnownSessions();
const shownJustNow = new Date(Date.parse('9999-01-01T00:00:00Z'));
const shownLongAgo = new Date(Date.parse('2020-01-01T00:00:00Z'));
const FRESH = tokensOf(shownJustNow);
const STALE = tokensOf(shownLongAgo);

function tokensOf(secondFactorAt: Date): [Caller, string][] {
  const all = Object.entries(actors({ secondFactorAt })) as [
    Caller,
    Parameters<typeof sessions.tokenFor>[0],
  ][];
  return all.map(([caller, actor]) => [caller, sessions.tokenFor(actor)]);
}

beforeAll(async () => {
  // Every request comes from another address, so that no limit of an address stands in for a verdict.
  api = await startApi({ sessions, settings: { TRUSTED_PROXIES: '1' } });
});
afterAll(() => api.stop());

let addresses = 0;

/** What the guard said. A use case that refuses an object answers with another code than the guard's. */
async function verdictOf(route: string, token: string | null): Promise<{ verdict: Verdict; code: string }> {
  const [method = '', path = ''] = route.split(' ');
  // Ids are well-formed and of nobody's, so a request that passes the guard changes nothing.
  const url = path.replace(/:[A-Za-z]+/g, newId('cmp', 0));
  const leaving = new AbortController();
  const answer = await fetch(api.url + url, {
    method,
    signal: leaving.signal,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `2001:db8:${(addresses += 1).toString(16)}::1`,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(['GET', 'DELETE'].includes(method) ? {} : { body: '{}' }),
  });
  // The stream never ends by itself.
  if (!answer.headers.get('content-type')?.includes('json')) leaving.abort();
  const body = leaving.signal.aborted ? null : ((await answer.json()) as { code?: string } | null);
  const code = body?.code ?? '';
  const isGuard = ['sign_in_required', 'forbidden', 'second_factor_required'].includes(code);
  return {
    verdict: isGuard && (answer.status === 401 || answer.status === 403) ? answer.status : 'pass',
    code,
  };
}

describe('every route and every caller', () => {
  it('has a row for every route, and a route for every row', () => {
    const routes = api.app.get(RouteTable).routes.map(({ method, path }) => `${method} ${path}`);
    expect([...routes].sort()).toEqual(Object.keys(MATRIX).sort());
  });

  it.each(Object.keys(MATRIX))('%s', async (route) => {
    const row = MATRIX[route]!;
    const seen: Record<string, Verdict> = { anonymous: (await verdictOf(route, null)).verdict };
    for (const [caller, token] of FRESH) seen[caller] = (await verdictOf(route, token)).verdict;
    const { fresh, ...expected } = row;
    expect(seen).toEqual(expected);
    for (const [caller, token] of STALE) {
      if (row[caller] !== 'pass') continue;
      const { code } = await verdictOf(route, token);
      expect([caller, code === 'second_factor_required']).toEqual([caller, fresh === true]);
    }
  });
});
