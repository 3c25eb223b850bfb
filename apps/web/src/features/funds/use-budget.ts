import { api, type Schemas } from '../../api/client';

const SETTLED: readonly string[] = ['succeeded', 'delivering', 'completed'];

/** A campaign and what its money may be spent on. Before it is settled, and where nobody paid money, there is no budget. */
export function useBudget(campaignId: string) {
  const params = { params: { path: { id: campaignId } } };
  const campaign = api.useQuery('get', '/v1/campaigns/{id}', params);
  const spends =
    campaign.data !== undefined &&
    SETTLED.includes(campaign.data.state) &&
    campaign.data.asks.some(({ kind }) => kind === 'money');
  const budget = api.useQuery('get', '/v1/campaigns/{id}/budget', params, { enabled: spends });
  const none: Schemas['CampaignBudgetView'] = { parts: [], refunds: [] };
  const isThere = campaign.data !== undefined && (!spends || budget.data !== undefined);
  return {
    campaign: campaign.data,
    budget: isThere ? (budget.data ?? none) : undefined,
    error: campaign.error ?? budget.error,
    retry: () => void (campaign.error ? campaign.refetch() : budget.refetch()),
  };
}
