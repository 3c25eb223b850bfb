import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf } from '@hehuo/platform';
import type { GatewayEvent, GatewayEventKind, GatewayEventState } from '../domain/gateway-event.js';

interface EventColumns {
  readonly id: Id<'gev'>;
  readonly gateway: string;
  readonly event_key: string;
  readonly kind: GatewayEventKind;
  readonly order_number: string;
  readonly refund_number: string | null;
  readonly amount: string | null;
  readonly merchant_ref: string;
  readonly state: GatewayEventState;
  readonly tries: number;
}

export interface NewGatewayEvent extends Omit<GatewayEvent, 'state' | 'tries'> {
  readonly occurredAt: Date;
  readonly raw: Uint8Array;
}

/** The inbox of callbacks. The bytes are kept encrypted: real gateways put the payer's account into them. */
export class GatewayEventStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async insert(tx: Tx, event: NewGatewayEvent): Promise<void> {
    const sealed = this.cipher.seal(
      `gateway_event|raw|${event.id}`,
      Buffer.from(event.raw).toString('base64'),
    );
    await sqlOf(tx).change(
      `INSERT INTO gateway_event (id, gateway, event_key, kind, order_number, refund_number, amount, merchant_ref,
         occurred_at, raw, state, next_try_at) VALUES (?, UTC_TIMESTAMP(3))`,
      [
        [
          ...[event.id, event.gateway, event.key, event.kind, event.orderNumber, event.refundNumber],
          ...[event.amount, event.merchantRef, event.occurredAt, sealed, 'received'],
        ],
      ],
    );
  }

  async find(eventId: Id<'gev'>): Promise<GatewayEvent | null> {
    const row = await this.database.row<EventColumns>(
      `SELECT id, gateway, event_key, kind, order_number, refund_number, amount, merchant_ref, state, tries
       FROM gateway_event WHERE id = ?`,
      [eventId],
    );
    return row && eventOf(row);
  }

  /** Marks the event as being looked at: should this process die, it is due again after `seconds`. */
  async plan(eventId: Id<'gev'>, seconds: number): Promise<void> {
    await this.database.change(
      `UPDATE gateway_event SET tries = tries + 1, next_try_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE id = ? AND state = 'received'`,
      [seconds, eventId],
    );
  }

  async settle(tx: Tx, eventId: Id<'gev'>, state: Exclude<GatewayEventState, 'received'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE gateway_event SET state = ?, applied_at = UTC_TIMESTAMP(3), next_try_at = NULL
       WHERE id = ? AND state = 'received'`,
      [state, eventId],
    );
  }

  async due(limit: number): Promise<Id<'gev'>[]> {
    const rows = await this.database.rows<{ id: Id<'gev'> }>(
      'SELECT id FROM gateway_event WHERE next_try_at <= UTC_TIMESTAMP(3) ORDER BY next_try_at, id LIMIT ?',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async counts(): Promise<{ state: GatewayEventState; n: number }[]> {
    const rows = await this.database.rows<{ state: GatewayEventState; n: string }>(
      "SELECT state, COUNT(*) AS n FROM gateway_event WHERE state <> 'applied' GROUP BY state",
    );
    return rows.map(({ state, n }) => ({ state, n: Number(n) }));
  }
}

function eventOf(row: EventColumns): GatewayEvent {
  return {
    id: row.id,
    gateway: row.gateway,
    key: row.event_key,
    kind: row.kind,
    orderNumber: row.order_number,
    refundNumber: row.refund_number,
    amount: row.amount === null ? null : BigInt(row.amount),
    merchantRef: row.merchant_ref,
    state: row.state,
    tries: row.tries,
  };
}
