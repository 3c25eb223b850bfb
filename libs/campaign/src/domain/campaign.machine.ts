import { defineMachine, type Machine } from '@hehuo/kernel';

export type CampaignState =
  | 'draft'
  | 'in_review'
  | 'returned'
  | 'notice'
  | 'open'
  | 'closing'
  | 'collecting'
  | 'succeeded'
  | 'failed'
  | 'delivering'
  | 'completed'
  | 'suspended'
  | 'cancelled';

export type CampaignEvent =
  | 'submit'
  | 'return'
  | 'revise'
  | 'approve'
  | 'open'
  | 'extend'
  | 'pass_deadline'
  | 'goal_met'
  | 'start_collecting'
  | 'goal_missed'
  | 'collected'
  | 'under_collected'
  | 'start_delivery'
  | 'complete'
  | 'suspend'
  | 'resume_to_notice'
  | 'resume_to_open'
  | 'cancel';

/**
 * The life of a campaign. `revise` takes it back to the desk, so that it is reviewed and shown again; `extend` keeps
 * the state and moves the deadline by the rule fixed at launch. A suspended campaign goes back to where it was
 * stopped, whose deadline meanwhile ran on. There is no cancelling between the deadline and the decision: the
 * decision is near and counts what was promised.
 */
export const CAMPAIGN_MACHINE: Machine<CampaignState, CampaignEvent> = defineMachine<
  CampaignState,
  CampaignEvent
>('campaign', 'draft', {
  draft: { submit: 'in_review', cancel: 'cancelled' },
  in_review: { return: 'returned', approve: 'notice', revise: 'draft', cancel: 'cancelled' },
  returned: { submit: 'in_review', cancel: 'cancelled' },
  notice: { open: 'open', return: 'returned', revise: 'draft', suspend: 'suspended', cancel: 'cancelled' },
  open: { extend: 'open', pass_deadline: 'closing', suspend: 'suspended', cancel: 'cancelled' },
  closing: { goal_met: 'succeeded', start_collecting: 'collecting', goal_missed: 'failed' },
  collecting: { collected: 'succeeded', under_collected: 'failed' },
  succeeded: { start_delivery: 'delivering' },
  failed: {},
  delivering: { complete: 'completed' },
  completed: {},
  suspended: { resume_to_notice: 'notice', resume_to_open: 'open', cancel: 'cancelled' },
  cancelled: {},
});

/** Somebody who is neither the organiser nor staff does not know that these exist. */
export const PRIVATE_STATES: readonly CampaignState[] = ['draft', 'in_review', 'returned'];

/** The organiser may change what the campaign says; afterwards goal, deadline and rules are frozen. */
export const EDITABLE_STATES: readonly CampaignState[] = ['draft', 'returned'];

export function isPublic(campaign: {
  readonly state: CampaignState;
  readonly noticeEndsAt: Date | null;
}): boolean {
  // One that was shown to the neighbours before it was cancelled stays readable; a draft thrown away does not appear.
  if (campaign.state === 'cancelled') return campaign.noticeEndsAt !== null;
  return !PRIVATE_STATES.includes(campaign.state);
}

export function isEditable(state: CampaignState): boolean {
  return EDITABLE_STATES.includes(state);
}
