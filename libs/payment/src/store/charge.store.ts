import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import {
  CHARGE_IN_FLIGHT,
  type Booking,
  type Charge,
  type ChargeAges,
  type ChargeState,
  type GatewayName,
  type PayScene,
} from '../domain/charge.js';
import { chargeOf, CHARGE_COLUMNS, type ChargeColumns } from './charge.columns.js';

const leaseSeconds = 30;
/** A charge whose hint was lost is placed by the janitor after this long. */
const firstCheckSeconds = 5;

export interface NewCharge {
  readonly id: Id<'chg'>;
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly payerId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly gateway: GatewayName;
  readonly merchantRef: string;
  readonly scene: PayScene;
  readonly number: string;
  readonly operationId: string;
  readonly amount: bigint;
  readonly description: string;
  readonly payBy: Date;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
}

export interface Payment {
  readonly paidAt: Date;
  readonly amount: bigint;
  readonly transactionNo: string | null;
  readonly bookedAs: Booking;
}

/** Orders at gateways. Every write that changes a state names the version that it was decided on. */
export class ChargeStore {
  constructor(private readonly database: Database) {}

  async find(chargeId: Id<'chg'>, by: Sql = this.database): Promise<Charge | null> {
    const row = await by.row<ChargeColumns>(`SELECT ${CHARGE_COLUMNS} FROM charge WHERE id = ?`, [chargeId]);
    return row && chargeOf(row);
  }

  /** The charge and what the database's clock says about it. Not locked: the guarded update decides. */
  async look(
    chargeId: Id<'chg'>,
    by: Sql = this.database,
  ): Promise<{ readonly charge: Charge; readonly ages: ChargeAges } | null> {
    const row = await by.row<ChargeColumns & { since_sent: string | null; passed: number }>(
      `SELECT ${CHARGE_COLUMNS}, TIMESTAMPDIFF(SECOND, sent_at, UTC_TIMESTAMP(3)) AS since_sent,
              pay_by <= UTC_TIMESTAMP(3) AS passed FROM charge WHERE id = ?`,
      [chargeId],
    );
    if (!row) return null;
    const ages = {
      secondsSinceSent: row.since_sent === null ? 0 : Number(row.since_sent),
      payByPassed: Number(row.passed) === 1,
    };
    return { charge: chargeOf(row), ages };
  }

