import { Module } from '@nestjs/common';
import { ConsentStore } from './store/consent.store.js';
import { PersonStore } from './store/person.store.js';
import { SessionStore } from './store/session.store.js';
import { ReadPeople } from './use-cases/read-people.js';
import { ResolveSession } from './use-cases/resolve-session.js';
import { SessionCache } from './use-cases/session-cache.js';

const stores = [PersonStore, SessionStore, ConsentStore];
const useCases = [ResolveSession, ReadPeople];

@Module({ providers: [...stores, SessionCache, ...useCases], exports: useCases })
export class IdentityModule {}
