import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf } from '@hehuo/platform';
import { CHARGE_IN_FLIGHT } from '../domain/charge.js';

interface Hint {
  readonly openId?: string;
  readonly ip?: string;
}

/** What a gateway asks about the payer of an order; kept sealed, and only while the order may still be sent. */
export class PayerHintStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async insert(tx: Tx, chargeId: Id<'chg'>, hint: Hint): Promise<void> {
    await sqlOf(tx).change('INSERT INTO charge_payer_hint (charge_id, sealed) VALUES (?)', [
      [chargeId, this.cipher.seal(placeOf(chargeId), JSON.stringify(hint))],
    ]);
  }

  async find(chargeId: Id<'chg'>): Promise<Hint | null> {
    const row = await this.database.row<{ sealed: string }>(
      'SELECT sealed FROM charge_payer_hint WHERE charge_id = ?',
      [chargeId],
    );
    return row && (JSON.parse(this.cipher.open(placeOf(chargeId), row.sealed)) as Hint);
  }

  /** Removes the hints of orders that are over. Returns how many, at most `limit`. */
  async forgetOver(limit: number): Promise<number> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT h.charge_id AS id FROM charge_payer_hint h JOIN charge c ON c.id = h.charge_id
       WHERE c.state NOT IN (?) LIMIT ?`,
      [CHARGE_IN_FLIGHT, limit],
    );
    if (rows.length === 0) return 0;
    const { affectedRows } = await this.database.change(
      'DELETE FROM charge_payer_hint WHERE charge_id IN (?)',
      [rows.map(({ id }) => id)],
    );
    return affectedRows;
  }
}

function placeOf(chargeId: Id<'chg'>): string {
  return `charge_payer_hint|sealed|${chargeId}`;
}
