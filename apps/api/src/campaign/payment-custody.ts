import { Inject, Injectable, Optional } from '@nestjs/common';
import { OFFLINE, ReadCustody } from '@hehuo/payment';
import type { Id } from '@hehuo/kernel';
import { CustodyDirectory, type CustodyEntry } from './custody-directory.js';

/** The accounts as the context of payments knows them. A process without that context knows none. */
@Injectable()
export class PaymentCustody extends CustodyDirectory {
  constructor(@Optional() @Inject(ReadCustody) private readonly custody: ReadCustody | undefined) {
    super();
  }

  async find(id: Id<'cus'>): Promise<CustodyEntry | null> {
    const account = await this.custody?.byId(id);
    if (!account) return null;
    const { communityId, ownerName, ownerKind, gateway, state } = account;
    return {
      id,
      communityId,
      ownerName,
      holderKind: ownerKind,
      active: state === 'active',
      online: gateway !== OFFLINE,
    };
  }
}
