import type { Id } from '@hehuo/kernel';

/**
 * `received`: stored, not looked at yet. `applied`: the gateway was asked and says the same. `unknown_object`: it names
 * nothing of ours. `contradicted`: the gateway, asked, says otherwise; what it said counts, and somebody should look.
 */
export type GatewayEventState = 'received' | 'applied' | 'unknown_object' | 'contradicted';

export type GatewayEventKind = 'charge.paid' | 'charge.closed' | 'refund.done' | 'refund.failed';

/** A callback as it was stored before it was acknowledged. */
export interface GatewayEvent {
  readonly id: Id<'gev'>;
  readonly gateway: string;
  readonly key: string;
  readonly kind: GatewayEventKind;
  readonly orderNumber: string;
  readonly refundNumber: string | null;
  readonly amount: bigint | null;
  readonly merchantRef: string;
  readonly state: GatewayEventState;
  readonly tries: number;
}
