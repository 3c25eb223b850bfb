export {
  actionFor,
  ACTION_RULES,
  ACTIONS,
  type Action,
  type ActionRule,
  type Decision,
  type Outcome,
} from './domain/action.js';
export { SettlementError, type SettlementErrorCode } from './domain/errors.js';
export {
  DECISION_KINDS,
  DECISION_MACHINE,
  surplusRoute,
  type DecisionKind,
  type DecisionState,
  type MilestoneDecision,
} from './domain/milestone-decision.js';
export {
  MILESTONE_MACHINE,
  proRata,
  splitBudget,
  type MilestoneBudget,
  type MilestoneState,
  type Part,
} from './domain/milestone.js';
export { REFUND_RUN_MACHINE, type RefundRun, type RefundRunState } from './domain/refund-run.js';
export { ITEM_MACHINE, RUN_MACHINE, type ItemState, type RunState } from './domain/run.machine.js';
export type { AskReport, Item, Progress, Run, Tally } from './domain/settlement.js';
export { obstacleToPaying, payBy, type NotPayable } from './domain/payable.js';
export { SettlementModule } from './settlement.module.js';
export { SETTLEMENT_INVARIANTS } from './store/invariants.js';
export { SETTLEMENT_ROWS } from './store/rows.js';
export { ChargePledge, type ChargePledgeInput } from './use-cases/charge-pledge.js';
export { DecideMilestone, type DecideInput } from './use-cases/decide-milestone.js';
export { DueRuns } from './use-cases/due-runs.js';
export { FillBudgets } from './use-cases/fill-budgets.js';
export { FreeUnpaid } from './use-cases/free-unpaid.js';
export { PassDeadline } from './use-cases/pass-deadline.js';
export { HowToPay, type PayByHand } from './use-cases/how-to-pay.js';
export { ReadReminders, type PaymentReminder } from './use-cases/read-reminders.js';
export {
  ProposeDecision,
  type DecisionAnswer,
  type ProposeDecisionInput,
} from './use-cases/propose-decision.js';
export { ReadMilestones, type BudgetView, type MilestoneView } from './use-cases/read-milestones.js';
export { ReadSettlement, type SettlementView } from './use-cases/read-settlement.js';
export { RedriveItem, type RedriveInput } from './use-cases/redrive-item.js';
export { ResumeRun } from './use-cases/resume-run.js';
export { RemindPayers } from './use-cases/remind-payers.js';
export { RunRefunds } from './use-cases/run-refunds.js';
export { RunSettlement } from './use-cases/run-settlement.js';
export { TakeMatchMoney } from './use-cases/take-match-money.js';
export { TakePledgeBack } from './use-cases/take-pledge-back.js';
