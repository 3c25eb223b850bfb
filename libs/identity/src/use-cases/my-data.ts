import { Injectable } from '@nestjs/common';
import { Clock, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { provenLately, type Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { PersonalDataSources, type Obligation } from './personal-data.port.js';
import { SessionCache } from './session-cache.js';

export interface MyData {
  readonly personId: Id<'per'>;
  readonly writtenAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Everything the platform holds on the person (personal information protection law §45), context by context. */
@Injectable()
export class ExportMyData {
  constructor(
    private readonly sources: PersonalDataSources,
    private readonly clock: Clock,
  ) {}

  async execute(input: { actor: Actor }): Promise<MyData> {
    const { personId } = input.actor;
    const data: Record<string, unknown> = {};
    for (const source of this.sources.all()) data[source.name] = await source.export(personId);
    return { personId, writtenAt: this.clock.now(), data };
  }
}

/**
 * Closes the account (personal information protection law §47): personal fields are destroyed, sessions and
 * memberships end, the number is free again. The books keep the opaque id.
 */
@Injectable()
export class DeleteMyAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sources: PersonalDataSources,
    private readonly log: StateLog,
    private readonly cache: SessionCache,
    private readonly clock: Clock,
  ) {}

  /** Throws `second_factor_required`, and `obligations_open` with what is open in `details.obligations`. */
  async execute(input: { actor: Actor }): Promise<void> {
    const { actor } = input;
    if (!provenLately(actor, this.clock.now())) {
      throw new IdentityError(
        'second_factor_required',
        'prove once more who you are, then delete within 5 minutes',
      );
    }
    await this.uow.run((tx) => this.close(tx, actor.personId));
    this.cache.dropPerson(actor.personId);
  }

  private async close(tx: Tx, personId: Id<'per'>): Promise<void> {
    const open: Obligation[] = [];
    for (const source of this.sources.all()) open.push(...(await source.obligations(tx, personId)));
    if (open.length > 0) {
      throw new IdentityError('obligations_open', 'finish or hand over what is open first', {
        obligations: open,
      });
    }
    // The contexts above let go first: the account itself is the first source and goes last.
    for (const source of [...this.sources.all()].reverse()) await source.forget(tx, personId);
    await this.log.append(tx, [
      { objectType: 'person', objectId: personId, from: 'active', to: 'deleted', event: 'delete' },
    ]);
  }
}
