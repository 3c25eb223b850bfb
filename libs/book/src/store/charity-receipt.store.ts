import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { CharityReceipt } from '../domain/payer-receipt.js';

/** Numbers of receipts that charities issued on their own paper. */
@Injectable()
export class CharityReceiptStore {
  constructor(private readonly database: Database) {}

  async find(chargeId: Id<'chg'>): Promise<CharityReceipt | null> {
    return this.database.row<CharityReceipt>(
      'SELECT number, issuer, issued_on AS issuedOn FROM charity_receipt WHERE charge_id = ?',
      [chargeId],
    );
  }

  /** Writes it, or what corrects it. True when there was none. */
  async put(
    tx: Tx,
    chargeId: Id<'chg'>,
    receipt: CharityReceipt & { readonly communityId: Id<'com'>; readonly enteredBy: Id<'per'> },
  ): Promise<boolean> {
    const { communityId, number, issuer, issuedOn, enteredBy } = receipt;
    const known = await sqlOf(tx).row(
      'SELECT 1 AS found FROM charity_receipt WHERE charge_id = ? FOR UPDATE',
      [chargeId],
    );
    await sqlOf(tx).change(
      `INSERT INTO charity_receipt (charge_id, community_id, number, issuer, issued_on, entered_by)
       VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE number = VALUES(number), issuer = VALUES(issuer),
         issued_on = VALUES(issued_on), entered_by = VALUES(entered_by), version = version + 1`,
      [chargeId, communityId, number, issuer, issuedOn, enteredBy],
    );
    return known === null;
  }
}
