import { Database, FieldCipher } from '@hehuo/platform';
import { BillDayStore } from './store/bill-day.store.js';
import { BillLineStore } from './store/bill-line.store.js';
import { BilledObjectStore } from './store/billed-object.store.js';
import { DaySumStore } from './store/day-sum.store.js';
import { DifferenceStore } from './store/difference.store.js';
import { ReconciliationBlockStore } from './store/reconciliation-block.store.js';
import { TellingStore } from './store/telling.store.js';
import { AskBilled } from './use-cases/ask-billed.js';
import { BillDaySteps } from './use-cases/bill-day-steps.js';
import { BookMovement } from './use-cases/book-movement.js';
import { BookLines } from './use-cases/book-lines.js';
import { CloseWithoutBill } from './use-cases/close-without-bill.js';
import { ConfirmDifference } from './use-cases/confirm-difference.js';
import { DueBillDays } from './use-cases/due-bill-days.js';
import { ExplainDifference } from './use-cases/explain-difference.js';
import { FetchBill } from './use-cases/fetch-bill.js';
import { ForgetBills } from './use-cases/forget-bills.js';
import { ListBillDays } from './use-cases/list-bill-days.js';
import { ListDifferences } from './use-cases/list-differences.js';
import { MatchBill } from './use-cases/match-bill.js';
import { OpenBillDays } from './use-cases/open-bill-days.js';
import { RaiseDifferences } from './use-cases/raise-differences.js';
import { ReadReconciliationState } from './use-cases/read-reconciliation-state.js';
import { ReadReconciliation } from './use-cases/read-reconciliation.js';
import { ReconcileDay } from './use-cases/reconcile-day.js';
import { ReconciliationBlocks } from './use-cases/reconciliation-blocks.js';
import { SettleBillDay } from './use-cases/settle-bill-day.js';

/** What others may ask for. */
export const RECONCILIATION_USE_CASES = [
  ...[OpenBillDays, DueBillDays, ReconcileDay, ForgetBills, ListBillDays],
  ...[ExplainDifference, ConfirmDifference, ListDifferences, ReadReconciliation, ReadReconciliationState],
  ...[CloseWithoutBill, ReconciliationBlocks],
];

export const RECONCILIATION_PROVIDERS = [
  ...[BillDayStore, BilledObjectStore, DaySumStore, DifferenceStore].map((store) => ({
    provide: store,
    useFactory: (database: Database) => new store(database),
    inject: [Database],
  })),
  {
    provide: BillLineStore,
    useFactory: (database: Database, cipher: FieldCipher) => new BillLineStore(database, cipher),
    inject: [Database, FieldCipher],
  },
  { provide: TellingStore, useFactory: () => new TellingStore() },
  { provide: ReconciliationBlockStore, useFactory: () => new ReconciliationBlockStore() },
  ...[
    AskBilled,
    BillDaySteps,
    BookLines,
    BookMovement,
    FetchBill,
    MatchBill,
    RaiseDifferences,
    SettleBillDay,
  ],
  ...RECONCILIATION_USE_CASES,
];
