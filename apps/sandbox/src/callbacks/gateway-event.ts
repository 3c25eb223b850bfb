export type EventName = 'charge.paid' | 'charge.closed' | 'refund.done' | 'refund.failed';

/** Something that really happened, before any switch touches its telling. */
export interface GatewayEvent {
  readonly event: EventName;
  readonly eventId: string;
  readonly orderNo: string;
  readonly refundNo?: string;
  readonly amountFen: bigint;
  readonly transactionNo: string;
  readonly occurredAtMs: number;
  readonly merchant: string;
  readonly url: string;
}
