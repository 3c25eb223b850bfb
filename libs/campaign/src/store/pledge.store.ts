import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import type { Admission } from '../domain/admission.js';
import { PledgeError } from '../domain/pledge-errors.js';
import { PLEDGE_MACHINE, type PledgeEvent, type PledgeState } from '../domain/pledge.machine.js';
import { payByAtOnce, type Pledge, type PledgeTerms } from '../domain/pledge.js';

const COLUMNS = `id, campaign_id, ask_id, slot_id, community_id, person_id, household_id, kind, quantity, places, state,
  version, anonymous, submitted_by, pay_by, winning_charge_id, created_at`;

type PledgeRecord = Record<string, string | number | Date | null>;

export interface PledgeAdmitted extends Admission {
  readonly id: Id<'plg'>;
}

export interface EarlierPledge {
  readonly pledge: Pledge;
  readonly onceHash: string;
  readonly requestHash: string;
}

/** What settlement reads of a pledge, in the order of ids. */
export interface PledgeToSettle {
  readonly id: Id<'plg'>;
  readonly askId: Id<'ask'>;
  readonly personId: Id<'per'>;
  readonly kind: Pledge['kind'];
  readonly quantity: bigint;
  readonly state: PledgeState;
  readonly winningChargeId: Id<'chg'> | null;
}

