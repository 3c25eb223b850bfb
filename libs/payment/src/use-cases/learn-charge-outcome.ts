import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import {
  CHARGE_MACHINE,
  isExactPayment,
  isFact,
  learn,
  nextCheckSeconds,
  type Booking,
  type Charge,
  type ChargeAges,
  type ChargeEvent,
} from '../domain/charge.js';
import type { OrderFinding } from '../domain/findings.js';
import { ChargeStore } from '../store/charge.store.js';
import { again, Moved } from './again.js';
import { BookMovement } from './book-movement.js';
import { chargePaid } from './bookings.js';
import { PaidChargeSink } from './ports.js';
import { RequestRefund } from './request-refund.js';
import { Trail } from './trail.js';

export interface ChargeLesson {
  readonly chargeId: Id<'chg'>;
  readonly finding: OrderFinding;
  /** The fence under which it was asked; null for a question that nobody claimed: then only facts count. */
  readonly fence: number | null;
}

type Paid = Extract<OrderFinding, { kind: 'paid' }>;

/**
 * The one place where a charge learns something, whoever asked: the request, the callback's question, the janitor. Money
 * that came is booked in the same transaction as what it does to its pledge.
 */
@Injectable()
export class LearnChargeOutcome {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly charges: ChargeStore,
    private readonly sink: PaidChargeSink,
    private readonly booking: BookMovement,
    private readonly refunds: RequestRefund,
    private readonly trail: Trail,
  ) {}

  async execute(lesson: ChargeLesson): Promise<void> {
    await again(() => this.uow.run((tx) => this.learn(tx, lesson)));
  }

  private async learn(tx: Tx, { chargeId, finding, fence }: ChargeLesson): Promise<void> {
    const looked = await this.charges.look(chargeId, sqlOf(tx));
    if (!looked || looked.charge.state === 'succeeded') return;
    const { charge, ages } = looked;
    if (finding.kind === 'paid') return this.book(tx, charge, finding);
    // An answer to an old question must not undo what was learned since.
    if (charge.fence !== fence && !isFact(finding)) return;
    await this.note(tx, charge, ages, finding);
  }

  private async note(tx: Tx, charge: Charge, ages: ChargeAges, finding: OrderFinding): Promise<void> {
    const event = learn(charge, finding, ages);
    const payUrl = finding.kind === 'open' ? finding.payUrl : null;
    if (event === null) return this.charges.planCheck(tx, charge, nextCheckSeconds(charge), payUrl);
    const to = CHARGE_MACHINE.next(charge.state, event);
    const refusal =
      finding.kind === 'refused' ? finding.code : finding.kind === 'absent' ? 'never_arrived' : null;
    const checks = to === charge.state ? charge.checks : 0;
    const plan = nextCheckSeconds({ state: to, checks, sentAt: charge.sentAt });
    if (!(await this.charges.step(tx, charge, to, { payUrl, refusal, nextCheckSeconds: plan })))
      throw new Moved();
    await this.leave(
      tx,
      charge,
      to,
      event,
      finding.kind === 'unknown' ? finding.why : (refusal ?? undefined),
    );
  }

  private async book(tx: Tx, charge: Charge, { amount, paidAt, transactionNo }: Paid): Promise<void> {
    const isExact = isExactPayment(charge, amount);
    const bookedAs: Booking = isExact ? await this.sink.onPaid(tx, { charge, paidAt, amount }) : 'excess';
    if (!(await this.charges.succeed(tx, charge, { paidAt, amount, transactionNo, bookedAs })))
      throw new Moved();
    await this.booking.execute(tx, {
      ...{
        kind: 'payment',
        objectId: charge.id,
        number: charge.number,
        amount,
        merchant: charge,
        at: paidAt,
      },
      ...{ custodyAccountId: charge.custodyAccountId, transfer: chargePaid(charge, amount, bookedAs) },
    });
    if (bookedAs === 'excess') {
      const reason = isExact ? 'not-wanted' : 'wrong-sum';
      await this.refunds.execute(tx, {
        chargeId: charge.id,
        amount,
        fact: `charge:${charge.id}:excess`,
        reason,
      });
    }
    await this.leave(tx, charge, 'succeeded', 'pay', bookedAs);
  }

  private leave(
    tx: Tx,
    charge: Charge,
    to: string,
    event: ChargeEvent,
    reason: string | undefined,
  ): Promise<void> {
    const change = { objectType: 'charge', objectId: charge.id, from: charge.state, to, event };
    return this.trail.leave(
      tx,
      [reason === undefined ? change : { ...change, reason }],
      [{ topic: 'charge.changed', ref: charge.id }],
    );
  }
}
