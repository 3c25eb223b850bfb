import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { pairKey, type Promised } from '../domain/admission.js';
import type { Kind } from '../domain/kind.js';
import type { AskTally } from '../domain/decision.js';
import type { Policies, PaymentMode } from '../domain/campaign.js';
import { ACTIVE_PLEDGE_STATES } from '../domain/pledge.machine.js';
import type { OpenAsk, OpenSlot, PledgeTerms } from '../domain/pledge.js';

type Row = Record<string, string | number | Date | null>;

export interface BookPage {
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
  readonly terms: PledgeTerms;
  /** The database's clock, read after the lock was granted: a statement that waited for it began too early. */
  readonly now: Date;
  readonly asks: Map<Id<'ask'>, OpenAsk>;
}

/** Loads what a batch of pledges is decided by, and writes the counters it moved. The caller holds the intake's lock. */
@Injectable()
export class IntakeBookStore {
  async page(tx: Tx, campaignId: Id<'cmp'>): Promise<BookPage | null> {
    const rows = await sqlOf(tx).rows<Row>(
      `SELECT c.community_id, c.organiser_id, c.failure_policy, c.surplus_policy, c.scope_change_policy, c.payment_mode,
              a.id, a.kind, a.minimum, a.cap, a.per_person_max, a.per_pledge_max, a.goods_mode,
              i.reserved, i.held, i.pledges, UTC_TIMESTAMP(3) AS now
       FROM ask_intake i JOIN ask a ON a.id = i.ask_id JOIN campaign c ON c.id = i.campaign_id
       WHERE i.campaign_id = ?`,
      [campaignId],
    );
    const [first] = rows;
    if (!first) return null;
    return {
      communityId: first['community_id'] as Id<'com'>,
      organiserId: first['organiser_id'] as Id<'per'>,
      now: first['now'] as Date,
      terms: {
        paymentMode: first['payment_mode'] as PaymentMode | null,
        policies: {
          failure: first['failure_policy'],
          surplus: first['surplus_policy'],
          scopeChange: first['scope_change_policy'],
        } as Policies,
      },
      asks: new Map(rows.map((row) => [row['id'] as Id<'ask'>, openAsk(row)])),
    };
  }

  async slots(
    tx: Tx,
    slotIds: readonly Id<'slt'>[],
    campaignId: Id<'cmp'>,
  ): Promise<Map<Id<'slt'>, OpenSlot>> {
    if (slotIds.length === 0) return new Map();
    const rows = await sqlOf(tx).rows<Row>(
      `SELECT id, ask_id, starts_at, TIMESTAMPDIFF(MINUTE, starts_at, ends_at) AS minutes, capacity, reserved
       FROM slot WHERE id IN (?) AND campaign_id = ?`,
      [slotIds, campaignId],
    );
    return new Map(
      rows.map((row) => [
        row['id'] as Id<'slt'>,
        {
          id: row['id'] as Id<'slt'>,
          askId: row['ask_id'] as Id<'ask'>,
          startsAt: row['starts_at'] as Date,
          minutes: BigInt(String(row['minutes'])),
          capacity: Number(row['capacity']),
          reserved: Number(row['reserved']),
        },
      ]),
    );
  }

  /** What these people already promised to these asks. */
  async promised(
    tx: Tx,
    askIds: readonly Id<'ask'>[],
    personIds: readonly Id<'per'>[],
  ): Promise<Map<string, Promised>> {
    if (askIds.length === 0) return new Map();
    const rows = await sqlOf(tx).rows<{ ask_id: string; person_id: string; sum: string; pledges: string }>(
      `SELECT ask_id, person_id, SUM(IF(state IN (?), quantity, 0)) AS sum, COUNT(*) AS pledges FROM pledge
       WHERE ask_id IN (?) AND person_id IN (?) GROUP BY ask_id, person_id`,
      [[...ACTIVE_PLEDGE_STATES], askIds, personIds],
    );
    return new Map(
      rows.map((row) => [
        pairKey(row.ask_id, row.person_id),
        { quantity: BigInt(row.sum), pledges: Number(row.pledges) },
      ]),
    );
  }

