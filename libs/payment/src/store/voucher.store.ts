import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import { OFFLINE, type Charge, type GatewayName } from '../domain/charge.js';
import type { ReceiptMethod } from '../domain/receipt.js';

/** What proves a movement of the ledger, and whose it was. */
export interface Voucher {
  /** The charge, refund, payout or claw-back that the transfer refers to. */
  readonly ref: string;
  /** Null where the money is no neighbour's. */
  readonly payer: { readonly pledgeId: Id<'plg'>; readonly personId: Id<'per'> } | null;
  /** On paper or at the gateway: the receipt's, the voucher's, or our own number of the order or refund. */
  readonly number: string;
  readonly method: GatewayName | ReceiptMethod;
}

interface ChargeRecord {
  id: Id<'chg'>;
  pledge_id: Id<'plg'>;
  payer_id: Id<'per'>;
  number: string;
  gateway: GatewayName;
  receipt_number: string | null;
  method: ReceiptMethod | null;
}

type RefundRecord = Pick<ChargeRecord, 'pledge_id' | 'payer_id' | 'number' | 'gateway'> & {
  id: string;
  voucher: string | null;
};

/** Vouchers of many movements at once, by primary keys only. */
export class VoucherStore {
  constructor(private readonly database: Database) {}

  async ofCharges(ids: readonly string[]): Promise<Voucher[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.rows<ChargeRecord>(
      `SELECT c.id, c.pledge_id, c.payer_id, c.number, c.gateway, o.receipt_number, o.method FROM charge c
       LEFT JOIN offline_receipt o ON c.gateway = ? AND o.id = c.operation_id WHERE c.id IN (?)`,
      [OFFLINE, ids],
    );
    return rows.map((row) => ({
      ...{ ref: row.id, payer: { pledgeId: row.pledge_id, personId: row.payer_id } },
      number: row.receipt_number ?? row.number,
      method: row.method ?? row.gateway,
    }));
  }

  async ofRefunds(ids: readonly string[]): Promise<Voucher[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.rows<RefundRecord>(
      `SELECT r.id, r.pledge_id, c.payer_id, r.number, r.gateway, r.voucher FROM refund r
       JOIN charge c ON c.id = r.charge_id WHERE r.id IN (?)`,
      [ids],
    );
    return rows.map((row) => ({
      ...{ ref: row.id, payer: { pledgeId: row.pledge_id, personId: row.payer_id } },
      number: row.voucher ?? row.number,
      method: row.gateway,
    }));
  }

  /** The bank's numbers of payouts; one that nobody has confirmed yet proves nothing. */
  ofPayouts(ids: readonly string[]): Promise<Voucher[]> {
    return this.ofBank('payout', ids);
  }

  ofClawBacks(ids: readonly string[]): Promise<Voucher[]> {
    return this.ofBank('claw_back', ids);
  }

  private async ofBank(table: 'payout' | 'claw_back', ids: readonly string[]): Promise<Voucher[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.rows<{ id: string; voucher: string }>(
      `SELECT id, voucher FROM ${table} WHERE id IN (?) AND voucher IS NOT NULL`,
      [ids],
    );
    return rows.map(({ id, voucher }) => ({
      ref: id,
      payer: null,
      number: voucher,
      method: 'bank_transfer',
    }));
  }

  /** Where a charge belongs; null when there is none. */
  async placeOf(
    chargeId: Id<'chg'>,
  ): Promise<Pick<Charge, 'communityId' | 'campaignId' | 'state' | 'custodyAccountId'> | null> {
    return this.database.row(
      `SELECT community_id AS communityId, campaign_id AS campaignId, state, custody_account_id AS custodyAccountId
       FROM charge WHERE id = ?`,
      [chargeId],
    );
  }
}
