import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { dayBefore, nextDay } from '../domain/bill-calendar.js';
import {
  BILL_DAY_MACHINE,
  healingHours,
  waitingHours,
  type BillDay,
  type BillDayState,
} from '../domain/bill-day.js';
import { DIFFERENCE_OPEN, type Difference } from '../domain/difference.js';
import { BilledObjectStore } from '../store/billed-object.store.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { DifferenceStore } from '../store/difference.store.js';
import { RaiseDifferences } from './raise-differences.js';
import { Trail } from './trail.js';

const hourSeconds = 3_600;

/** What follows once the lines of a day are decided: what no bill tells, what healed, and whether the day is closed. */
@Injectable()
export class SettleBillDay {
  constructor(
    private readonly days: BillDayStore,
    private readonly objects: BilledObjectStore,
    private readonly differences: DifferenceStore,
    private readonly raise: RaiseDifferences,
    private readonly trail: Trail,
  ) {}

  /** Whether the next day's bill was matched as well: movements around midnight may be told on either side of it. */
  async isGraceOver(tx: Tx, day: BillDay): Promise<boolean> {
    const next = await this.days.ofMerchant(day, nextDay(day.day), sqlOf(tx));
    return next !== null && next.state !== 'due' && next.state !== 'imported';
  }

  /** The day is locked, and its lines are decided. `waitsForLines`: some of them may still be learned of. */
  async execute(tx: Tx, day: BillDay, isGraceOver: boolean, waitsForLines: boolean): Promise<BillDayState> {
    await this.heal(tx, day);
    const untold = await this.objects.untold(day, sqlOf(tx));
    if (isGraceOver) await this.raise.ofMissing(tx, day, untold);
    const waits = !isGraceOver && (waitsForLines || untold.length > 0);
    const before = await this.days.ofMerchant(day, dayBefore(day.day), sqlOf(tx));
    if (before) await this.days.wake(tx, [before.id]);
    return this.move(tx, day, await this.differences.ofDay(day.id, sqlOf(tx)), waits);
  }

  private async heal(tx: Tx, day: BillDay): Promise<void> {
    const healed = await this.differences.toldMeanwhile(tx, day);
    for (const difference of healed) await this.raise.heal(tx, difference, 'a later bill has it');
    await this.days.wake(
      tx,
      healed.map(({ billDayId }) => billDayId).filter((id) => id !== day.id),
    );
  }

  private async move(
    tx: Tx,
    day: BillDay,
    differences: readonly Difference[],
    waits: boolean,
  ): Promise<BillDayState> {
    const open = differences.filter(({ state }) => DIFFERENCE_OPEN.includes(state));
    const canHeal = open.some(({ kind }) => kind === 'status' || kind === 'missing_remote');
    const isClosed = open.length === 0 && !waits;
    const steps: { from: BillDayState; to: BillDayState; event: 'match' | 'close' }[] = [];
    let state = day.state;
    for (const event of ['match', 'close'] as const) {
      if ((event === 'close' && !isClosed) || !BILL_DAY_MACHINE.can(state, event)) continue;
      const to = BILL_DAY_MACHINE.next(state, event);
      steps.push({ from: state, to, event });
      state = to;
    }
    await this.days.settle(
      tx,
      day,
      state,
      waits ? waitingHours * hourSeconds : canHeal ? healingHours * hourSeconds : null,
    );
    await this.trail.leave(
      tx,
      steps.map((step) => ({ objectType: 'bill_day', objectId: day.id, ...step })),
      [{ topic: 'bill.matched', ref: day.id }],
    );
    return state;
  }
}
