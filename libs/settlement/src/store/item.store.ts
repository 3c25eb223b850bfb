import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Action, PledgeKind } from '../domain/action.js';
import type { ItemGroup } from '../domain/report.js';
import type { ItemState } from '../domain/run.machine.js';
import type { Chunk, Item, Progress } from '../domain/settlement.js';

const reasonLength = 300;
const COLUMNS = 'pledge_id, chunk_no, ask_id, kind, quantity, from_state, action, charge_id, state, reason';

interface ItemRecord {
  readonly pledge_id: Id<'plg'>;
  readonly chunk_no: number;
  readonly ask_id: Id<'ask'>;
  readonly kind: PledgeKind;
  readonly quantity: string;
  readonly from_state: Item['fromState'];
  readonly action: Action | null;
  readonly charge_id: Id<'chg'> | null;
  readonly state: ItemState;
  readonly reason: string | null;
}

export type NewItem = Omit<Item, 'reason'>;

@Injectable()
export class ItemStore {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, runId: Id<'run'>, items: readonly NewItem[]): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO settlement_item (run_id, pledge_id, chunk_no, ask_id, kind, quantity, from_state, action, charge_id, state)
       VALUES ?`,
      [
        items.map((item) => [
          runId,
          item.pledgeId,
          item.chunkNo,
          item.askId,
          item.kind,
          item.quantity,
          item.fromState,
          item.action,
          item.chargeId,
          item.state,
        ]),
      ],
    );
  }

  /** The items of a chunk that are still to be done, by the id of their pledge. */
  async due(tx: Tx, chunk: Chunk): Promise<Item[]> {
    const rows = await sqlOf(tx).rows<ItemRecord>(
      `SELECT ${COLUMNS} FROM settlement_item
       WHERE run_id = ? AND pledge_id BETWEEN ? AND ? AND state = 'due' ORDER BY pledge_id`,
      [chunk.runId, chunk.firstPledgeId, chunk.lastPledgeId],
    );
    return rows.map(itemOf);
  }

  /** Ends by one statement what is due in a chunk and waits for nobody. Returns how many items that were. */
  async settleDue(tx: Tx, chunk: Chunk, waits: readonly Action[]): Promise<number> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE settlement_item SET state = 'done', changed_at = UTC_TIMESTAMP(3)
       WHERE run_id = ? AND pledge_id BETWEEN ? AND ? AND state = 'due' AND action NOT IN (?)`,
      [chunk.runId, chunk.firstPledgeId, chunk.lastPledgeId, waits],
    );
    return affectedRows;
  }

  /** Moves the named items on together; returns how many were still due. */
  async changeDue(
    tx: Tx,
    runId: Id<'run'>,
    pledgeIds: readonly Id<'plg'>[],
    to: 'waiting' | 'done',
  ): Promise<number> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE settlement_item SET state = ?, changed_at = UTC_TIMESTAMP(3)
       WHERE run_id = ? AND pledge_id IN (?) AND state = 'due'`,
      [to, runId, pledgeIds],
    );
    return affectedRows;
  }

  /** Moves one item on; false when it was not in `from` any more. */
  async change(
    tx: Tx,
    key: { readonly runId: Id<'run'>; readonly pledgeId: Id<'plg'> },
    from: ItemState,
    to: ItemState,
    reason: string | null = null,
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE settlement_item SET state = ?, reason = ?, changed_at = UTC_TIMESTAMP(3)
       WHERE run_id = ? AND pledge_id = ? AND state = ?`,
      [to, reason?.slice(0, reasonLength) ?? null, key.runId, key.pledgeId, from],
    );
    return affectedRows === 1;
  }

  /** What a human's repair of the pledge made of the item's task. */
  async replan(
    tx: Tx,
    key: { readonly runId: Id<'run'>; readonly pledgeId: Id<'plg'> },
    plan: Pick<Item, 'fromState' | 'action' | 'chargeId'>,
  ): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE settlement_item SET from_state = ?, action = ?, charge_id = ? WHERE run_id = ? AND pledge_id = ?',
      [plan.fromState, plan.action, plan.chargeId, key.runId, key.pledgeId],
    );
  }

  async findForUpdate(tx: Tx, runId: Id<'run'>, pledgeId: Id<'plg'>): Promise<Item | null> {
    const row = await sqlOf(tx).row<ItemRecord>(
      `SELECT ${COLUMNS} FROM settlement_item WHERE run_id = ? AND pledge_id = ? FOR UPDATE`,
      [runId, pledgeId],
    );
    return row && itemOf(row);
  }

  /** Where the items of a range stand. */
  async standing(
    tx: Tx,
    chunk: Pick<Chunk, 'runId' | 'firstPledgeId' | 'lastPledgeId'>,
  ): Promise<Omit<Progress, 'items'>> {
    const rows = await sqlOf(tx).rows<{ state: ItemState; n: string }>(
      `SELECT state, COUNT(*) AS n FROM settlement_item WHERE run_id = ? AND pledge_id BETWEEN ? AND ? GROUP BY state`,
      [chunk.runId, chunk.firstPledgeId, chunk.lastPledgeId],
    );
    const of = (state: ItemState): number => Number(rows.find((row) => row.state === state)?.n ?? 0);
    return { due: of('due'), waiting: of('waiting'), done: of('done'), needsHuman: of('needs_human') };
  }

  /** The sums of a run's items; reads all of them, so the caller keeps the answer for a while. */
  async groups(runId: Id<'run'>, tx?: Tx): Promise<ItemGroup[]> {
    const rows = await (tx ? sqlOf(tx) : this.database).rows<
      Pick<ItemRecord, 'ask_id' | 'kind' | 'action' | 'state'> & { pledges: string; quantity: string }
    >(
      `SELECT ask_id, kind, action, state, COUNT(*) AS pledges, SUM(quantity) AS quantity
       FROM settlement_item WHERE run_id = ? GROUP BY ask_id, kind, action, state`,
      [runId],
    );
    return rows.map((row) => ({
      ...{ askId: row.ask_id, kind: row.kind, action: row.action, state: row.state },
      ...{ pledges: Number(row.pledges), quantity: BigInt(row.quantity) },
    }));
  }

  /** Items for a human or for somebody outside, by the id of their pledge. Only open chunks can hold one. */
  async unsettled(
    runId: Id<'run'>,
    state: 'waiting' | 'needs_human',
    page: { readonly after: string; readonly limit: number },
  ): Promise<Item[]> {
    const counter = state === 'waiting' ? 'waiting' : 'needs_human';
    const rows = await this.database.rows<ItemRecord>(
      `SELECT i.pledge_id, i.chunk_no, i.ask_id, i.kind, i.quantity, i.from_state, i.action, i.charge_id,
              i.state, i.reason
       FROM settlement_chunk c JOIN settlement_item i
         ON i.run_id = c.run_id AND i.pledge_id BETWEEN c.first_pledge_id AND c.last_pledge_id AND i.state = ?
       WHERE c.run_id = ? AND c.${counter} > 0 AND c.last_pledge_id > ? AND i.pledge_id > ?
       ORDER BY i.pledge_id LIMIT ?`,
      [state, runId, page.after, page.after, page.limit],
    );
    return rows.map(itemOf);
  }
}

function itemOf(row: ItemRecord): Item {
  return {
    pledgeId: row.pledge_id,
    chunkNo: Number(row.chunk_no),
    askId: row.ask_id,
    kind: row.kind,
    quantity: BigInt(row.quantity),
    fromState: row.from_state,
    action: row.action,
    chargeId: row.charge_id,
    state: row.state,
    reason: row.reason,
  };
}