  async attentive(
    tx: Tx,
    askIds: readonly Id<'ask'>[],
    householdIds: readonly Id<'hhd'>[],
  ): Promise<Set<string>> {
    if (askIds.length === 0 || householdIds.length === 0) return new Set();
    const rows = await sqlOf(tx).rows<{ ask_id: string; attention_of: string }>(
      'SELECT ask_id, attention_of FROM pledge WHERE ask_id IN (?) AND attention_of IN (?)',
      [askIds, householdIds],
    );
    return new Set(rows.map((row) => pairKey(row.ask_id, row.attention_of)));
  }

  /** Adds to an ask's counters; negative to give room back. */
  async moveAsk(
    tx: Tx,
    askId: Id<'ask'>,
    by: { reserved?: bigint; held?: bigint; pledges?: bigint },
  ): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE ask_intake SET reserved = reserved + ?, held = held + ?, pledges = pledges + ? WHERE ask_id = ?',
      [by.reserved ?? 0n, by.held ?? 0n, by.pledges ?? 0n, askId],
    );
  }

  async moveSlot(tx: Tx, slotId: Id<'slt'>, places: number): Promise<void> {
    // Subtracting from an unsigned column would overflow where adding a signed number would not.
    await sqlOf(tx).change(
      places < 0
        ? 'UPDATE slot SET reserved = reserved - ? WHERE id = ?'
        : 'UPDATE slot SET reserved = reserved + ? WHERE id = ?',
      [Math.abs(places), slotId],
    );
  }

  async countPledges(tx: Tx, campaignId: Id<'cmp'>, by: number): Promise<void> {
    await sqlOf(tx).change(
      by < 0
        ? 'UPDATE intake SET pledges = pledges - ?, version = version + 1 WHERE campaign_id = ?'
        : 'UPDATE intake SET pledges = pledges + ?, version = version + 1 WHERE campaign_id = ?',
      [Math.abs(by), campaignId],
    );
  }

  /** The database's clock at this moment. */
  async now(tx: Tx): Promise<Date> {
    const row = await sqlOf(tx).row<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now');
    if (!row) throw new Error('the database does not tell the time');
    return row.now;
  }

  /** The counters as the decision reads them. */
  async tallies(tx: Tx, campaignId: Id<'cmp'>): Promise<AskTally[]> {
    return (await sqlOf(tx).rows<Row>(TALLIES, [campaignId])).map(tally);
  }

  /** The same sums counted from the pledges themselves; they must agree with the counters. */
  async recount(tx: Tx, campaignId: Id<'cmp'>): Promise<Map<string, { reserved: bigint; held: bigint }>> {
    const rows = await sqlOf(tx).rows<{ ask_id: string; reserved: string; held: string }>(
      `SELECT ask_id, SUM(quantity) AS reserved, SUM(IF(state = 'held', quantity, 0)) AS held
       FROM pledge WHERE campaign_id = ? AND state IN (?) GROUP BY ask_id`,
      [campaignId, [...ACTIVE_PLEDGE_STATES]],
    );
    return new Map(
      rows.map((row) => [row.ask_id, { reserved: BigInt(row.reserved), held: BigInt(row.held) }]),
    );
  }
}

export const TALLIES = `
  SELECT a.id, a.kind, a.title, a.minimum, a.wanted, a.required, COALESCE(i.reserved, 0) AS reserved,
         COALESCE(i.held, 0) AS held, COALESCE(i.pledges, 0) AS pledges
  FROM ask a LEFT JOIN ask_intake i ON i.ask_id = a.id WHERE a.campaign_id = ? ORDER BY a.position`;

export function tally(row: Row): AskTally {
  const big = (name: string): bigint => BigInt(String(row[name]));
  return {
    askId: String(row['id']),
    kind: row['kind'] as Kind,
    title: String(row['title']),
    minimum: big('minimum'),
    wanted: big('wanted'),
    required: Number(row['required']) === 1,
    reserved: big('reserved'),
    held: big('held'),
    pledges: big('pledges'),
  };
}

function openAsk(row: Row): OpenAsk {
  const big = (name: string): bigint | null => (row[name] === null ? null : BigInt(String(row[name])));
  return {
    id: row['id'] as Id<'ask'>,
    kind: row['kind'] as Kind,
    minimum: big('minimum') ?? 0n,
    cap: big('cap'),
    perPersonMax: big('per_person_max'),
    perPledgeMax: big('per_pledge_max'),
    goodsMode: row['goods_mode'] as OpenAsk['goodsMode'],
    reserved: big('reserved') ?? 0n,
    held: big('held') ?? 0n,
    pledges: big('pledges') ?? 0n,
  };
}