@Injectable()
export class PledgeStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  /** Pledges already made for these submitter-and-key pairs. */
  async earlier(tx: Tx, onceHashes: readonly string[]): Promise<EarlierPledge[]> {
    const rows = await sqlOf(tx).rows<PledgeRecord>(
      `SELECT ${COLUMNS}, once_hash, request_hash FROM pledge WHERE once_hash IN (?)`,
      [onceHashes],
    );
    return rows.map((row) => ({
      pledge: pledgeOf(row),
      onceHash: String(row['once_hash']),
      requestHash: String(row['request_hash']),
    }));
  }

  async insert(
    tx: Tx,
    place: { campaignId: Id<'cmp'>; communityId: Id<'com'>; terms: PledgeTerms; now: Date; deadline: Date },
    admitted: readonly PledgeAdmitted[],
  ): Promise<void> {
    const { policies } = place.terms;
    const rows = admitted.map(({ id, request, ask, householdId, quantity, state, attentionOf }) => [
      id,
      place.campaignId,
      ask.id,
      request.slotId,
      place.communityId,
      request.personId,
      householdId,
      ask.kind,
      quantity,
      request.places,
      state,
      request.anonymous,
      attentionOf,
      request.submittedBy,
      request.consentEvidence,
      request.onceHash,
      request.requestHash,
      policies.failure,
      policies.surplus,
      policies.scopeChange,
      ask.goodsMode,
      payByAtOnce(state, place),
      place.now,
    ]);
    const written = sqlOf(tx).change(
      `INSERT INTO pledge (id, campaign_id, ask_id, slot_id, community_id, person_id, household_id, kind, quantity, places,
         state, anonymous, attention_of, submitted_by, consent_evidence, once_hash, request_hash, failure_policy,
         surplus_policy, scope_change_policy, goods_mode, pay_by, created_at) VALUES ?`,
      [rows as SqlValue[]],
    );
    const texts = admitted.flatMap(({ id, request }) => (request.text === null ? [] : [[id, request.text]]));
    await Promise.all([
      written,
      texts.length > 0 && sqlOf(tx).change('INSERT INTO pledge_text (pledge_id, text) VALUES ?', [texts]),
    ]);
  }

  async find(id: Id<'plg'>): Promise<Pledge | null> {
    return read(this.database, id, '');
  }

  async findForUpdate(tx: Tx, id: Id<'plg'>): Promise<Pledge> {
    const pledge = await read(sqlOf(tx), id, 'FOR UPDATE');
    if (!pledge) throw new PledgeError('pledge_not_found', 'there is no such pledge');
    return pledge;
  }

  /** The one place that moves a single pledge. A lost race is `state_conflict` from the machine on the next read. */
  async changeState(
    tx: Tx,
    pledge: Pledge,
    event: PledgeEvent,
    columns: { payBy?: Date; winningChargeId?: Id<'chg'> } = {},
  ): Promise<Pledge> {
    const to = PLEDGE_MACHINE.next(pledge.state, event);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE pledge SET state = ?, version = version + 1, pay_by = COALESCE(?, pay_by),
              winning_charge_id = COALESCE(?, winning_charge_id), attention_of = IF(? = 'withdrawn', NULL, attention_of)
       WHERE id = ? AND state = ? AND version = ?`,
      [
        to,
        columns.payBy ?? null,
        columns.winningChargeId ?? null,
        to,
        pledge.id,
        pledge.state,
        pledge.version,
      ],
    );
    if (affectedRows !== 1)
      throw new PledgeError('pledge_not_found', 'somebody changed this pledge meanwhile; read it again');
    await this.log.append(tx, [{ objectType: 'pledge', objectId: pledge.id, from: pledge.state, to, event }]);
    return {
      ...pledge,
      state: to,
      version: pledge.version + 1,
      payBy: columns.payBy ?? pledge.payBy,
      winningChargeId: columns.winningChargeId ?? pledge.winningChargeId,
    };
  }

  /**
   * Moves many pledges of one state by one statement and returns how many moved. Those that already left the state
   * are passed over; the caller compares the count with what it expected.
   */
  async moveMany(tx: Tx, ids: readonly Id<'plg'>[], from: PledgeState, event: PledgeEvent): Promise<number> {
    if (ids.length === 0) return 0;
    const to = PLEDGE_MACHINE.next(from, event);
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE pledge SET state = ?, version = version + 1 WHERE id IN (?) AND state = ?',
      [to, ids, from],
    );
    await this.log.append(
      tx,
      ids.map((objectId) => ({ objectType: 'pledge', objectId, from, to, event })),
    );
    return affectedRows;
  }

  /** Moves every pledge of a campaign's ask kind that stands in one state. For the decision, which holds the intake. */
  async moveAllMoney(
    tx: Tx,
    campaignId: Id<'cmp'>,
    from: PledgeState,
    event: PledgeEvent,
    payBy?: Date,
  ): Promise<Pledge[]> {
    const rows = await sqlOf(tx).rows<PledgeRecord>(
      `SELECT ${COLUMNS} FROM pledge WHERE campaign_id = ? AND state = ? AND kind = 'money' ORDER BY id FOR UPDATE`,
      [campaignId, from],
    );
    const pledges = rows.map(pledgeOf);
    const pageMax = 1000;
    for (let at = 0; at < pledges.length; at += pageMax) {
      const ids = pledges.slice(at, at + pageMax).map(({ id }) => id);
      await this.moveMany(tx, ids, from, event);
      if (payBy) await sqlOf(tx).change('UPDATE pledge SET pay_by = ? WHERE id IN (?)', [payBy, ids]);
    }
    return pledges;
  }

  /** Those of the pledges that are still to be paid, though their time for it is over. */
  async unpaidForUpdate(tx: Tx, campaignId: Id<'cmp'>, ids: readonly Id<'plg'>[]): Promise<Pledge[]> {
    const rows = await sqlOf(tx).rows<PledgeRecord>(
      `SELECT ${COLUMNS} FROM pledge WHERE id IN (?) AND campaign_id = ? AND state = 'awaiting_payment'
         AND pay_by <= UTC_TIMESTAMP(3) ORDER BY id FOR UPDATE`,
      [ids, campaignId],
    );
    return rows.map(pledgeOf);
  }

  async countMoneyIn(tx: Tx, campaignId: Id<'cmp'>, state: PledgeState): Promise<number> {
    const row = await sqlOf(tx).row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM pledge WHERE campaign_id = ? AND state = ? AND kind = 'money'",
      [campaignId, state],
    );
    return Number(row?.n ?? 0);
  }

  /** A page of pledges that settlement must bring to an end, by id, with those that the decision ended unpaid. */
  async pageForSettlement(
    tx: Tx,
    campaignId: Id<'cmp'>,
    afterId: string,
    limit: number,
  ): Promise<PledgeToSettle[]> {
    const rows = await sqlOf(tx).rows<PledgeRecord>(
      `SELECT id, ask_id, person_id, kind, quantity, state, winning_charge_id FROM pledge
       FORCE INDEX (pledge_by_campaign) WHERE campaign_id = ? AND id > ?
         AND state IN ('promised', 'awaiting_payment', 'held', 'refund_due', 'dropped', 'expired')
       ORDER BY id LIMIT ?`,
      [campaignId, afterId, limit],
    );
    return rows.map((row) => ({
      id: row['id'] as Id<'plg'>,
      askId: row['ask_id'] as Id<'ask'>,
      personId: row['person_id'] as Id<'per'>,
      kind: row['kind'] as Pledge['kind'],
      quantity: BigInt(String(row['quantity'])),
      state: row['state'] as PledgeState,
      winningChargeId: row['winning_charge_id'] as Id<'chg'> | null,
    }));
  }

  async ofPerson(
    personId: Id<'per'>,
    campaignId: Id<'cmp'> | null,
    beforeId: string | null,
    limit: number,
  ): Promise<Pledge[]> {
    const rows = await this.database.rows<PledgeRecord>(
      `SELECT ${COLUMNS} FROM pledge WHERE person_id = ? AND id < ? ${campaignId ? 'AND campaign_id = ?' : ''}
       ORDER BY id DESC LIMIT ?`,
      [personId, beforeId ?? '~', ...(campaignId ? [campaignId] : []), limit],
    );
    return rows.map(pledgeOf);
  }

  async ofCampaign(campaignId: Id<'cmp'>, beforeId: string | null, limit: number): Promise<Pledge[]> {
    const rows = await this.database.rows<PledgeRecord>(
      `SELECT ${COLUMNS} FROM pledge FORCE INDEX (pledge_by_campaign) WHERE campaign_id = ? AND id < ?
         AND state NOT IN ('withdrawn') ORDER BY id DESC LIMIT ?`,
      [campaignId, beforeId ?? '~', limit],
    );
    return rows.map(pledgeOf);
  }

  async anonymousAmong(ids: readonly Id<'plg'>[]): Promise<Set<Id<'plg'>>> {
    if (ids.length === 0) return new Set();
    const rows = await this.database.rows<{ id: Id<'plg'> }>(
      'SELECT id FROM pledge WHERE id IN (?) AND anonymous = 1',
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async textOf(id: Id<'plg'>): Promise<string | null> {
    const row = await this.database.row<{ text: string }>(
      'SELECT text FROM pledge_text WHERE pledge_id = ?',
      [id],
    );
    return row?.text ?? null;
  }
}

async function read(sql: Sql, id: Id<'plg'>, lock: '' | 'FOR UPDATE'): Promise<Pledge | null> {
  const row = await sql.row<PledgeRecord>(`SELECT ${COLUMNS} FROM pledge WHERE id = ? ${lock}`, [id]);
  return row && pledgeOf(row);
}

function pledgeOf(row: PledgeRecord): Pledge {
  return {
    id: row['id'] as Id<'plg'>,
    campaignId: row['campaign_id'] as Id<'cmp'>,
    askId: row['ask_id'] as Id<'ask'>,
    slotId: row['slot_id'] as Id<'slt'> | null,
    communityId: row['community_id'] as Id<'com'>,
    personId: row['person_id'] as Id<'per'>,
    householdId: row['household_id'] as Id<'hhd'>,
    kind: row['kind'] as Pledge['kind'],
    quantity: BigInt(String(row['quantity'])),
    places: Number(row['places']),
    state: row['state'] as PledgeState,
    version: Number(row['version']),
    anonymous: Boolean(Number(row['anonymous'])),
    submittedBy: row['submitted_by'] as Id<'per'>,
    payBy: row['pay_by'] as Date | null,
    winningChargeId: row['winning_charge_id'] as Id<'chg'> | null,
    createdAt: row['created_at'] as Date,
  };
}
