import { api, type Schemas } from '../api/client';

type Campaign = Pick<Schemas['CampaignPageView'], 'asks' | 'community' | 'households'>;

/** A small community is drawn home by home; of a large one, the homes that a campaign needs, and room to grow. */
const drawnWholeMax = 120;
const homesMin = 60;

export function useHomes({ asks, community, households }: Campaign): number {
  const params = { path: { id: community.id } };
  const { data } = api.useQuery('get', '/v1/communities/{id}', { params }, { staleTime: 600_000 });
  const all = data?.householdCount ?? 0;
  if (all > 0 && all <= drawnWholeMax) return Math.max(all, households);
  const wanted = Number(asks.find(({ unit }) => unit === 'households')?.wanted ?? 0);
  return Math.max(wanted, homesMin, Math.ceil(households * 1.25));
}
