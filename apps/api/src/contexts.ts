import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { LedgerModule } from '@hehuo/ledger';
import { SessionResolver } from './access/session-resolver.js';

/** The contexts whose use cases this process runs. */
export const CONTEXT_MODULES: readonly (Type | DynamicModule)[] = [LedgerModule];

/** What the contexts offer over HTTP; one line a controller. */
export const CONTEXT_CONTROLLERS: readonly Type[] = [];

/** Ports of the api that a context fills. */
export const CONTEXT_PROVIDERS: readonly Provider[] = [
  { provide: SessionResolver, useValue: { resolve: () => Promise.resolve(null) } },
];
