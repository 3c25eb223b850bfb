import type { Schemas } from '../../api/client';

export type Campaign = Schemas['CampaignPageView'];
export interface OfCampaign {
  readonly campaign: Campaign;
}

/** Money of these moves, is paid out or goes back. */
export const isDecided = ({ decidedAt }: Campaign): boolean => decidedAt !== null;
export const asksMoney = ({ asks }: Campaign): boolean => asks.some(({ kind }) => kind === 'money');
