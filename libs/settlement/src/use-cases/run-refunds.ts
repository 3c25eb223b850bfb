import { Injectable } from '@nestjs/common';
import { PaidPledgeStore } from '@hehuo/campaign';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { RequestRefund } from '@hehuo/payment';
import { SettlementError } from '../domain/errors.js';
import { proRata } from '../domain/milestone.js';
import { shareFact, type RefundRun } from '../domain/refund-run.js';
import { RefundRunStore } from '../store/refund-run.store.js';
import { TakeMatchesBack, type PaidShare } from './take-matches-back.js';

/** Pledges read at a time while the shares are worked out. */
const pledgesPerPage = 1000;
/** Each refund writes several rows; few a transaction keep it short. */
const sharesPerTransaction = 100;

/**
 * Gives a sum back to everybody who paid, in proportion. The shares are worked out and written in one transaction, then
 * asked back in chunks behind a cursor in the run: killed at any point it goes on where the last chunk committed, and a
 * share is one fact, so that nothing goes back twice whoever else works on it.
 */
@Injectable()
export class RunRefunds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RefundRunStore,
    private readonly pledges: PaidPledgeStore,
    private readonly refunds: RequestRefund,
    private readonly matches: TakeMatchesBack,
  ) {}

  /** As far as that goes now. */
  async execute(runId: Id<'rfr'>): Promise<void> {
    while (await this.step(runId));
  }

  /** One transaction of it, over at most `limit` shares; false when nothing is left to do now. */
  async step(runId: Id<'rfr'>, limit = sharesPerTransaction): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const run = await this.runs.findForUpdate(tx, runId);
      if (run?.state === 'planning') return this.plan(tx, run);
      return run?.state === 'executing' ? this.ask(tx, run, limit) : false;
    });
  }

  /** Every run that is not done, the oldest first. */
  due(limit: number): Promise<Id<'rfr'>[]> {
    return this.runs.due(limit);
  }

  private async plan(tx: Tx, run: RefundRun): Promise<boolean> {
    // What is left of a pledge is known only when every earlier run of the campaign has asked back all of its shares.
    if (await this.runs.waitsForEarlier(tx, run)) return false;
    const shares = proRata(run.amount, await this.weights(tx, run.campaignId));
    if (shares === null) {
      const message =
        'the pledges of this campaign have not that much left; compare the books before it goes on';
      throw new SettlementError('pledge_moved', message, { refundRunId: run.id });
    }
    await this.runs.insertShares(tx, run.id, shares);
    await this.matches.execute(tx, run, shares);
    await this.runs.changeState(tx, run, 'plan');
    return true;
  }

  private async weights(tx: Tx, campaignId: Id<'cmp'>): Promise<Omit<PaidShare, 'amount'>[]> {
    const weights: Omit<PaidShare, 'amount'>[] = [];
    for (let after = ''; ;) {
      const page = await this.pledges.page(tx, campaignId, after, pledgesPerPage);
      const back = await this.refunds.refundedOf(
        tx,
        page.map(({ chargeId }) => chargeId),
      );
      for (const { id: pledgeId, chargeId, amount } of page) {
        const weight = amount - (back.get(chargeId) ?? 0n);
        if (weight > 0n) weights.push({ pledgeId, chargeId, weight, paid: amount });
      }
      if (page.length < pledgesPerPage) return weights;
      after = page.at(-1)!.id;
    }
  }

  private async ask(tx: Tx, run: RefundRun, limit: number): Promise<boolean> {
    const shares = await this.runs.nextShares(tx, run, limit);
    const last = shares.at(-1);
    if (!last) {
      await this.runs.changeState(tx, run, 'finish');
      return false;
    }
    const reason = run.part === 'surplus' ? 'surplus' : 'milestone-cancelled';
    await this.refunds.executeMany(
      tx,
      shares.map(({ pledgeId, chargeId, amount }) => ({
        ...{ chargeId, amount, reason, fact: shareFact(pledgeId, run), source: 'payable' as const },
      })),
    );
    await this.runs.advance(
      tx,
      run,
      last.pledgeId,
      shares.reduce((sum, { amount }) => sum + amount, 0n),
    );
    return true;
  }
}
