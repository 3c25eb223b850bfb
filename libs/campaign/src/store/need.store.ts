import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type SqlValue } from '@hehuo/platform';
import { CampaignError } from '../domain/errors.js';
import { NEED_MACHINE, type Need, type NeedEvent, type NeedState } from '../domain/need.js';

const COLUMNS = `id, community_id AS communityId, raised_by AS raisedBy, title, text, place_text AS placeText, state,
  echo_count AS echoCount, campaign_id AS campaignId, version, created_at AS createdAt`;

export interface NeedFilter {
  readonly communityId: Id<'com'>;
  readonly state: NeedState | null;
  /** Needs with a smaller id: older ones. */
  readonly before: Id<'ned'> | null;
  readonly limit: number;
}

@Injectable()
export class NeedStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async find(id: Id<'ned'>): Promise<Need> {
    return orNotFound(await this.database.row<Need>(`SELECT ${COLUMNS} FROM need WHERE id = ?`, [id]));
  }

  /** Locks the need until the transaction ends: its echoes and its state change only under this lock. */
  async findForUpdate(tx: Tx, id: Id<'ned'>): Promise<Need> {
    return orNotFound(await sqlOf(tx).row<Need>(`SELECT ${COLUMNS} FROM need WHERE id = ? FOR UPDATE`, [id]));
  }

  async list(filter: NeedFilter): Promise<Need[]> {
    const where = ['community_id = ?'];
    const values: SqlValue[] = [filter.communityId];
    if (filter.state) {
      where.push('state = ?');
      values.push(filter.state);
    }
    if (filter.before) {
      where.push('id < ?');
      values.push(filter.before);
    }
    return this.database.rows<Need>(
      `SELECT ${COLUMNS} FROM need WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, filter.limit],
    );
  }

  async insert(
    tx: Tx,
    need: Omit<Need, 'state' | 'echoCount' | 'campaignId' | 'version' | 'createdAt'>,
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO need (id, community_id, raised_by, title, text, place_text, state) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [need.id, need.communityId, need.raisedBy, need.title, need.text, need.placeText, NEED_MACHINE.initial],
    );
    await this.log.append(tx, [
      { objectType: 'need', objectId: need.id, from: null, to: NEED_MACHINE.initial, event: 'raise' },
    ]);
  }

  /** The one place that writes a need's state. */
  async changeState(
    tx: Tx,
    need: Need,
    event: NeedEvent,
    campaignId: Id<'cmp'> | null,
    reason?: string,
  ): Promise<void> {
    const to = NEED_MACHINE.next(need.state, event);
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE need SET state = ?, campaign_id = ?, version = version + 1 WHERE id = ? AND state = ? AND version = ?',
      [to, campaignId, need.id, need.state, need.version],
    );
    if (affectedRows !== 1)
      throw new CampaignError('need_closed', 'this need changed meanwhile; read it again');
    await this.log.append(tx, [
      {
        objectType: 'need',
        objectId: need.id,
        from: need.state,
        to,
        event,
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
  }

  /** Adds the household's voice; false when it has spoken already. The caller holds the need. */
  async addEcho(tx: Tx, needId: Id<'ned'>, householdId: Id<'hhd'>, personId: Id<'per'>): Promise<boolean> {
    if (await this.echoOf(needId, householdId, tx)) return false;
    await sqlOf(tx).change('INSERT INTO need_echo (need_id, household_id, person_id) VALUES (?, ?, ?)', [
      needId,
      householdId,
      personId,
    ]);
    await this.count(tx, needId, 1);
    return true;
  }

  /** Takes the voice back that this person gave for the household; false when there is none. The caller holds the need. */
  async removeEcho(tx: Tx, needId: Id<'ned'>, personId: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      'DELETE FROM need_echo WHERE need_id = ? AND person_id = ?',
      [needId, personId],
    );
    if (affectedRows === 0) return false;
    await this.count(tx, needId, -affectedRows);
    return true;
  }

  async echoOf(needId: Id<'ned'>, householdId: Id<'hhd'>, tx?: Tx): Promise<boolean> {
    const row = await (tx ? sqlOf(tx) : this.database).row(
      'SELECT 1 AS found FROM need_echo WHERE need_id = ? AND household_id = ?',
      [needId, householdId],
    );
    return row !== null;
  }

  /** Newest needs that somebody could join, for the search of similar ones. */
  async joinable(communityIds: readonly Id<'com'>[], limit: number): Promise<Need[]> {
    return this.database.rows<Need>(
      `SELECT ${COLUMNS} FROM need WHERE community_id IN (?) AND state = 'open' ORDER BY id DESC LIMIT ?`,
      [communityIds, limit],
    );
  }

  private async count(tx: Tx, needId: Id<'ned'>, by: number): Promise<void> {
    await sqlOf(tx).change('UPDATE need SET echo_count = echo_count + ? WHERE id = ?', [by, needId]);
  }
}

function orNotFound(need: Need | null): Need {
  if (!need) throw new CampaignError('need_not_found', 'there is no such need');
  return { ...need, echoCount: Number(need.echoCount), version: Number(need.version) };
}
