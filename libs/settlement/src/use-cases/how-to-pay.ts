import { Injectable } from '@nestjs/common';
import { PledgeFunds, type Pledge } from '@hehuo/campaign';
import { paymentReference, ReadCustody } from '@hehuo/payment';

/** What a payer writes on a transfer, and to whom it goes. */
export interface PayByHand {
  /** Into the remark of the transfer: it finds the pledge again. */
  readonly reference: string;
  /** The legal body that owns the account; the platform never does. */
  readonly accountOwner: string;
  /** Fen. */
  readonly amount: bigint;
  /** Until when it counts; null while the campaign has no deadline yet. */
  readonly until: Date | null;
}

const AWAITED = ['promised', 'awaiting_payment'];

/** How a pledge of an offline campaign is paid, for whoever may see the pledge; null where there is nothing to pay so. */
@Injectable()
export class HowToPay {
  constructor(
    private readonly funds: PledgeFunds,
    private readonly custody: ReadCustody,
  ) {}

  async execute({ id, kind, state }: Pick<Pledge, 'id' | 'kind' | 'state'>): Promise<PayByHand | null> {
    if (kind !== 'money' || !AWAITED.includes(state)) return null;
    const view = await this.funds.payable(id);
    if (view?.campaign.paymentMode !== 'offline') return null;
    const account = (await this.custody.byId(view.campaign.custodyAccountId))?.account;
    if (account?.state !== 'active') return null;
    const { pledge, until } = view;
    return {
      reference: paymentReference(id),
      accountOwner: account.ownerName,
      amount: pledge.quantity,
      until,
    };
  }
}
