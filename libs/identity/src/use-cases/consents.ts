import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';
import { CONSENT_TERMS, isConsentKind, type ConsentKind } from '../domain/consent.js';
import { IdentityError } from '../domain/errors.js';
import { ConsentStore, type Consent } from '../store/consent.store.js';
import { PersonalDataSources } from './personal-data.port.js';

const receiverCharactersMax = 120;

/** Everything the person agreed to, for themselves or for a child, and took back. */
@Injectable()
export class ListConsents {
  constructor(private readonly consents: ConsentStore) {}

  execute(input: { actor: Actor }): Promise<Consent[]> {
    return this.consents.listOf(input.actor.personId);
  }
}

@Injectable()
export class GiveConsent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly consents: ConsentStore,
  ) {}

  /** Agrees to the version in force, which the caller names to show what was read. Throws `consent_unknown`. */
  async execute(input: {
    actor: Actor;
    kind: string;
    version: string;
    receiver?: string | undefined;
  }): Promise<Consent> {
    const { kind, version } = input;
    const receiver = (input.receiver ?? '').normalize('NFKC').trim();
    if (!isConsentKind(kind)) throw unknown('there is no such consent');
    const terms = CONSENT_TERMS[kind];
    if (terms.version !== version) throw unknown(`the version in force is ${terms.version}; read it first`);
    if (terms.namesReceiver !== receiver.length > 0) {
      throw unknown(terms.namesReceiver ? 'name the receiver' : 'this consent has no receiver');
    }
    if (receiver.length > receiverCharactersMax) throw unknown('the name of the receiver is too long');
    const { personId } = input.actor;
    return this.uow.run((tx) => this.consents.give(tx, { personId, givenBy: personId, kind, receiver }));
  }
}

@Injectable()
export class WithdrawConsent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly consents: ConsentStore,
    private readonly sources: PersonalDataSources,
  ) {}

  /** Takes effect at once; contexts that rest on the consent follow in the same transaction. Throws `consent_not_found`. */
  async execute(input: { actor: Actor; consentId: Id<'cns'> }): Promise<void> {
    await this.uow.run(async (tx) => {
      const consent = await this.consents.withdraw(tx, input.consentId, input.actor.personId);
      if (!consent) throw new IdentityError('consent_not_found', 'no such consent of yours is open');
      for (const source of this.sources.all()) await source.consentWithdrawn?.(tx, consent);
    });
  }
}

/** For other contexts: who agreed, and a guardian's agreement for a child. */
@Injectable()
export class Consents {
  constructor(private readonly consents: ConsentStore) {}

  havingOpen(tx: Tx, personIds: readonly Id<'per'>[], kind: ConsentKind): Promise<Set<Id<'per'>>> {
    return this.consents.havingOpenWithin(tx, personIds, kind);
  }

  /** `givenBy` agrees for `personId`; who may do that is the caller's to decide. */
  giveFor(tx: Tx, personId: Id<'per'>, givenBy: Id<'per'>, kind: ConsentKind): Promise<Consent> {
    return this.consents.give(tx, { personId, givenBy, kind, receiver: '' });
  }
}

function unknown(message: string): IdentityError {
  return new IdentityError('consent_unknown', message);
}
