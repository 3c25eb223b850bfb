import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { PaymentError } from '../domain/errors.js';
import type { MoneyRole, Officer } from '../domain/officer.js';
import type { Refund, RefundState } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';

export interface ListRefundsInput {
  readonly actor: Officer;
  readonly states: readonly RefundState[];
  readonly campaignId?: Id<'cmp'>;
  readonly after: string | null;
  readonly limit: number;
}

const READERS: readonly MoneyRole[] = ['fund_approver', 'auditor'];

/** Refunds of the communities in which the actor approves or audits, the oldest first. */
@Injectable()
export class ListRefunds {
  constructor(private readonly refunds: RefundStore) {}

  async execute({ actor, states, campaignId, after, limit }: ListRefundsInput): Promise<Refund[]> {
    const grants = actor.roles.filter(({ role }) => (READERS as readonly string[]).includes(role));
    if (grants.length === 0) {
      throw new PaymentError('payment_forbidden', `this needs the role ${READERS.join(' or ')}`);
    }
    const ids = grants.map(({ communityId }) => communityId);
    const communityIds = ids.includes(null) ? null : ids.filter((id) => id !== null);
    return this.refunds.page({ states, ...(campaignId ? { campaignId } : {}), communityIds, after, limit });
  }
}
