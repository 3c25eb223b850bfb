import { EnterMatchReceipt, WriteOffMatch } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { SystemClock } from '@hehuo/platform';
import { ReadMilestones, TakeMatchMoney } from '@hehuo/settlement';
import type { StoryWorld } from '../stories/story-world.js';
import { boundPool, officerOf } from './match-pools.js';
import type { OpenCampaign } from './open-campaign.js';
import { PayoutHands, withMilestones } from './payout-hands.js';
import { line } from './pledging.js';

/** A campaign that succeeded, and a street that owes three for one of what two of its three payers gave: 450.03 yuan. */
export class MatchStory {
  readonly hands: PayoutHands;

  private constructor(
    readonly world: StoryWorld,
    readonly campaign: OpenCampaign,
    readonly poolId: Id<'mpl'>,
  ) {
    this.hands = new PayoutHands((token) => world.get(token), world.sql, campaign);
  }

  static async start(world: StoryWorld): Promise<MatchStory> {
    const campaign = await world.campaign({
      ...{ asks: [{ kind: 'money', minimum: 100n }], paymentMode: 'pay_now', people: 3 },
    });
    const poolId = await boundPool((token) => world.get(token), campaign, { factorBps: 30_000 });
    await withMilestones(world.sql, campaign, 5_000, 3_000, 2_000);
    // The first of them is the organiser, whose household is not matched.
    for (const [at, quantity] of [20_000n, 10_000n, 5_001n].entries()) {
      await world.pay(await world.pledge({ person: campaign.people[at]!, ...line(campaign), quantity }));
    }
    await world.held(campaign, 3);
    await world.passDeadline(campaign);
    await world.settled(campaign);
    return new MatchStory(world, campaign, poolId);
  }

  get binding() {
    return { campaignId: this.campaign.campaignId, poolId: this.poolId };
  }

  enter(amount: bigint, voucher = 'BANK-0001'): Promise<void> {
    return this.world.get(EnterMatchReceipt).execute({
      ...{ ...this.binding, actor: officerOf('community_staff'), amount, voucher, evidence: '银行回单' },
      receivedAt: new SystemClock().now(),
    });
  }

  confirm(): Promise<void> {
    return this.world.get(TakeMatchMoney).execute({ ...this.binding, actor: officerOf('fund_approver') });
  }

  async receive(amount: bigint): Promise<void> {
    await this.enter(amount);
    await this.confirm();
  }

  /** Two fund approvers await the donor's money no more. */
  async writeOff(reason: string): Promise<void> {
    const act = () => ({ ...this.binding, actor: officerOf('fund_approver') });
    await this.world.get(WriteOffMatch).propose({ ...act(), reason });
    await this.world.get(WriteOffMatch).confirm(act());
  }

  async cancel(position: number): Promise<void> {
    await this.hands.decide({ kind: 'cancel', part: `milestone:${position}` });
    await this.hands.runRefunds();
  }

  /** `state confirmed returned received`. */
  async bindingRow(): Promise<string> {
    const row = await this.world.sql.row<Record<string, string>>(
      'SELECT state, confirmed, returned, received FROM match_campaign WHERE campaign_id = ?',
      [this.campaign.campaignId],
    );
    return Object.values(row ?? {}).join(' ');
  }

  /** `amount returned state` of each line, the oldest first. */
  async lines(): Promise<string[]> {
    const rows = await this.world.sql.rows<Record<string, string>>(
      'SELECT amount, returned, state FROM match_reservation WHERE campaign_id = ? ORDER BY created_at, pledge_id',
      [this.campaign.campaignId],
    );
    return rows.map((row) => Object.values(row).join(' '));
  }

  /** `part budget paid-out left-over` of what came from donors. */
  async matchedParts(): Promise<string[]> {
    const { parts } = await this.world.get(ReadMilestones).execute(this.campaign.campaignId);
    return parts
      .filter(({ part }) => part.includes('match'))
      .map(({ part, budget, paidOut, leftOver }) => [part, budget, paidOut, leftOver].join(' '))
      .sort();
  }
}
