import { Injectable } from '@nestjs/common';
import { ReadMatches, type BoundRow } from '@hehuo/campaign';
import { hasRole, type Actor } from '@hehuo/identity';
import { Clock, type Id } from '@hehuo/kernel';
import { SettlementError } from '../domain/errors.js';
import { reportOf } from '../domain/report.js';
import type { AskReport, Item, Progress, Run } from '../domain/settlement.js';
import { SettlementStores } from '../store/settlement-stores.js';

export interface SettlementView {
  readonly run: Run;
  readonly progress: Progress;
  readonly asks: readonly AskReport[];
  /** What pools of match funds owe or gave, beside what the residents gave themselves. */
  readonly matches: readonly BoundRow[];
  /** Fen that went back, or are on their way, after the campaign succeeded: cancelled milestones and the surplus. */
  readonly givenBack: bigint;
}

/** While a run goes on its sums are read from every item, so an answer serves everybody for this long. */
const answerMs = 2_000;
const answersMax = 500;

/** What became of the pledges of a campaign, for everybody; and the items that need a human, for staff. */
@Injectable()
export class ReadSettlement {
  private readonly answers = new Map<
    string,
    { readonly untilMs: number; readonly asks: Promise<AskReport[]> }
  >();

  constructor(
    private readonly stores: SettlementStores,
    private readonly matches: ReadMatches,
    private readonly clock: Clock,
  ) {}

  /** Throws `settlement_not_found` while the campaign is not decided or its run has not begun. */
  async execute(campaignId: Id<'cmp'>): Promise<SettlementView> {
    const run = await this.runOf(campaignId);
    const [progress, refundRuns, matches] = await Promise.all([
      this.stores.chunks.progress(run.id),
      this.stores.refundRuns.ofCampaign(campaignId),
      this.matches.summary(campaignId),
    ]);
    const givenBack = refundRuns.reduce((sum, { amount }) => sum + amount, 0n);
    return { run, progress, givenBack, matches, asks: run.report ?? (await this.sums(run.id)) };
  }

  /** Items that wait for a human or for somebody outside; for staff, approvers and auditors of the community. */
  async unsettled(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly state: 'waiting' | 'needs_human';
    readonly after: string;
    readonly limit: number;
  }): Promise<Item[]> {
    const run = await this.runOf(input.campaignId);
    const mayRead = (['community_staff', 'fund_approver', 'auditor'] as const).some((role) =>
      hasRole(input.actor, role, run.communityId),
    );
    if (!mayRead)
      throw new SettlementError('settlement_forbidden', 'only staff of the community may see this');
    return this.stores.items.unsettled(run.id, input.state, input);
  }

  /** Halted runs and stuck items of all campaigns: the number that somebody should work on. */
  needsHuman(): Promise<number> {
    return this.stores.runs.needsHuman();
  }

  private async runOf(campaignId: Id<'cmp'>): Promise<Run> {
    const run = await this.stores.runs.ofCampaign(campaignId);
    if (!run) throw new SettlementError('settlement_not_found', 'this campaign has not been settled yet');
    return run;
  }

  private sums(runId: Id<'run'>): Promise<AskReport[]> {
    const nowMs = this.clock.now().getTime();
    const known = this.answers.get(runId);
    if (known && known.untilMs > nowMs) return known.asks;
    if (this.answers.size >= answersMax) this.answers.clear();
    const asks = this.stores.items.groups(runId).then(reportOf);
    this.answers.set(runId, { untilMs: nowMs + answerMs, asks });
    asks.catch(() => this.answers.delete(runId));
    return asks;
  }
}
