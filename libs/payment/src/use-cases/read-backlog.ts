import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { ChargeState } from '../domain/charge.js';
import type { GatewayEventState } from '../domain/gateway-event.js';
import type { RefundState } from '../domain/refund.js';
import { ChargeStore } from '../store/charge.store.js';
import { GatewayEventStore } from '../store/gateway-event.store.js';
import { RefundStore } from '../store/refund.store.js';

export interface RefundsInState {
  readonly state: RefundState;
  readonly n: number;
  /** Fen. */
  readonly amount: bigint;
  readonly oldestSeconds: number;
}

export interface PaymentBacklog {
  readonly charges: readonly {
    readonly state: ChargeState;
    readonly n: number;
    readonly oldestSeconds: number;
  }[];
  readonly refunds: readonly RefundsInState[];
  /** Callbacks not acted on, about nothing of ours, or contradicted by the gateway itself. */
  readonly events: readonly { readonly state: GatewayEventState; readonly n: number }[];
}

/** What is under way and how long already: for metrics, alarms and the progress of a mass refund. */
@Injectable()
export class ReadBacklog {
  constructor(
    private readonly charges: ChargeStore,
    private readonly refunds: RefundStore,
    private readonly events: GatewayEventStore,
  ) {}

  async execute(): Promise<PaymentBacklog> {
    const [charges, refunds, events] = await Promise.all([
      this.charges.backlog(),
      this.refunds.backlog(),
      this.events.counts(),
    ]);
    return { charges, refunds, events };
  }

  /** Every refund of one campaign by state, done ones included. */
  refundsOf(campaignId: Id<'cmp'>): Promise<RefundsInState[]> {
    return this.refunds.backlog(campaignId);
  }
}
