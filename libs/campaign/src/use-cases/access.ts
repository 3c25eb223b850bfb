import { hasRole, type Actor } from '@hehuo/identity';
import type { FileReader } from '@hehuo/platform';
import type { Campaign } from '../domain/campaign.js';
import { isEditable, isPublic } from '../domain/campaign.machine.js';
import { CampaignError } from '../domain/errors.js';

/** Who reads: somebody who acts, or somebody who asks for a file. */
type Reader = Actor | FileReader;

export function isOrganiser(campaign: Pick<Campaign, 'organiserId'>, actor: Reader | null): boolean {
  return actor?.personId === campaign.organiserId;
}

export function isStaff(campaign: Pick<Campaign, 'communityId'>, actor: Reader | null): boolean {
  return actor !== null && hasRole(actor, 'community_staff', campaign.communityId);
}

/** Public ones are for everybody; before that the organiser, the community's staff and the auditor know of it. */
export function mayRead(
  campaign: Pick<Campaign, 'communityId' | 'organiserId' | 'state' | 'noticeEndsAt'>,
  actor: Reader | null,
): boolean {
  if (isPublic(campaign) || isOrganiser(campaign, actor) || isStaff(campaign, actor)) return true;
  return actor !== null && hasRole(actor, 'auditor', campaign.communityId);
}

/** The campaign as far as the actor may know of it; a hidden one is answered like one that does not exist. */
export function seenBy(campaign: Campaign | null, actor: Actor | null): Campaign {
  if (!campaign || !mayRead(campaign, actor)) {
    throw new CampaignError('campaign_not_found', 'there is no such campaign');
  }
  return campaign;
}

export function requireOrganiser(campaign: Campaign, actor: Actor): void {
  seenBy(campaign, actor);
  if (isOrganiser(campaign, actor)) return;
  throw new CampaignError('campaign_forbidden', 'only the organiser of this campaign can do this');
}

export function requireStaff(campaign: Campaign, actor: Actor): void {
  seenBy(campaign, actor);
  if (isStaff(campaign, actor)) return;
  throw new CampaignError('campaign_forbidden', 'only staff of this community can do this');
}

/** Somebody who judges a campaign is not the one who made it. */
export function requireReviewer(campaign: Campaign, actor: Actor): void {
  requireStaff(campaign, actor);
  if (!isOrganiser(campaign, actor)) return;
  throw new CampaignError('reviewer_is_organiser', 'somebody else must review your own campaign');
}

/** Drafts are written against a version, so that two open windows do not undo each other. */
export function requireVersion(campaign: Campaign, version: number | null): void {
  if (version === null || campaign.version === version) return;
  throw new CampaignError(
    'campaign_stale',
    'this was changed meanwhile; read it again and repeat your change',
    {
      version: campaign.version,
    },
  );
}

/** Goal, deadline and rules are frozen from the notice on; before review ends only the desk is open. */
export function requireEditable(campaign: Campaign): void {
  if (isEditable(campaign.state)) return;
  if (campaign.state === 'in_review' || campaign.state === 'notice') {
    throw new CampaignError(
      'campaign_not_editable',
      'take the campaign back first; then it is reviewed again',
      {
        state: campaign.state,
      },
    );
  }
  throw new CampaignError('campaign_frozen', 'what was promised to the neighbours is not changed any more', {
    state: campaign.state,
  });
}
