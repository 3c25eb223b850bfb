import { REVIEW_ITEMS } from '@hehuo/campaign';
import { UserError } from '../output/terminal.js';
import type { Caller } from './caller.js';
import { DRAFT_PARTS, type DraftBodies } from './drafts.js';
import type { Timeline } from './timeline.js';
import type { CampaignHead, CampaignView, Page } from './views.js';

const openSecondsMax = 40;

/** Writes a campaign part by part, hands it in, has it judged and waits until the worker opened it. */
export class Launch {
  constructor(
    private readonly organiser: Caller,
    private readonly staff: Caller,
    private readonly communityId: string,
    private readonly custodyAccountId: string,
  ) {}

  /** Up to the notice. */
  async bring(draft: DraftBodies, needId: string | null): Promise<string> {
    const created = await this.organiser.post<CampaignHead>(`/v1/communities/${this.communityId}/campaigns`, {
      body: needId === null ? {} : { needId },
    });
    const path = `/v1/campaigns/${created.id}`;
    let { version } = created;
    for (const part of DRAFT_PARTS) {
      ({ version } = await this.organiser.put<CampaignHead>(`${path}/${part}`, {
        body: draft[part],
        version,
      }));
    }
    ({ version } = await this.organiser.post<CampaignHead>(`${path}/submit`, { version }));
    await this.judge(path);
    return created.id;
  }

  private async judge(path: string): Promise<void> {
    const { custodyAccountId } = this;
    await this.staff.put(`${path}/custody`, { body: { custodyAccountId } });
    const items = REVIEW_ITEMS.map((item) => ({ item, verdict: 'ok' }));
    await this.staff.put(`${path}/review`, { body: { items } });
    await this.staff.post(`${path}/approve`);
  }
}

/** The account at the gateway that a fund approver has activated. */
export async function custodyOf(anybody: Caller, communityId: string): Promise<string> {
  const path = `/v1/communities/${communityId}/custody-accounts`;
  const { items } = await anybody.get<Page<{ id: string; state: string; takesOnlinePayment: boolean }>>(path);
  const account = items.find(({ state, takesOnlinePayment }) => state === 'active' && takesOnlinePayment);
  if (!account) {
    throw new UserError('The community of the story has no account for online payment. Run: ops seed --demo');
  }
  return account.id;
}

/** Waits for a state; a campaign that went elsewhere is told at once. */
export async function untilState(
  anybody: Caller,
  timeline: Timeline,
  wish: {
    readonly id: string;
    readonly state: string;
    readonly over: readonly string[];
    readonly what: string;
  },
  secondsMax = openSecondsMax,
): Promise<CampaignView> {
  return timeline.until(wish.what, secondsMax, async () => {
    const campaign = await anybody.get<CampaignView>(`/v1/campaigns/${wish.id}`);
    if (campaign.state === wish.state) return campaign;
    if (wish.over.includes(campaign.state)) {
      throw new UserError(`"${campaign.title}" is ${campaign.state}; it should have become ${wish.state}.`);
    }
    return null;
  });
}
