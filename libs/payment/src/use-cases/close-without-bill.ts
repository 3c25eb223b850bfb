import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { dayBefore } from '../domain/bill-calendar.js';
import { BILL_DAY_MACHINE, overdueDays, type BillDay, type BillDayState } from '../domain/bill-day.js';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, type Officer } from '../domain/officer.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';
import { BilledObjectStore } from '../store/billed-object.store.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Trail } from './trail.js';

export interface ForgoBillInput extends Act<Officer> {
  readonly dayId: Id<'bld'>;
}

export interface ForgoneAnswer {
  readonly id: Id<'bld'>;
  readonly state: BillDayState;
  readonly version: number;
}

/**
 * Gateways give a bill out for some time only. One fund approver proposes to close a day whose bill will not come any
 * more, a second one agrees; until then the day blocks payouts. It moves no money: what our books have of that day is
 * what the gateway itself confirmed.
 */
@Injectable()
export class CloseWithoutBill {
  constructor(
    private readonly acts: ActOnce,
    private readonly days: BillDayStore,
    private readonly objects: BilledObjectStore,
    private readonly trail: Trail,
  ) {}

  /** Throws `bill_day_not_found`, `payment_forbidden`, `bill_day_not_overdue`. */
  propose(input: ForgoBillInput & { readonly reason: string }): Promise<ForgoneAnswer> {
    const { actor, dayId, reason } = input;
    return this.acts.run('bill-day.propose-without-bill', input, async (tx) => {
      const day = await this.lacking(tx, actor, dayId);
      await this.days.proposeToForgo(tx, day, actor.personId, reason);
      return this.leave(tx, day, 'propose', reason);
    });
  }

  /**
   * `version` is that of the proposal that was read. Throws `bill_day_not_found`, `payment_forbidden`,
   * `bill_day_not_overdue`, `bill_day_not_proposed`, `bill_day_changed`, `same_person`.
   */
  confirm(input: ForgoBillInput & { readonly version: number }): Promise<ForgoneAnswer> {
    const { actor, dayId, version } = input;
    return this.acts.run('bill-day.confirm-without-bill', input, async (tx) => {
      const day = await this.lacking(tx, actor, dayId);
      if (!day.forgone) {
        throw new ReconciliationError(
          'bill_day_not_proposed',
          'nobody proposed to close this day without its bill',
        );
      }
      if (day.version !== version) {
        throw new ReconciliationError('bill_day_changed', 'it was proposed anew meanwhile; read it again');
      }
      if (day.forgone.proposedBy === actor.personId) {
        throw new PaymentError('same_person', 'another person than the one who proposed it must confirm');
      }
      await this.days.forgo(tx, day, actor.personId);
      // The day before may wait for this one's bill to tell what happened around midnight.
      const before = await this.days.ofMerchant(day, dayBefore(day.day), sqlOf(tx));
      if (before) await this.days.wake(tx, [before.id]);
      return this.leave(tx, day, 'forgo', day.forgone.reason);
    });
  }

  private async lacking(tx: Tx, actor: Officer, dayId: Id<'bld'>): Promise<BillDay> {
    const day = await this.days.lock(tx, dayId);
    const communities = day ? await this.objects.communitiesOfMerchant(day, sqlOf(tx)) : [];
    const here = communities.filter((communityId) => holdsOneOf(actor, ['fund_approver'], communityId));
    if (!day || here.length === 0) {
      throw new ReconciliationError('bill_day_not_found', 'there is no such day of a bill');
    }
    if (here.length < communities.length) {
      throw new PaymentError(
        'payment_forbidden',
        'this merchant serves other communities too: an approver of all of them must act',
      );
    }
    if (!(await this.days.lacksBill(tx, dayId))) {
      throw new ReconciliationError(
        'bill_day_not_overdue',
        `only a day whose bill did not come within ${overdueDays} days is closed without it`,
      );
    }
    return day;
  }

  private async leave(
    tx: Tx,
    { id, state, version }: BillDay,
    event: 'propose' | 'forgo',
    reason: string,
  ): Promise<ForgoneAnswer> {
    const to = BILL_DAY_MACHINE.next(state, event);
    await this.trail.leave(tx, [{ objectType: 'bill_day', objectId: id, from: state, to, event, reason }]);
    return { id, state: to, version: version + 1 };
  }
}
