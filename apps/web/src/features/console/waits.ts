import { useLingui } from '@lingui/react/macro';
import { useQueries } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import type { PageOf } from '../../app/paged';
import type { Desk } from './desk';
import { readAnswer } from './desk-list';

/** One thing that waits for somebody at this desk. */
export interface Wait {
  readonly id: string;
  readonly what: string;
  readonly which: string;
  readonly since: string;
  readonly to: Pick<LinkProps, 'to' | 'params'>;
  /** A task is done here, with a note. */
  readonly taskId?: string;
}

interface Row {
  readonly id: string;
  readonly createdAt: string;
  readonly [name: string]: unknown;
}

interface Source {
  readonly path: string;
  readonly of?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly on: boolean;
  readonly wait: (row: Row) => Wait | null;
}

/** Everything that waits, the oldest first; and whether some of it could not be read. */
export function useWaits(desk: Desk): {
  readonly waits: readonly Wait[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const first = useRead(useSources(desk));
  const second = useRead(useCampaignSources(desk));
  const waits = [...first.waits, ...second.waits].sort((a, b) => a.since.localeCompare(b.since));
  return {
    waits,
    isPending: first.isPending || second.isPending,
    error: first.error ?? second.error,
    retry: () => [first, second].forEach(({ retry }) => retry()),
  };
}

function useRead(sources: readonly Source[]) {
  return useQueries({
    queries: sources
      .filter(({ on }) => on)
      .map(({ path, of, query, wait }) => ({
        queryKey: ['get', path, { path: of, query }, 'waits'],
        queryFn: async () => {
          const { data, error } = await readAnswer<PageOf<Row>>(path, of, { limit: '50', ...query });
          if (data === undefined) throw error;
          return data.items;
        },
        select: (rows: readonly Row[]) => rows.flatMap((row) => wait(row) ?? []),
      })),
    combine: (answers) => ({
      waits: answers.flatMap(({ data }) => data ?? []),
      isPending: answers.some(({ isPending }) => isPending),
      error: answers.find(({ error }) => error)?.error ?? null,
      retry: () => answers.forEach(({ refetch }) => void refetch()),
    }),
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function useSources(desk: Desk): Source[] {
  const { t } = useLingui();
  const staff = desk.is('community_staff');
  const funds = desk.is('fund_approver');
  const id = desk.communityId;
  const of = { id };
  const wait = (row: Row, what: string, which: string, to: Wait['to']): Wait => ({
    id: row.id,
    what,
    which,
    since: row.createdAt,
    to,
  });
  return [
    {
      ...{ path: '/v1/communities/{id}/tasks', of, query: { state: 'open' }, on: staff },
      wait: (row) => ({
        ...wait(
          row,
          row.kind === 'convene_meeting' ? t`开一次居民会，商量有争议的众筹` : t`答复账本里的提问`,
          '',
          { to: '/c/$id', params: { id: text(row.campaignId) } },
        ),
        taskId: row.id,
      }),
    },
    {
      ...{ path: '/v1/campaigns', query: { communityId: id, state: 'in_review' }, on: staff },
      wait: (row) =>
        wait(row, t`核实众筹`, text(row.title), { to: '/console/reviews/$id', params: { id: row.id } }),
    },
    {
      ...{ path: '/v1/communities/{id}/memberships', of, query: { state: 'requested' }, on: staff },
      wait: (row) =>
        wait(row, t`确认居民`, `${text(row.maskedName)} ${text(row.door)}`, { to: '/console/residents' }),
    },
    {
      ...{ path: '/v1/partners', query: { state: 'applied' }, on: staff },
      wait: (row) =>
        wait(row, t`核实合伙人`, text(row.name), { to: '/console/partners/$id', params: { id: row.id } }),
    },
    {
      ...{ path: '/v1/communities/{id}/challenges', of, query: { state: 'open' }, on: staff || funds },
      wait: (row) =>
        wait(row, t`答复账本里的提问`, text(row.by), { to: '/challenges/$id', params: { id: row.id } }),
    },
  ];
}

/** Objections belong to a campaign, so they are looked for in those that are on notice. */
function useCampaignSources(desk: Desk): Source[] {
  const { t } = useLingui();
  const staff = desk.is('community_staff');
  const notice = useCampaignIds(desk.communityId, 'notice', staff);
  return [
    ...notice.map((id): Source => ({
      ...{ path: '/v1/campaigns/{id}/objections', of: { id }, on: staff },
      wait: (row) =>
        row.state === 'open'
          ? {
              id: row.id,
              what: t`答复公示期的异议`,
              which: text(row.text),
              since: row.createdAt,
              to: { to: '/console/questions' },
            }
          : null,
    })),
  ];
}

function useCampaignIds(communityId: string, state: string, on: boolean): string[] {
  const [{ data }] = useQueries({
    queries: [
      {
        queryKey: ['get', '/v1/campaigns', { query: { communityId, state } }, 'ids'],
        enabled: on,
        queryFn: async () => {
          const query = { communityId, state, limit: '50' };
          const { data, error } = await readAnswer<PageOf<{ id: string }>>('/v1/campaigns', {}, query);
          if (data === undefined) throw error;
          return data.items.map(({ id }) => id);
        },
      },
    ],
  });
  return data ?? [];
}
