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
export { ITEM_MACHINE, RUN_MACHINE, type ItemState, type RunState } from './domain/run.machine.js';
export type { AskReport, Item, Progress, Run, Tally } from './domain/settlement.js';
export { RedriveItem, type RedriveInput } from './use-cases/redrive-item.js';
export { RunSettlement } from './use-cases/run-settlement.js';
export { TakeRefund } from './use-cases/take-refund.js';
