import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { PersonStore } from '../store/person.store.js';
import { SessionStore } from '../store/session.store.js';
import { PhoneProof, type Proof } from './phone-proof.js';
import { SessionCache } from './session-cache.js';
import { locked } from './sign-in.js';
import { StaffProof } from './staff-proof.js';

/**
 * Proves once more who sits there, for acts that demand it: with the authenticator in a staff session, with a new code
 * to the own phone in a resident's. Good for 5 minutes.
 */
@Injectable()
export class ProveSecondFactor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staffProof: StaffProof,
    private readonly phoneProof: PhoneProof,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly cache: SessionCache,
  ) {}

  /** Throws `second_factor_refused`, `sign_in_locked` and `session_not_found`. */
  async execute(input: { actor: Actor; code: string }): Promise<void> {
    const { actor, code } = input;
    const kind = await this.sessions.kindOf(actor.sessionId);
    if (kind === null) throw new IdentityError('session_not_found', 'the session is over; sign in again');
    const proof =
      kind === 'staff' ? await this.staffProof.second(actor.personId, code) : await this.byPhone(actor, code);
    if (typeof proof === 'object') throw locked(proof.lockedSeconds);
    if (proof !== 'right') {
      throw new IdentityError('second_factor_refused', 'the code is wrong, too old or used; take a new one');
    }
    await this.uow.run((tx) => this.sessions.proven(tx, actor.sessionId));
    this.cache.dropSession(actor.sessionId);
  }

  private async byPhone(actor: Actor, code: string): Promise<Proof> {
    const phone = (await this.people.byId(actor.personId))?.phone;
    return phone ? this.uow.run((tx) => this.phoneProof.check(tx, phone, code)) : 'wrong';
  }
}
