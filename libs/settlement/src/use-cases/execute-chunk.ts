import { Injectable } from '@nestjs/common';
import { PledgeStore } from '@hehuo/campaign';
import { DomainError, Outbox, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlStateOf } from '@hehuo/platform';
import { ACTION_RULES, ACTIONS, type Action } from '../domain/action.js';
import { isPoison } from '../domain/failure.js';
import { chunkAttemptsMax, pauseSeconds } from '../domain/retry.js';
import type { Chunk, Item, Run } from '../domain/settlement.js';
import { SettlementStores } from '../store/settlement-stores.js';
import { SettleItems } from './settle-items.js';

/** Refunds write more rows each; fewer a transaction keep it short. */
const refundsPerTransaction = 100;
const WAITING_ACTIONS: readonly Action[] = ACTIONS.filter((action) => ACTION_RULES[action].waits);

/**
 * Ends the pledges of one chunk. All that need nobody outside end in one transaction; refunds follow in smaller ones.
 * One bad pledge must not hold up the rest: then each goes by itself, and the bad one waits for a human with the
 * reason. Every write is guarded by the chunk's token and fence, so an overtaken worker changes nothing.
 */
@Injectable()
export class ExecuteChunk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: SettlementStores,
    private readonly settle: SettleItems,
    private readonly pledges: PledgeStore,
    private readonly outbox: Outbox,
    private readonly log: StateLog,
  ) {}

  /** Throws when the chunk could not be worked on at all; it is then due again after a pause. */
  async execute(run: Run, chunk: Chunk): Promise<void> {
    try {
      await this.allAtOnce(run, chunk);
    } catch (error) {
      if (!isPoison(factsOf(error)) && chunk.attempts < chunkAttemptsMax) {
        await this.stores.chunks.putBack(chunk, pauseSeconds(chunk.attempts, Math.random()));
        throw error;
      }
      await this.oneByOne(run, chunk);
    }
  }

  private async allAtOnce(run: Run, chunk: Chunk): Promise<void> {
    const rest = await this.held(run, chunk, async (tx) => {
      const due = await this.stores.items.due(tx, chunk);
      const now = due.filter(({ action }) => action === null || !ACTION_RULES[action].waits);
      if (now.length > 0) {
        await this.settle.executeRange(tx, run, chunk, now);
        await this.stores.items.settleDue(tx, chunk, WAITING_ACTIONS);
      }
      return due.filter(({ action }) => action !== null && ACTION_RULES[action].waits);
    });
    const waiting = rest ?? [];
    for (let at = 0; at < waiting.length; at += refundsPerTransaction) {
      const some = waiting.slice(at, at + refundsPerTransaction);
      await this.held(run, chunk, (tx) => this.sendOff(tx, run, some));
    }
  }

  private async oneByOne(run: Run, chunk: Chunk): Promise<void> {
    const due = await this.held(run, chunk, (tx) => this.stores.items.due(tx, chunk));
    for (const item of due ?? []) {
      try {
        await this.held(run, chunk, (tx) => this.one(tx, run, item));
      } catch (error) {
        if (!isPoison(factsOf(error)) && chunk.attempts < chunkAttemptsMax) {
          await this.stores.chunks.putBack(chunk, pauseSeconds(chunk.attempts, Math.random()));
          throw error;
        }
        await this.held(run, chunk, (tx) => this.leaveToHuman(tx, run.id, item, error));
      }
    }
  }

  private async one(tx: Tx, run: Run, item: Item): Promise<void> {
    if (item.action !== null && ACTION_RULES[item.action].waits) return this.sendOff(tx, run, [item]);
    await this.settle.execute(tx, run, [item]);
    await this.stores.items.change(tx, { runId: run.id, pledgeId: item.pledgeId }, 'due', 'done');
  }

  private async sendOff(tx: Tx, run: Run, items: readonly Item[]): Promise<void> {
    await this.settle.execute(tx, run, items);
    const ids = items.map(({ pledgeId }) => pledgeId);
    await this.stores.items.changeDue(tx, run.id, ids, 'waiting');
    // A refund that was under way before the decision may have arrived before its item was written.
    for (const { action, pledgeId } of items) {
      if (action !== 'await_refund') continue;
      const { state } = await this.pledges.findForUpdate(tx, pledgeId);
      if (state === 'refunded')
        await this.stores.items.change(tx, { runId: run.id, pledgeId }, 'waiting', 'done');
    }
  }

  private async leaveToHuman(tx: Tx, runId: Id<'run'>, item: Item, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const key = { runId, pledgeId: item.pledgeId };
    if (!(await this.stores.items.change(tx, key, 'due', 'needs_human', reason))) return;
    const change = { from: 'due', to: 'needs_human', event: 'get_stuck', reason: reason.slice(0, 500) };
    await this.log.append(tx, [{ objectType: 'settlement_item', objectId: item.pledgeId, ...change }]);
  }

  /** One transaction that holds the chunk and leaves its counters right; null when the chunk is somebody else's now. */
  private async held<T>(run: Run, chunk: Chunk, work: (tx: Tx) => Promise<T>): Promise<T | null> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.stores.chunks.hold(tx, chunk))) return null;
      const result = await work(tx);
      const standing = await this.stores.items.standing(tx, chunk);
      await this.stores.chunks.count(tx, run.id, chunk.no, standing);
      if (standing.due === 0)
        await this.outbox.add(tx, [{ topic: 'settlement.changed', ref: run.campaignId }]);
      return result;
    });
  }
}

function factsOf(error: unknown): { isRefusal: boolean; sqlState: string | null } {
  return { isRefusal: error instanceof DomainError, sqlState: sqlStateOf(error) };
}