  async findByNumber(number: string): Promise<Charge | null> {
    const row = await this.database.row<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE number = ?`,
      [number],
    );
    return row && chargeOf(row);
  }

  async ofPledge(pledgeId: Id<'plg'>, by: Sql = this.database): Promise<Charge[]> {
    const rows = await by.rows<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE pledge_id = ? ORDER BY id`,
      [pledgeId],
    );
    return rows.map(chargeOf);
  }

  /** Whether the pay-by time is at least `seconds` ahead and at most `days`, by the database's clock. */
  async isPayableUntil(tx: Tx, payBy: Date, seconds: number, days: number): Promise<boolean> {
    const row = await sqlOf(tx).row<{ ok: number }>(
      `SELECT ? >= UTC_TIMESTAMP(3) + INTERVAL ? SECOND AND ? <= UTC_TIMESTAMP(3) + INTERVAL ? DAY AS ok`,
      [payBy, seconds, payBy, days],
    );
    return Number(row?.ok) === 1;
  }

  /** Inserts a charge that is to be placed, as the one in flight of its pledge. */
  async insert(tx: Tx, charge: NewCharge): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO charge (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, gateway, merchant_ref,
         scene, number, operation_id, live_of, amount, description, pay_by, notify_url, return_url, state, next_check_at)
       VALUES (?, UTC_TIMESTAMP(3) + INTERVAL ${firstCheckSeconds} SECOND)`,
      [[...identityOf(charge), charge.pledgeId, ...requestOf(charge), 'new']],
    );
  }

  /** Inserts money that came in without a gateway: it succeeded before we knew of it. */
  async insertPaid(tx: Tx, charge: NewCharge, payment: Payment): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO charge (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, gateway, merchant_ref,
         scene, number, operation_id, amount, description, pay_by, notify_url, return_url, state, paid_at, paid_amount,
         transaction_no, booked_as)
       VALUES (?)`,
      [
        [
          ...identityOf(charge),
          ...requestOf(charge),
          ...['succeeded', payment.paidAt, payment.amount, payment.transactionNo, payment.bookedAs],
        ],
      ],
    );
  }

  /** A charge that nobody waits for any more: another try replaces it, or its campaign is over. */
  async wantClosed(tx: Tx, chargeIds: readonly Id<'chg'>[]): Promise<void> {
    if (chargeIds.length === 0) return;
    await sqlOf(tx).change(
      `UPDATE charge SET close_wanted = 1, live_of = NULL, checks = 0, next_check_at = UTC_TIMESTAMP(3), version = version + 1
       WHERE id IN (?) AND state IN (?)`,
      [chargeIds, CHARGE_IN_FLIGHT],
    );
  }

  /** Locked in the order of their ids, so that what goes back is counted by one at a time. */
  async lock(tx: Tx, chargeIds: readonly Id<'chg'>[]): Promise<Charge[]> {
    const rows = await sqlOf(tx).rows<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE id IN (?) ORDER BY id FOR UPDATE`,
      [chargeIds],
    );
    return rows.map(chargeOf);
  }

  async inFlightOfCampaign(tx: Tx, campaignId: Id<'cmp'>): Promise<Charge[]> {
    const rows = await sqlOf(tx).rows<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE campaign_id = ? AND state IN (?) ORDER BY id FOR UPDATE`,
      [campaignId, CHARGE_IN_FLIGHT],
    );
    return rows.map(chargeOf);
  }

  async inFlightOfPledges(tx: Tx, pledgeIds: readonly Id<'plg'>[]): Promise<Charge[]> {
    if (pledgeIds.length === 0) return [];
    const rows = await sqlOf(tx).rows<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE pledge_id IN (?) AND state IN (?) ORDER BY id FOR UPDATE`,
      [pledgeIds, CHARGE_IN_FLIGHT],
    );
    return rows.map(chargeOf);
  }

  async countInFlight(campaignId: Id<'cmp'>): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM charge WHERE campaign_id = ? AND state IN (?)',
      [campaignId, CHARGE_IN_FLIGHT],
    );
    return Number(row?.n ?? 0);
  }

  /** Takes the right to send the order. Null when somebody else holds it or there is nothing to send. */
  async claimSending(tx: Tx, { id, version, fence }: Charge): Promise<number | null> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE charge SET state = 'sent', version = version + 1, fence = fence + 1,
         lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND, sent_at = COALESCE(sent_at, UTC_TIMESTAMP(3)),
         next_check_at = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE id = ? AND version = ? AND fence = ? AND lease_until <= UTC_TIMESTAMP(3)`,
      [id, version, fence],
    );
    return affectedRows === 1 ? fence + 1 : null;
  }

  /**
   * Takes the right to ask about the order, and plans the next question in case the answer is never written. Null when
   * somebody else is at it.
   */
  async claimCheck({ id, fence }: Charge): Promise<number | null> {
    const { affectedRows } = await this.database.change(
      `UPDATE charge SET fence = fence + 1, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND,
         checks = checks + 1, checked_at = UTC_TIMESTAMP(3),
         next_check_at = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE id = ? AND fence = ? AND lease_until <= UTC_TIMESTAMP(3)`,
      [id, fence],
    );
    return affectedRows === 1 ? fence + 1 : null;
  }

  /** Whether nobody asked the gateway in the last `seconds`; remembers that somebody does now. */
  async mayAskNow(chargeId: Id<'chg'>, seconds: number): Promise<boolean> {
    const { affectedRows } = await this.database.change(
      `UPDATE charge SET checked_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND state IN (?) AND checked_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND`,
      [chargeId, CHARGE_IN_FLIGHT, seconds],
    );
    return affectedRows === 1;
  }

  /** One guarded step. False when the row moved since it was read. */
  async step(
    tx: Tx,
    charge: Charge,
    to: ChargeState,
    change: {
      readonly payUrl?: string | null;
      readonly refusal?: string | null;
      readonly nextCheckSeconds: number | null;
    },
  ): Promise<boolean> {
    const inFlight = CHARGE_IN_FLIGHT.includes(to);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE charge SET state = ?, version = version + 1, pay_url = COALESCE(?, pay_url), refusal = COALESCE(?, refusal),
         live_of = IF(?, live_of, NULL), lease_until = UTC_TIMESTAMP(3), checks = IF(state = ?, checks, 0),
         next_check_at = ${NEXT_CHECK}
       WHERE id = ? AND version = ? AND fence = ?`,
      [
        ...[to, change.payUrl ?? null, change.refusal ?? null, inFlight, to],
        ...nextCheck(inFlight, change.nextCheckSeconds),
        ...[charge.id, charge.version, charge.fence],
      ],
    );
    return affectedRows === 1;
  }

  /** Nothing new was learned: only the lease ends and the next question is planned. */
  async planCheck(tx: Tx, charge: Charge, seconds: number | null, payUrl: string | null): Promise<void> {
    const inFlight = CHARGE_IN_FLIGHT.includes(charge.state);
    await sqlOf(tx).change(
      `UPDATE charge SET lease_until = UTC_TIMESTAMP(3), pay_url = COALESCE(?, pay_url), next_check_at = ${NEXT_CHECK}
       WHERE id = ? AND fence = ?`,
      [payUrl, ...nextCheck(inFlight, seconds), charge.id, charge.fence],
    );
  }

  /** The gateway says paid. Fences do not matter to a fact; the version keeps it from being booked twice. */
  async succeed(tx: Tx, { id, version }: Charge, payment: Payment): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE charge SET state = 'succeeded', version = version + 1, live_of = NULL, paid_at = ?, paid_amount = ?,
         transaction_no = ?, booked_as = ?, next_check_at = NULL, lease_until = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state <> 'succeeded'`,
      [payment.paidAt, payment.amount, payment.transactionNo, payment.bookedAs, id, version],
    );
    return affectedRows === 1;
  }

  /** Charges that are to be looked at now, the most overdue first. */
  async due(limit: number): Promise<Id<'chg'>[]> {
    const rows = await this.database.rows<{ id: Id<'chg'> }>(
      `SELECT id FROM charge WHERE next_check_at <= UTC_TIMESTAMP(3) ORDER BY next_check_at, id LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How many charges are neither paid nor over, by state, and the age of the oldest in seconds. */
  async backlog(): Promise<{ state: ChargeState; n: number; oldestSeconds: number }[]> {
    const rows = await this.database.rows<{ state: ChargeState; n: string; age: string }>(
      `SELECT state, COUNT(*) AS n, TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) AS age
       FROM charge WHERE state IN (?) GROUP BY state`,
      [CHARGE_IN_FLIGHT],
    );
    return rows.map(({ state, n, age }) => ({ state, n: Number(n), oldestSeconds: Number(age) }));
  }
}

// The moment after pay_by is a check of its own: the order must be closed then, whatever the schedule says.
const NEXT_CHECK = `IF(? IS NULL, NULL, LEAST(UTC_TIMESTAMP(3) + INTERVAL ? SECOND,
  IF(? AND pay_by > UTC_TIMESTAMP(3), pay_by + INTERVAL 1 SECOND, UTC_TIMESTAMP(3) + INTERVAL ? SECOND)))`;

function nextCheck(inFlight: boolean, seconds: number | null): (number | boolean | null)[] {
  return [seconds, seconds ?? 0, inFlight, seconds ?? 0];
}

function identityOf(charge: NewCharge): string[] {
  const { id, pledgeId, campaignId, communityId, payerId, custodyAccountId, gateway, merchantRef, number } =
    charge;
  return [
    ...[id, pledgeId, campaignId, communityId, payerId, custodyAccountId],
    ...[gateway, merchantRef, charge.scene, number, charge.operationId],
  ];
}

function requestOf({
  amount,
  description,
  payBy,
  notifyUrl,
  returnUrl,
}: NewCharge): (bigint | string | Date | null)[] {
  return [amount, description, payBy, notifyUrl, returnUrl];
}
