import { Module, type DynamicModule } from '@nestjs/common';
import { CampaignModule } from '@hehuo/campaign';
import { IdentityModule, PersonalDataSources } from '@hehuo/identity';
import { LedgerModule } from '@hehuo/ledger';
import {
  ActivePeople,
  AwaitingPledges,
  PaidChargeSink,
  PayablePledges,
  CustodyCampaigns,
  PayeePartners,
  PaymentModule,
  PayoutBudgets,
  RefundSink,
  type PaymentOptions,
} from '@hehuo/payment';
import { ChunkStore } from './store/chunk.store.js';
import { ItemStore } from './store/item.store.js';
import { MilestoneDecisionStore } from './store/milestone-decision.store.js';
import { MilestoneStore } from './store/milestone.store.js';
import { RefundRunStore } from './store/refund-run.store.js';
import { ReminderStore } from './store/reminder.store.js';
import { RunStore } from './store/run.store.js';
import { SettlementStores } from './store/settlement-stores.js';
import { ChargePledge } from './use-cases/charge-pledge.js';
import { ApplyDecision, DecideMilestone } from './use-cases/decide-milestone.js';
import { DueRuns } from './use-cases/due-runs.js';
import { ExecuteChunk } from './use-cases/execute-chunk.js';
import { FillBudgets } from './use-cases/fill-budgets.js';
import { FinishRun } from './use-cases/finish-run.js';
import { FreeUnpaid } from './use-cases/free-unpaid.js';
import { HowToPay } from './use-cases/how-to-pay.js';
import { Materialise } from './use-cases/materialise.js';
import { MoneyData } from './use-cases/money-data.js';
import { OpenBudgets } from './use-cases/open-budgets.js';
import { PassDeadline } from './use-cases/pass-deadline.js';
import {
  AccountHolders,
  OfflineAwaiting,
  OfflinePledges,
  PledgePaidSink,
  PledgeRefundSink,
} from './use-cases/payment-ports.js';
import { ReadReminders } from './use-cases/read-reminders.js';
import { CampaignsOfAccounts, MilestoneBudgets, VerifiedPartners } from './use-cases/payout-ports.js';
import { ProposeDecision } from './use-cases/propose-decision.js';
import { ReadMilestones } from './use-cases/read-milestones.js';
import { ReadSettlement } from './use-cases/read-settlement.js';
import { RedriveItem } from './use-cases/redrive-item.js';
import { RemindPayers } from './use-cases/remind-payers.js';
import { ResumeRun } from './use-cases/resume-run.js';
import { RunRefunds } from './use-cases/run-refunds.js';
import { RunSettlement } from './use-cases/run-settlement.js';
import { SettleItems } from './use-cases/settle-items.js';
import { StartRun } from './use-cases/start-run.js';
import { TakeMatchesBack } from './use-cases/take-matches-back.js';
import { TakeMatchMoney } from './use-cases/take-match-money.js';
import { TakePledgeBack } from './use-cases/take-pledge-back.js';
import { TakeRefund } from './use-cases/take-refund.js';

const stores = [RunStore, ChunkStore, ItemStore, MilestoneStore, RefundRunStore, SettlementStores];

/** The pledges' side of a payment. Payment knows these ports only; here they meet the campaign. */
@Module({
  imports: [CampaignModule, IdentityModule],
  providers: [
    ...stores,
    TakeRefund,
    { provide: PaidChargeSink, useClass: PledgePaidSink },
    { provide: RefundSink, useClass: PledgeRefundSink },
    { provide: PayablePledges, useClass: OfflinePledges },
    { provide: AwaitingPledges, useClass: OfflineAwaiting },
    { provide: ActivePeople, useClass: AccountHolders },
    { provide: CustodyCampaigns, useClass: CampaignsOfAccounts },
    { provide: PayoutBudgets, useClass: MilestoneBudgets },
    { provide: PayeePartners, useClass: VerifiedPartners },
  ],
  exports: [
    ...[...stores, PaidChargeSink, RefundSink, PayablePledges, AwaitingPledges, ActivePeople],
    ...[CustodyCampaigns, PayoutBudgets, PayeePartners],
  ],
})
class PaymentPorts {}

const useCases = [
  ChargePledge,
  DecideMilestone,
  DueRuns,
  FillBudgets,
  FreeUnpaid,
  HowToPay,
  PassDeadline,
  ReadReminders,
  ProposeDecision,
  ReadMilestones,
  ReadSettlement,
  RedriveItem,
  RemindPayers,
  ResumeRun,
  RunRefunds,
  RunSettlement,
  TakeMatchesBack,
  TakeMatchMoney,
  TakePledgeBack,
];
const parts = [
  MoneyData,
  ReminderStore,
  MilestoneDecisionStore,
  ApplyDecision,
  OpenBudgets,
  ExecuteChunk,
  FinishRun,
  Materialise,
  SettleItems,
  StartRun,
];

/** Settlement and, beneath it, payment with its ports filled: import this one instead of `PaymentModule`. */
@Module({})
export class SettlementModule {
  constructor(sources: PersonalDataSources, money: MoneyData) {
    sources.register(money);
  }

  static with(options: Omit<PaymentOptions, 'ports'>): DynamicModule {
    const payment = PaymentModule.with({ ...options, ports: PaymentPorts });
    return {
      module: SettlementModule,
      imports: [LedgerModule, IdentityModule, CampaignModule, PaymentPorts, payment],
      providers: [...parts, ...useCases],
      exports: [payment, ...useCases],
    };
  }
}
