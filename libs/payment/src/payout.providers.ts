import type { Provider } from '@nestjs/common';
import { Database, FieldCipher } from '@hehuo/platform';
import { ClawBackStore } from './store/claw-back.store.js';
import { PayeeStore } from './store/payee.store.js';
import { PayoutStore } from './store/payout.store.js';
import { ActOnce } from './use-cases/act-once.js';
import { ApprovePayout } from './use-cases/approve-payout.js';
import { BookClawBack, DecideClawBack, EnterClawBack } from './use-cases/claw-back-money.js';
import { ConfirmPayee } from './use-cases/confirm-payee.js';
import { DropPayout } from './use-cases/drop-payout.js';
import { EnterPayee } from './use-cases/enter-payee.js';
import { PayOut } from './use-cases/pay-out.js';
import { PayoutFiles } from './use-cases/payout-files.js';
import { PayoutAccess } from './use-cases/payout-access.js';
import { PayoutGate } from './use-cases/payout-gate.js';
import { PayoutBlocks } from './use-cases/payout.port.js';
import { ReconciliationBlocks } from './use-cases/reconciliation-blocks.js';
import { ProposePayout, WritePayout } from './use-cases/propose-payout.js';
import { ReadPayouts } from './use-cases/read-payouts.js';

export const PAYOUT_USE_CASES = [
  ...[ActOnce, EnterPayee, ConfirmPayee, ProposePayout, ApprovePayout, DropPayout, PayOut],
  ...[EnterClawBack, DecideClawBack, ReadPayouts],
];

/** Everything of the way out of a custody account. */
export const PAYOUT_PROVIDERS: readonly Provider[] = [
  {
    provide: PayeeStore,
    useFactory: (database: Database, cipher: FieldCipher) => new PayeeStore(database, cipher),
    inject: [Database, FieldCipher],
  },
  ...[PayoutStore, ClawBackStore].map((store) => ({
    provide: store,
    useFactory: (database: Database) => new store(database),
    inject: [Database],
  })),
  { provide: PayoutBlocks, useExisting: ReconciliationBlocks },
  ...[PayoutAccess, PayoutFiles, PayoutGate, WritePayout, BookClawBack],
  ...PAYOUT_USE_CASES,
];
