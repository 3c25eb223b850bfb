import { Module } from '@nestjs/common';
import { Clock } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import { FoldStore } from './store/fold.store.js';
import { LedgerStore } from './store/ledger.store.js';
import { MovementStore } from './store/movement.store.js';
import { StatementStore } from './store/statement.store.js';
import { FoldLedger } from './use-cases/fold-ledger.js';
import { Ledger } from './use-cases/ledger.js';
import { ReadStatement } from './use-cases/read-statement.js';

@Module({
  providers: [
    { provide: LedgerStore, useFactory: (clock: Clock) => new LedgerStore(clock), inject: [Clock] },
    { provide: FoldStore, useFactory: (database: Database) => new FoldStore(database), inject: [Database] },
    {
      provide: MovementStore,
      useFactory: (database: Database) => new MovementStore(database),
      inject: [Database],
    },
    {
      provide: StatementStore,
      useFactory: (database: Database) => new StatementStore(database),
      inject: [Database],
    },
    Ledger,
    FoldLedger,
    ReadStatement,
  ],
  exports: [Ledger, FoldLedger, FoldStore, MovementStore, ReadStatement],
})
export class LedgerModule {}
