import { Injectable } from '@nestjs/common';
import { Clock, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { hasRole, provenLately, type Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { LIMITS } from '../domain/limits.js';
import { hashPassword, newPassword, passwordMatches, strongEnough } from '../proof/password.js';
import { newTotpSecret, totpUri } from '../proof/totp.js';
import { PersonStore } from '../store/person.store.js';
import { SessionStore } from '../store/session.store.js';
import { StaffStore } from '../store/staff.store.js';
import { SessionCache } from './session-cache.js';
import { locked } from './sign-in.js';
import { StaffProof } from './staff-proof.js';

const LOGIN = /^[a-z0-9][a-z0-9._-]{2,39}$/;

/** Shown once, to be handed over in person. */
export interface StaffEnrolment {
  readonly login: string;
  readonly password: string;
  /** Text of the QR code for an authenticator app. */
  readonly totpUri: string;
}

/** Gives a person a login with a password to be changed and a second factor. Enrolling again replaces both. */
@Injectable()
export class EnrolStaff {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staff: StaffStore,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly log: StateLog,
  ) {}

  /** Throws `role_grant_refused`, `login_invalid`, `login_taken` and `person_not_found`. */
  async execute(input: { actor: Actor; personId: Id<'per'>; login: string }): Promise<StaffEnrolment> {
    if (!hasRole(input.actor, 'platform_admin', null) || input.actor.personId === input.personId) {
      throw new IdentityError('role_grant_refused', 'a platform admin enrols staff, and not themselves');
    }
    const { personId, login } = input;
    const by = input.actor.personId;
    const credential = { login, password: newPassword(), totpSecret: newTotpSecret(), mustChange: true };
    return this.enrol(credential, by, async () => personId);
  }

  /** For the people of a demonstration, with credentials that the command line prints. */
  async bootstrap(input: {
    personId: Id<'per'>;
    login: string;
    password: string;
    totpSecret: string;
  }): Promise<StaffEnrolment> {
    return this.enrol({ ...input, mustChange: false }, null, async () => input.personId);
  }

  /** On the command line: `make` makes the person, in the transaction that gives the login. */
  async bootstrapNew(login: string, make: (tx: Tx) => Promise<Id<'per'>>): Promise<StaffEnrolment> {
    const credential = { login, password: newPassword(), totpSecret: newTotpSecret(), mustChange: true };
    return this.enrol(credential, null, make);
  }

  private async enrol(
    input: { login: string; password: string; totpSecret: string; mustChange: boolean },
    by: Id<'per'> | null,
    owner: (tx: Tx) => Promise<Id<'per'>>,
  ): Promise<StaffEnrolment> {
    const { password, totpSecret, mustChange } = input;
    const login = input.login.toLowerCase();
    if (!LOGIN.test(login)) {
      throw new IdentityError('login_invalid', 'a login has 3 to 40 letters, digits, dots or dashes', {
        field: 'login',
      });
    }
    const passwordHash = await hashPassword(password);
    try {
      await this.uow.run(async (tx) => {
        const personId = await owner(tx);
        const person = await this.people.lock(tx, personId);
        if (person?.state !== 'active')
          throw new IdentityError('person_not_found', 'there is no such person');
        await this.staff.put(tx, { personId, login, passwordHash, totpSecret }, mustChange, by);
        await this.sessions.revokeAll(tx, personId);
        await this.log.append(tx, [
          { objectType: 'person', objectId: personId, from: 'active', to: 'active', event: 'enrol_staff' },
        ]);
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'staff_credential_login')) throw error;
      throw new IdentityError('login_taken', 'somebody has this login', { field: 'login' });
    }
    return { login, password, totpUri: totpUri(totpSecret, login) };
  }
}

/** Changes the own password and ends every other session. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly staff: StaffStore,
    private readonly proof: StaffProof,
    private readonly sessions: SessionStore,
    private readonly cache: SessionCache,
    private readonly clock: Clock,
  ) {}

  /** Throws `password_weak`, `sign_in_refused`, `sign_in_locked` and `second_factor_required`. */
  async execute(input: { actor: Actor; current: string; next: string }): Promise<void> {
    const { actor, current, next } = input;
    const { personId, sessionId } = actor;
    if (!provenLately(actor, this.clock.now())) {
      throw new IdentityError('second_factor_required', 'prove the second factor first');
    }
    const wait = await this.proof.mayTry(LIMITS.triesOfSecondFactor, personId);
    if (wait) throw locked(wait.lockedSeconds);
    const credential = await this.staff.ofPerson(personId);
    if (!(await passwordMatches(credential?.passwordHash ?? null, current)) || !credential) {
      throw new IdentityError('sign_in_refused', 'the current password is wrong');
    }
    if (!strongEnough(next, credential.login) || next === current) {
      throw new IdentityError(
        'password_weak',
        'take 12 to 128 characters, new, varied and without the login',
        {
          field: 'next',
        },
      );
    }
    const hash = await hashPassword(next);
    await this.uow.run(async (tx) => {
      await this.staff.changePassword(tx, personId, hash);
      await this.sessions.revokeAll(tx, personId, sessionId);
    });
    this.cache.dropPerson(personId);
  }
}
