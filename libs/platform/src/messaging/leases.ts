import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.js';

/** A named right that one process at a time holds, by the database's clock. Work under it must still be idempotent. */
export class Leases {
  private readonly owner = randomBytes(16).toString('hex');

  constructor(private readonly database: Database) {}

  async take(name: string, seconds: number): Promise<boolean> {
    const { affectedRows } = await this.database.change(
      `UPDATE lease SET owner = ?, until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE name = ? AND (owner = ? OR until < UTC_TIMESTAMP(3))`,
      [this.owner, seconds, name, this.owner],
    );
    if (affectedRows === 1) return true;
    const known = await this.database.row('SELECT name FROM lease WHERE name = ?', [name]);
    if (known) return false;
    return this.create(name, seconds);
  }

  private async create(name: string, seconds: number): Promise<boolean> {
    // Two processes may create the row at once; the update below decides which of them owns it.
    await this.database.change(
      `INSERT INTO lease (name, owner, until) VALUES (?, '', '2000-01-01')
       ON DUPLICATE KEY UPDATE name = name`,
      [name],
    );
    const { affectedRows } = await this.database.change(
      `UPDATE lease SET owner = ?, until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE name = ? AND until < UTC_TIMESTAMP(3)`,
      [this.owner, seconds, name],
    );
    return affectedRows === 1;
  }
}
