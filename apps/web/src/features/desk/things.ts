import type { Schemas } from '../../api/client';

/** What the desk works on, as the api tells it. */
export type Member = Schemas['MembershipItem'];
export type Campaign = Schemas['CampaignPageView'];
