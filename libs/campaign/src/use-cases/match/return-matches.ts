import { Injectable } from '@nestjs/common';
import { Outbox, type Id, type Tx } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { matchAccount } from '../../domain/match-accounts.js';
import type { MatchBindingState } from '../../domain/match-binding.js';
import {
  owedToDonor,
  returnOf,
  withinRoom,
  type MatchReturn,
  type ReturnCause,
} from '../../domain/match-return.js';
import type { BoundRow } from '../../store/match-binding.store.js';
import { MatchReturnStore } from '../../store/match-return.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { ReleaseMatches } from './release-matches.js';

/** A payer's money that went back, all refunds together. */
export interface OwnBack {
  readonly pledgeId: Id<'plg'>;
  /** Fen. */
  readonly back: bigint;
}

const OWED: readonly MatchBindingState[] = ['due', 'receipt_entered', 'write_off_proposed', 'received'];

/** Takes back what was confirmed for pledges: in proportion to what their payers got back, or because the donor never paid. */
@Injectable()
export class ReturnMatches {
  constructor(
    private readonly stores: MatchStores,
    private readonly returns: MatchReturnStore,
    private readonly release: ReleaseMatches,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  /** The match money of a campaign, locked. Whoever also locks its budgets does so afterwards. */
  async lock(tx: Tx, campaignId: Id<'cmp'>): Promise<BoundRow[]> {
    const bound = await this.stores.bindings.lockOfCampaign(tx, campaignId);
    return bound.filter(({ pool, binding }) => pool.unit === 'fen' && OWED.includes(binding.state));
  }

  /**
   * Returns the match of money that went back. `room` is what is left of the matched money that came: more of it cannot
   * go back, since it is spent. Gives the fen that are to be paid back to the donors.
   */
  async ofRefunds(
    tx: Tx,
    bound: readonly BoundRow[],
    refunds: { readonly causeId: Id<'rfr'>; readonly backs: readonly OwnBack[]; readonly room: bigint },
  ): Promise<bigint> {
    const { causeId, room } = refunds;
    if (bound.length === 0) return 0n;
    const backs = new Map(refunds.backs.map(({ pledgeId, back }) => [pledgeId, back]));
    const lines = await this.returns.ofPledges(tx, [...backs.keys()]);
    const wanted = lines
      .map((line) => returnOf(line, backs.get(line.pledgeId)!))
      .filter((one) => one.wanted > 0n);
    const isPaid = new Set(
      bound.flatMap(({ pool, binding }) => (binding.state === 'received' ? [pool.id] : [])),
    );
    const returns = [
      ...wanted.filter(({ line }) => !isPaid.has(line.poolId)),
      ...withinRoom(
        wanted.filter(({ line }) => isPaid.has(line.poolId)),
        room,
      ),
    ];
    let toDonors = 0n;
    for (const row of bound) {
      const mine = returns.filter(({ line }) => line.poolId === row.pool.id);
      toDonors += await this.back(tx, row, { cause: 'refunded', causeId, returns: mine });
    }
    return toDonors;
  }

  /** Everything that a donor still owes a campaign. */
  async writeOff(tx: Tx, row: BoundRow): Promise<void> {
    const lines = await this.returns.ofBinding(tx, row.binding);
    const returns = lines
      .map((line) => ({ line, ownBack: 0n, wanted: line.amount - line.returned }))
      .filter(({ wanted }) => wanted > 0n)
      .map((one) => ({ ...one, amount: one.wanted }));
    await this.back(tx, row, { cause: 'written_off', causeId: row.binding.id, returns });
    const ended = lines.map(({ id }) => ({ id, state: 'confirmed' as const }));
    await this.stores.reservations.move(tx, ended, 'write_off', null);
  }

  private async back(
    tx: Tx,
    { binding, pool }: BoundRow,
    what: {
      readonly cause: ReturnCause;
      readonly causeId: Id<'rfr'> | Id<'mbd'>;
      readonly returns: readonly MatchReturn[];
    },
  ): Promise<bigint> {
    if (what.returns.length === 0) return 0n;
    await this.returns.insert(tx, binding.id, what);
    const amount = what.returns.reduce((sum, one) => sum + one.amount, 0n);
    if (amount === 0n) return 0n;
    const { campaignId } = binding;
    const after = { ...binding, returned: binding.returned + amount };
    const toDonor = owedToDonor(after) - owedToDonor(binding);
    await this.stores.pools.move(tx, pool.id, { reserved: -amount, released: amount, spent: -toDonor });
    await this.stores.bindings.move(tx, campaignId, pool.id, {
      ...{ reserved: -amount, released: amount, returned: amount },
    });
    const key = `${what.causeId}:${pool.id}`;
    await this.ledger.post(tx, [
      {
        id: transferId(`match:${key}:back`),
        kind: 'single',
        debit: matchAccount('match_to', pool.unit, campaignId),
        credit: matchAccount('match_pool', pool.unit, pool.id),
        amount,
        reason: what.cause === 'refunded' ? 'match-returned' : 'match-written-off',
        ref: binding.id,
      },
    ]);
    await this.release.home(tx, pool, key, amount);
    const isOver = after.returned === after.confirmed && what.cause === 'refunded';
    if (isOver && (binding.state === 'due' || binding.state === 'write_off_proposed')) {
      const open = { write_off_reason: null, write_off_by: null };
      await this.stores.bindings.changeState(tx, binding, 'release', open, 'refunded');
    }
    await this.outbox.add(tx, [{ topic: 'match.changed', ref: pool.id }]);
    return toDonor;
  }
}
