export {
  CHART,
  UNITS,
  type AccountCode,
  type AccountKey,
  type AccountMode,
  type Unit,
} from './domain/account.js';
export { LedgerError, type LedgerErrorCode } from './domain/errors.js';
export type { NewTransfer } from './domain/transfer.js';
export { LedgerModule } from './ledger.module.js';
export { FoldStore } from './store/fold.store.js';
export { LEDGER_INVARIANTS } from './store/invariants.js';
export { accountId, transferId } from './store/identity-of.js';
export { LedgerStore } from './store/ledger.store.js';
export { MovementStore, type Movement, type UnreadAccount } from './store/movement.store.js';
export { LEDGER_ROWS } from './store/rows.js';
export {
  type AccountSum,
  type AccountView,
  type StatementLine,
  StatementStore,
} from './store/statement.store.js';
export { FoldLedger } from './use-cases/fold-ledger.js';
export { Ledger } from './use-cases/ledger.js';
export { ReadStatement, type Statement } from './use-cases/read-statement.js';
