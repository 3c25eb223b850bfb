import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { ConsentKind } from '../domain/consent.js';

/** Something that has to be finished before an account can go. */
export interface Obligation {
  /** Stable word, such as `pledge_open`. */
  readonly kind: string;
  /** The object it is about. */
  readonly ref: string;
}

export interface WithdrawnConsent {
  readonly personId: Id<'per'>;
  readonly givenBy: Id<'per'>;
  readonly kind: ConsentKind;
}

/** A context that holds data about people. Each contributes one when its module is made. */
export interface PersonalDataSource {
  /** The key in the export, such as `pledges`. */
  readonly name: string;
  /** Everything this context holds on the person, as JSON values; of other people ids only. */
  export(personId: Id<'per'>): Promise<unknown>;
  /** What is still open. Read inside the transaction that closes the account. */
  obligations(tx: Tx, personId: Id<'per'>): Promise<readonly Obligation[]>;
  /** Destroys what is personal; books keep the opaque id. */
  forget(tx: Tx, personId: Id<'per'>): Promise<void>;
  /** Called in the transaction of the withdrawal, where something here rests on the consent. */
  consentWithdrawn?(tx: Tx, consent: WithdrawnConsent): Promise<void>;
}

/** All sources of personal data in this process, in the order in which the modules were made. */
@Injectable()
export class PersonalDataSources {
  private readonly byName = new Map<string, PersonalDataSource>();

  /** Throws when two sources have one name. */
  register(source: PersonalDataSource): void {
    if (this.byName.has(source.name))
      throw new Error(`two sources of personal data are called ${source.name}`);
    this.byName.set(source.name, source);
  }

  all(): readonly PersonalDataSource[] {
    return [...this.byName.values()];
  }
}
