import { Inject, Injectable, Optional } from '@nestjs/common';
import { ReadCustody } from '@hehuo/payment';
import type { Id } from '@hehuo/kernel';
import { CustodyDirectory, type CustodyEntry } from './custody-directory.js';

/** The accounts as the context of payments knows them. A process without that context knows none. */
@Injectable()
export class PaymentCustody extends CustodyDirectory {
  constructor(@Optional() @Inject(ReadCustody) private readonly custody: ReadCustody | undefined) {
    super();
  }

  async find(id: Id<'cus'>): Promise<CustodyEntry | null> {
    const view = await this.custody?.byId(id);
    if (!view) return null;
    const { communityId, ownerName, ownerKind, state } = view.account;
    const payNowDays = view.ways.map(({ capabilities }) => capabilities.payNowDaysMax);
    return {
      id,
      communityId,
      ownerName,
      holderKind: ownerKind,
      active: state === 'active',
      online: view.ways.length > 0,
      // Whichever way a neighbour chooses, the money must be able to go back.
      payNowDaysMax: payNowDays.length === 0 ? null : Math.min(...payNowDays),
    };
  }
}
