import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { IdentityError } from '../domain/errors.js';
import { addressBucket, LIMITS } from '../domain/limits.js';
import { normalPhone } from '../domain/phone.js';
import { deviceLabel } from '../domain/session.js';
import { newToken, tokenHash } from '../proof/session-token.js';
import { AttemptStore } from '../store/attempt.store.js';
import { ConsentStore } from '../store/consent.store.js';
import { PersonStore } from '../store/person.store.js';
import { SessionStore } from '../store/session.store.js';
import { PhoneProof } from './phone-proof.js';

export interface SignInInput {
  readonly phone: string;
  readonly code: string;
  readonly address: string;
  readonly userAgent?: string | undefined;
  /** True when the person ticked the privacy notice in force. */
  readonly acceptsPrivacyNotice: boolean;
}

export interface SignedIn {
  /** Shown once; only its hash is stored. */
  readonly token: string;
  readonly sessionId: Id<'ses'>;
  readonly personId: Id<'per'>;
  readonly expiresAt: Date;
  readonly endsAt: Date;
  readonly isNew: boolean;
}

type Outcome = SignedIn | 'refused' | { lockedSeconds: number };

/** Opens a session for whoever shows the code that went to the phone. The first time makes the person. */
@Injectable()
export class SignIn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: PhoneProof,
    private readonly attempts: AttemptStore,
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly consents: ConsentStore,
  ) {}

  /** Throws `sign_in_refused`, whatever was wrong, and `sign_in_locked` with `retryAfterSeconds` after too many tries. */
  async execute(input: SignInInput): Promise<SignedIn> {
    const phone = normalPhone(input.phone);
    if (phone === null) throw refused();
    const outcome = await this.uow.run((tx) => this.attempt(tx, phone, input));
    // Thrown outside, because the count of a wrong try must be committed.
    if (outcome === 'refused') throw refused();
    if ('lockedSeconds' in outcome) throw locked(outcome.lockedSeconds);
    return outcome;
  }

  private async attempt(tx: Tx, phone: string, input: SignInInput): Promise<Outcome> {
    const byAddress = await this.attempts.take(tx, LIMITS.triesOfAddress, addressBucket(input.address));
    if (!byAddress.allowed) return { lockedSeconds: byAddress.retryAfterSeconds };
    const proof = await this.proof.check(tx, phone, input.code);
    if (proof !== 'right') return proof === 'wrong' ? 'refused' : proof;
    const { id: personId, isNew } = await this.people.ofPhone(tx, phone);
    if (input.acceptsPrivacyNotice) {
      await this.consents.give(tx, { personId, givenBy: personId, kind: 'privacy_notice', receiver: '' });
    }
    const token = newToken();
    const session = await this.sessions.open(tx, {
      personId,
      kind: 'phone',
      tokenHash: tokenHash(token)!,
      device: deviceLabel(input.userAgent),
    });
    return {
      token,
      sessionId: session.id,
      personId,
      expiresAt: session.expiresAt,
      endsAt: session.endsAt,
      isNew,
    };
  }
}

function refused(): IdentityError {
  return new IdentityError(
    'sign_in_refused',
    'that is not right, or too old; check what you typed or ask for a new code',
  );
}

export function locked(retryAfterSeconds: number): IdentityError {
  return new IdentityError(
    'sign_in_locked',
    `too many tries; wait ${retryAfterSeconds} seconds and ask for a new code`,
    { retryAfterSeconds },
  );
}
