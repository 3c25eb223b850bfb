import type { DynamicModule, Type } from '@nestjs/common';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import type { Invariant } from '@hehuo/platform';

/** The contexts whose use cases this process runs. */
export const CONTEXT_MODULES: readonly (Type | DynamicModule)[] = [LedgerModule];

/** What must hold in the books of every context; checked at boot and nightly. */
export const CONTEXT_INVARIANTS: readonly Invariant[] = [...LEDGER_INVARIANTS];
