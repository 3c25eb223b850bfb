import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import { IdentityError } from '../domain/errors.js';
import { addressBucket, LIMITS } from '../domain/limits.js';
import { deviceLabel } from '../domain/session.js';
import { newToken, tokenHash } from '../proof/session-token.js';
import { SessionStore } from '../store/session.store.js';
import { locked, type SignedIn } from './sign-in.js';
import { StaffProof } from './staff-proof.js';

export interface StaffSignInInput {
  readonly login: string;
  readonly password: string;
  /** Six digits of the authenticator app. */
  readonly totp: string;
  readonly address: string;
  readonly userAgent?: string | undefined;
}

export interface StaffSignedIn extends SignedIn {
  /** The password was given by somebody else and should be changed now. */
  readonly mustChangePassword: boolean;
}

/** Opens a session that carries the person's roles. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: StaffProof,
    private readonly sessions: SessionStore,
  ) {}

  /** Throws `sign_in_refused`, whatever was wrong, and `sign_in_locked` with `retryAfterSeconds` after too many tries. */
  async execute(input: StaffSignInInput): Promise<StaffSignedIn> {
    const byAddress = await this.proof.mayTry(LIMITS.triesOfAddress, addressBucket(input.address));
    if (byAddress) throw locked(byAddress.lockedSeconds);
    const outcome = await this.proof.whole(input.login, input.password, input.totp);
    if (typeof outcome === 'object' && 'lockedSeconds' in outcome) throw locked(outcome.lockedSeconds);
    if (typeof outcome === 'string') {
      throw new IdentityError(
        'sign_in_refused',
        'login, password or code is wrong, or the code was used before',
      );
    }
    const { personId, mustChange } = outcome.staff;
    const token = newToken();
    const session = await this.uow.run((tx) =>
      this.sessions.open(tx, {
        personId,
        kind: 'staff',
        tokenHash: tokenHash(token)!,
        device: deviceLabel(input.userAgent),
      }),
    );
    const { id: sessionId, expiresAt, endsAt } = session;
    return { token, sessionId, personId, expiresAt, endsAt, isNew: false, mustChangePassword: mustChange };
  }
}
