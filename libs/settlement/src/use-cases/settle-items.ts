import { Injectable } from '@nestjs/common';
import { PledgeRangeStore, PledgeStore, type PledgeEvent, type PledgeState } from '@hehuo/campaign';
import { derivedId, type Tx } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { RequestRefund } from '@hehuo/payment';
import { ACTION_RULES, type Action, type ActionRule } from '../domain/action.js';
import { SettlementError } from '../domain/errors.js';
import type { Chunk, Item, Run } from '../domain/settlement.js';
import { refundFact } from './take-pledge-back.js';

type PlannedItem = Item & { readonly action: Action };

/**
 * Ends pledges and moves the books with them, inside the caller's transaction and by statements over all of them at
 * once. Anything that does not fit exactly throws: the caller rolls back and then looks at each item by itself.
 */
@Injectable()
export class SettleItems {
  constructor(
    private readonly pledges: PledgeStore,
    private readonly ranges: PledgeRangeStore,
    private readonly ledger: Ledger,
    private readonly refunds: RequestRefund,
  ) {}

  async execute(tx: Tx, run: Run, items: readonly Item[]): Promise<void> {
    const planned = items.map(withAction);
    for (const group of byStep(planned)) await this.movePledges(tx, ACTION_RULES[group[0]!.action], group);
    await this.move(tx, run, planned);
  }

  /** The same for all that a chunk can end without waiting: the pledges move by the range of their ids. */
  async executeRange(tx: Tx, run: Run, chunk: Chunk, items: readonly Item[]): Promise<void> {
    const planned = items.map(withAction);
    const moved = await this.ranges.move(tx, {
      ...{ campaignId: run.campaignId, firstId: chunk.firstPledgeId, lastId: chunk.lastPledgeId },
      steps: byStep(planned).map(([first]) => ({
        askId: first!.askId,
        from: first!.fromState as PledgeState,
        event: ACTION_RULES[first!.action].event as PledgeEvent,
      })),
    });
    if (moved !== planned.length) throw notAsExpected('as it was');
    await this.move(tx, run, planned);
  }

  private async move(tx: Tx, run: Run, planned: readonly PlannedItem[]): Promise<void> {
    await this.resolvePromises(tx, planned);
    await this.refund(
      tx,
      planned.filter(({ action }) => action === 'refund'),
    );
    await this.pay(tx, run, planned);
  }

  private async movePledges(tx: Tx, rule: ActionRule, group: readonly PlannedItem[]): Promise<void> {
    if (rule.event === null) return;
    const from = group[0]!.fromState;
    const ids = group.map(({ pledgeId }) => pledgeId);
    const moved = await this.pledges.moveMany(tx, ids, from as PledgeState, rule.event as PledgeEvent);
    if (moved !== ids.length) {
      throw new SettlementError(
        'pledge_moved',
        `the pledge is not ${from} any more; look at what changed it`,
      );
    }
  }

  private async resolvePromises(tx: Tx, items: readonly PlannedItem[]): Promise<void> {
    for (const how of ['post', 'void'] as const) {
      const ids = items
        .filter(({ action }) => ACTION_RULES[action].promise === how)
        .map(({ pledgeId }) => derivedId('trf', pledgeId));
      if (ids.length > 0) await this.ledger.resolve(tx, how, ids);
    }
  }

  private async refund(tx: Tx, items: readonly PlannedItem[]): Promise<void> {
    if (items.length === 0) return;
    const wishes = items.map(({ pledgeId, chargeId, quantity }) => {
      if (chargeId === null) {
        throw new SettlementError('pledge_moved', 'the pledge is held but names no charge; find its payment');
      }
      return { chargeId, amount: quantity, fact: refundFact(pledgeId), reason: 'settled' };
    });
    await this.refunds.executeMany(tx, wishes);
  }

  /** Last, because every chunk of the campaign locks these two accounts: the shorter before the commit, the better. */
  private async pay(tx: Tx, run: Run, items: readonly PlannedItem[]): Promise<void> {
    const paid = items.filter(({ action }) => action === 'pay');
    const [first] = paid;
    if (!first) return;
    const account = (code: 'escrow' | 'payable') => ({ unit: 'fen', code, owner: run.campaignId }) as const;
    await this.ledger.post(tx, [
      {
        id: transferId(`settle:${first.pledgeId}`),
        kind: 'single',
        debit: account('escrow'),
        credit: account('payable'),
        amount: paid.reduce((sum, { quantity }) => sum + quantity, 0n),
        reason: 'settled',
        ref: run.id,
      },
    ]);
  }
}

function notAsExpected(from: string): SettlementError {
  return new SettlementError('pledge_moved', `the pledge is not ${from} any more; look at what changed it`);
}

function withAction(item: Item): PlannedItem {
  if (item.action === null) {
    throw new SettlementError(
      'pledge_moved',
      `no rule says what becomes of ${item.kind} that is ${item.fromState}; a person must decide`,
    );
  }
  return { ...item, action: item.action };
}

/** Pledges of one ask in one state go the same way. */
function byStep(items: readonly PlannedItem[]): PlannedItem[][] {
  const groups = new Map<string, PlannedItem[]>();
  for (const item of items) {
    const key = `${item.askId}|${item.fromState}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
