import type { CampaignPage } from './campaign';

/** What the server put into the page, so that the first picture needs no second request. */
export function firstPage(id: string): CampaignPage | undefined {
  const text = document.getElementById('__DATA__')?.textContent;
  if (!text) return undefined;
  const data = JSON.parse(text) as Partial<CampaignPage>;
  return data.id === id ? (data as CampaignPage) : undefined;
}
