import { Injectable } from '@nestjs/common';
import { MatchBindingStore } from '@hehuo/campaign';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { ReadStatement, type AccountView } from '@hehuo/ledger';
import { collectedMoney, reportOf } from '../domain/report.js';
import { SettlementStores } from '../store/settlement-stores.js';
import { OpenBudgets } from './open-budgets.js';

/**
 * Ends a run whose items are all final, with its report. The books must agree first: nothing is left in the campaign's
 * escrow, and what was paid is payable. Where they do not, the run halts and a person must look.
 */
@Injectable()
export class FinishRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: SettlementStores,
    private readonly statements: ReadStatement,
    private readonly matches: MatchBindingStore,
    private readonly outbox: Outbox,
    private readonly budgets: OpenBudgets,
  ) {}

  /** True when this call ended the run. */
  async execute(campaignId: Id<'cmp'>): Promise<boolean> {
    const known = await this.stores.runs.ofCampaign(campaignId);
    if (known?.state !== 'executing' || (await this.stores.chunks.hasOpen(known.id))) return false;
    const report = reportOf(await this.stores.items.groups(known.id));
    const paid = collectedMoney(report);
    // Read after the last item is final: from there on nobody moves this campaign's escrow.
    const fault = await this.faultOf(campaignId, paid);
    return this.unitOfWork.run(async (tx) => {
      const run = await this.stores.runs.findForUpdate(tx, known.id);
      if (run?.state !== 'executing') return false;
      await (fault === null
        ? this.stores.runs.changeState(tx, run, 'finish', { report })
        : this.stores.runs.changeState(tx, run, 'halt', { haltedReason: fault }));
      if (fault === null) await this.budgets.execute(tx, campaignId, paid);
      await this.outbox.add(tx, [{ topic: 'settlement.changed', ref: campaignId }]);
      return fault === null;
    });
  }

  // Both accounts are strict: their rows are exact at every commit.
  private async faultOf(campaignId: Id<'cmp'>, paid: bigint): Promise<string | null> {
    const account = (code: 'escrow' | 'payable'): Promise<AccountView | null> =>
      this.statements.account({ unit: 'fen', code, owner: campaignId });
    const before = await this.matches.receivedFen(campaignId);
    const [escrow, payable] = [await account('escrow'), await account('payable')];
    const left = (escrow?.creditsPosted ?? 0n) - (escrow?.debitsPosted ?? 0n);
    if (left !== 0n) return `the escrow of the campaign still holds ${left} fen`;
    const matched = await this.matches.receivedFen(campaignId);
    // A donor's money arrived between the two looks: look again, instead of taking it for a difference.
    if (matched !== before) return this.faultOf(campaignId, paid);
    const came = (payable?.creditsPosted ?? 0n) - matched;
    return came === paid ? null : `${paid} fen were paid by pledges, but ${came} fen became payable`;
  }
}
