import { Injectable } from '@nestjs/common';
import { CloseCampaign, DecideCampaign, drainMinutes, DueCampaigns, EndCollection } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { CloseCharges } from '@hehuo/payment';

/**
 * Ends what a deadline ends, in its order: no new pledges, orders closed at their gateway, then the decision. Payments
 * that began in time and are not clear yet are waited for, at most for the drain time. Each step is safe at any time.
 */
@Injectable()
export class PassDeadline {
  constructor(
    private readonly due: DueCampaigns,
    private readonly close: CloseCampaign,
    private readonly charges: CloseCharges,
    private readonly decide: DecideCampaign,
    private readonly end: EndCollection,
  ) {}

  /** After the campaign's deadline. */
  async execute(campaignId: Id<'cmp'>): Promise<void> {
    await this.close.execute(campaignId);
    const now = await this.due.collecting(campaignId, drainMinutes);
    if (now?.state !== 'closing') return;
    await this.decide.execute(campaignId, now.paymentMode !== 'pay_now' || (await this.isClear(campaignId)));
  }

  /** After the end of the collection window, or when nobody is left to pay. */
  async endCollection(campaignId: Id<'cmp'>): Promise<void> {
    const now = await this.due.collecting(campaignId, drainMinutes);
    if (now?.state !== 'collecting') return;
    if (now.isOver && !now.isDrained && !(await this.isClear(campaignId))) return;
    await this.end.execute(campaignId);
  }

  private async isClear(campaignId: Id<'cmp'>): Promise<boolean> {
    const { inFlight } = await this.charges.execute(campaignId);
    return inFlight === 0;
  }
}
