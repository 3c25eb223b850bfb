import { Injectable } from '@nestjs/common';
import { drainMinutes, DueCampaigns, ExpireUnpaid } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { CloseCharges } from '@hehuo/payment';

const pledgesMax = 500;

/**
 * Lets promises go that were to be paid at once and were not, so that others find their room before the deadline. As at
 * a deadline, orders are closed at their gateway first, and a payment that is not clear yet is waited for, at most for
 * the drain time. Safe at any time.
 */
@Injectable()
export class FreeUnpaid {
  constructor(
    private readonly due: DueCampaigns,
    private readonly charges: CloseCharges,
    private readonly expire: ExpireUnpaid,
  ) {}

  /** How many pledges of the campaign expired. */
  async execute(campaignId: Id<'cmp'>): Promise<number> {
    const unpaid = await this.due.unpaid(campaignId, drainMinutes, pledgesMax);
    const underWay = await this.charges.ofPledges(unpaid.map(({ id }) => id));
    const over = unpaid.filter(({ id, isDrained }) => isDrained || !underWay.has(id));
    return this.expire.execute(
      campaignId,
      over.map(({ id }) => id),
    );
  }
}
