import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import type { RefundFinding } from '../domain/findings.js';
import { learnRefund, REFUND_MACHINE, type Refund, type RefundState, type Stuck } from '../domain/refund.js';
import { backoffSeconds, checkAfterSeconds } from '../domain/schedule.js';
import { RefundStore } from '../store/refund.store.js';
import { again, Moved } from './again.js';
import { BookMovement } from './book-movement.js';
import { refundDone } from './bookings.js';
import { RefundSink } from './ports.js';
import { Trail } from './trail.js';

export interface RefundLesson {
  readonly refundId: Id<'rfd'>;
  readonly finding: RefundFinding;
  /** The fence under which it was asked; null for a question that nobody claimed: then only facts count. */
  readonly fence: number | null;
}

/** The one place where a refund learns something, whoever asked. */
@Injectable()
export class LearnRefundOutcome {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundStore,
    private readonly sink: RefundSink,
    private readonly booking: BookMovement,
    private readonly trail: Trail,
  ) {}

  async execute(lesson: RefundLesson): Promise<void> {
    await again(() => this.uow.run((tx) => this.learn(tx, lesson)));
  }

  /** Ours alone to decide: this refund is not for a gateway. */
  async giveUp(refundId: Id<'rfd'>, stuck: Extract<Stuck, 'too_old' | 'offline'>): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const refund = await this.refunds.find(refundId, sqlOf(tx));
        if (refund && REFUND_MACHINE.can(refund.state, 'give_up')) await this.hand(tx, refund, stuck, stuck);
      }),
    );
  }

  private async learn(tx: Tx, { refundId, finding, fence }: RefundLesson): Promise<void> {
    const looked = await this.refunds.look(refundId, sqlOf(tx));
    if (!looked || looked.refund.state === 'done') return;
    const { refund, ages } = looked;
    const isFact = finding.kind === 'done' || finding.kind === 'failed';
    if (refund.fence !== fence && !isFact) return;
    const decision = learnRefund(refund, finding, ages);
    const nextSeconds = nextTry(refund, finding);
    if (decision.event === null) return this.refunds.plan(tx, refund, nextSeconds);
    if (decision.event === 'give_up') return this.hand(tx, refund, decision.stuck, decision.detail);
    if (decision.event === 'finish' && finding.kind === 'done') {
      return this.finish(tx, refund, finding.doneAt, finding.transactionNo);
    }
    const to = REFUND_MACHINE.next(refund.state, decision.event);
    if (!(await this.refunds.step(tx, refund, to, nextSeconds))) throw new Moved();
    await this.leave(tx, refund, to, decision.event, finding.kind === 'unknown' ? finding.why : null);
  }

  private async finish(tx: Tx, refund: Refund, doneAt: Date, transactionNo: string): Promise<void> {
    await this.sink.onDone(tx, { ...refund, state: 'done', doneAt, transactionNo });
    if (!(await this.refunds.finish(tx, refund, doneAt, transactionNo))) throw new Moved();
    await this.booking.execute(tx, {
      ...{ kind: 'refund', objectId: refund.id, number: refund.number, amount: refund.amount, at: doneAt },
      ...{ merchant: refund, custodyAccountId: refund.custodyAccountId },
      transfer: refundDone(refund, refund.gateway),
    });
    await this.leave(tx, refund, 'done', 'finish', null);
  }

  private async hand(tx: Tx, refund: Refund, stuck: Stuck, detail: string): Promise<void> {
    if (!(await this.refunds.giveUp(tx, refund, stuck, detail))) throw new Moved();
    await this.leave(tx, refund, 'needs_human', 'give_up', `${stuck}: ${detail}`);
  }

  private async leave(
    tx: Tx,
    refund: Refund,
    to: RefundState,
    event: string,
    reason: string | null,
  ): Promise<void> {
    if (to === refund.state) return;
    const change = { objectType: 'refund', objectId: refund.id, from: refund.state, to, event };
    await this.trail.leave(
      tx,
      [reason === null ? change : { ...change, reason }],
      [{ topic: 'refund.changed', ref: refund.id }],
    );
  }
}

/** What the gateway works on is asked about by the schedule; what failed or was lost is tried again with jitter. */
function nextTry({ tries }: Refund, finding: RefundFinding): number {
  return finding.kind === 'processing' ? checkAfterSeconds(tries - 1) : backoffSeconds(tries, Math.random());
}
