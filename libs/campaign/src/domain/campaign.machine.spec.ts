import { describe, expect, it } from '@jest/globals';
import { CAMPAIGN_MACHINE, isEditable, isPublic, type CampaignState } from './campaign.machine.js';

const walk = (...events: Parameters<typeof CAMPAIGN_MACHINE.next>[1][]): CampaignState =>
  events.reduce((state, event) => CAMPAIGN_MACHINE.next(state, event), CAMPAIGN_MACHINE.initial);

describe('the life of a campaign', () => {
  it('goes from a draft to the open with review and notice between', () => {
    expect(walk('submit', 'approve', 'open')).toBe('open');
    expect(walk('submit', 'return', 'submit', 'approve', 'open', 'extend', 'pass_deadline')).toBe('closing');
  });

  it('comes back from a suspension to where it was', () => {
    expect(walk('submit', 'approve', 'suspend', 'resume_to_notice')).toBe('notice');
    expect(walk('submit', 'approve', 'open', 'suspend', 'resume_to_open')).toBe('open');
  });

  it('never opens without review, never without notice', () => {
    for (const from of ['draft', 'in_review', 'returned'] as const) {
      expect(CAMPAIGN_MACHINE.can(from, 'open')).toBe(false);
    }
    expect(CAMPAIGN_MACHINE.steps.filter(({ to }) => to === 'open').map(({ from }) => from)).toEqual([
      'notice',
      'open',
      'suspended',
    ]);
  });

  it('cannot be edited or cancelled once its deadline passed', () => {
    for (const state of [
      'closing',
      'collecting',
      'succeeded',
      'failed',
      'delivering',
      'completed',
    ] as const) {
      expect(CAMPAIGN_MACHINE.can(state, 'cancel')).toBe(false);
      expect(isEditable(state)).toBe(false);
    }
  });

  it('is public from the notice on, and stays so when it is cancelled after that', () => {
    expect(CAMPAIGN_MACHINE.states.filter((state) => isPublic({ state, noticeEndsAt: null }))).not.toContain(
      'in_review',
    );
    expect(isPublic({ state: 'notice', noticeEndsAt: null })).toBe(true);
    expect(isPublic({ state: 'cancelled', noticeEndsAt: null })).toBe(false);
    expect(isPublic({ state: 'cancelled', noticeEndsAt: new Date(0) })).toBe(true);
  });
});
