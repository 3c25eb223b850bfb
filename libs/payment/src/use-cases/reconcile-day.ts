import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { BillDayState } from '../domain/bill-day.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { FetchBill } from './fetch-bill.js';
import { MatchBill } from './match-bill.js';

const claimSeconds = 300;

/** Brings a day as far as it goes: fetches its bill, or asks for it a second time, and matches it. */
@Injectable()
export class ReconcileDay {
  constructor(
    private readonly days: BillDayStore,
    private readonly fetch: FetchBill,
    private readonly match: MatchBill,
  ) {}

  /** The state that the day is in afterwards; null when somebody else is at it. */
  async execute(dayId: Id<'bld'>): Promise<BillDayState | null> {
    if (!(await this.days.claim(dayId, claimSeconds))) return null;
    return this.now(dayId, await this.days.wantsSecondDownload(dayId));
  }

  /** The same at a person's wish, without waiting for its time. With `anew` a bill that is here is fetched again. */
  async now(dayId: Id<'bld'>, anew: boolean): Promise<BillDayState | null> {
    const day = await this.days.find(dayId);
    if (!day) return null;
    if ((day.state === 'due' || anew) && !(await this.fetch.execute(day))) return day.state;
    return this.match.execute(dayId);
  }
}
