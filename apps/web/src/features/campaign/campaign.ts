import type { Schemas } from '../../api/client';

export type CampaignPage = Schemas['CampaignPageView'];
export type Ask = CampaignPage['asks'][number];
