import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { CampaignError } from '../domain/errors.js';
import { OBJECTION_MACHINE, type Objection } from '../domain/objection.js';

const COLUMNS = `id, campaign_id AS campaignId, round, person_id AS personId, text, state, answer,
  answered_by AS answeredBy, answered_at AS answeredAt, created_at AS createdAt`;

@Injectable()
export class ObjectionStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  /** Locks the objection. One that belongs to another campaign is not found. */
  async findForUpdate(tx: Tx, campaignId: Id<'cmp'>, id: Id<'obj'>): Promise<Objection> {
    const found = await sqlOf(tx).row<Objection>(
      `SELECT ${COLUMNS} FROM objection WHERE id = ? AND campaign_id = ? FOR UPDATE`,
      [id, campaignId],
    );
    if (!found) throw new CampaignError('objection_not_found', 'there is no such objection');
    return found;
  }

  async list(campaignId: Id<'cmp'>, before: Id<'obj'> | null, limit: number): Promise<Objection[]> {
    return this.database.rows<Objection>(
      `SELECT ${COLUMNS} FROM objection WHERE campaign_id = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?`,
      [campaignId, before, before, limit],
    );
  }

  async countOpen(campaignId: Id<'cmp'>, tx?: Tx): Promise<number> {
    const row = await (tx ? sqlOf(tx) : this.database).row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM objection WHERE campaign_id = ? AND state = 'open'",
      [campaignId],
    );
    return Number(row?.n ?? 0);
  }

  /** Open and all, for the page. */
  async tally(campaignId: Id<'cmp'>): Promise<{ open: number; all: number }> {
    const row = await this.database.row<{ open: string | null; all: string }>(
      "SELECT SUM(state = 'open') AS open, COUNT(*) AS `all` FROM objection WHERE campaign_id = ?",
      [campaignId],
    );
    return { open: Number(row?.open ?? 0), all: Number(row?.all ?? 0) };
  }

  /** How many this person has open on the campaign. */
  async openOf(tx: Tx, campaignId: Id<'cmp'>, personId: Id<'per'>): Promise<number> {
    const row = await sqlOf(tx).row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM objection WHERE campaign_id = ? AND person_id = ? AND state = 'open'",
      [campaignId, personId],
    );
    return Number(row?.n ?? 0);
  }

  async insert(
    tx: Tx,
    objection: Pick<Objection, 'id' | 'campaignId' | 'round' | 'personId' | 'text'>,
  ): Promise<void> {
    const state = OBJECTION_MACHINE.initial;
    await sqlOf(tx).change(
      'INSERT INTO objection (id, campaign_id, round, person_id, text, state) VALUES (?, ?, ?, ?, ?, ?)',
      [objection.id, objection.campaignId, objection.round, objection.personId, objection.text, state],
    );
    await this.log.append(tx, [
      { objectType: 'objection', objectId: objection.id, from: null, to: state, event: 'object' },
    ]);
  }

  async answer(tx: Tx, objection: Objection, answer: string, answeredBy: Id<'per'>): Promise<void> {
    const to = OBJECTION_MACHINE.next(objection.state, 'answer');
    await this.change(
      tx,
      objection,
      'UPDATE objection SET state = ?, answer = ?, answered_by = ?, answered_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ?',
      [to, answer, answeredBy, objection.id, objection.state],
    );
    await this.log.append(tx, [
      { objectType: 'objection', objectId: objection.id, from: objection.state, to, event: 'answer' },
    ]);
  }

  async withdraw(tx: Tx, objection: Objection): Promise<void> {
    const to = OBJECTION_MACHINE.next(objection.state, 'withdraw');
    await this.change(tx, objection, 'UPDATE objection SET state = ? WHERE id = ? AND state = ?', [
      to,
      objection.id,
      objection.state,
    ]);
    await this.log.append(tx, [
      { objectType: 'objection', objectId: objection.id, from: objection.state, to, event: 'withdraw' },
    ]);
  }

  private async change(tx: Tx, objection: Objection, text: string, values: readonly string[]): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(text, values);
    if (affectedRows !== 1) {
      throw new CampaignError('objection_answered', 'this objection is settled', {
        objectionId: objection.id,
      });
    }
  }
}
