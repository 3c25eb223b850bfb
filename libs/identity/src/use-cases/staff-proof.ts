import { Injectable } from '@nestjs/common';
import { Clock, UnitOfWork, type Id } from '@hehuo/kernel';
import { LIMITS, type AttemptRule } from '../domain/limits.js';
import { passwordMatches } from '../proof/password.js';
import { totpStep } from '../proof/totp.js';
import { AttemptStore } from '../store/attempt.store.js';
import { StaffStore, type StaffCredential } from '../store/staff.store.js';
import type { Proof } from './phone-proof.js';

/** Checks what staff know and have. A try is counted before it is checked, so that many at once are counted too. */
@Injectable()
export class StaffProof {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly staff: StaffStore,
    private readonly clock: Clock,
  ) {}

  /** Null when the login may be tried now; counts a try. */
  async mayTry(rule: AttemptRule, subject: string): Promise<{ readonly lockedSeconds: number } | null> {
    const attempt = await this.uow.run((tx) => this.attempts.take(tx, rule, subject));
    return attempt.allowed ? null : { lockedSeconds: attempt.retryAfterSeconds };
  }

  /** Password and second factor together, so that neither can be tried alone. */
  async whole(
    login: string,
    password: string,
    code: string,
  ): Promise<Proof | { readonly staff: StaffCredential }> {
    const key = login.toLowerCase();
    const locked = await this.mayTry(LIMITS.triesOfStaff, key);
    if (locked) return locked;
    const credential = await this.staff.byLogin(key);
    const matches = await passwordMatches(credential?.passwordHash ?? null, password);
    if (!credential || !matches) return 'wrong';
    const right = await this.useTotp(credential, code, LIMITS.triesOfStaff, key);
    return right ? { staff: credential } : 'wrong';
  }

  /** The second factor alone, of somebody who is signed in. */
  async second(personId: Id<'per'>, code: string): Promise<Proof | 'none'> {
    const credential = await this.staff.ofPerson(personId);
    if (!credential) return 'none';
    const locked = await this.mayTry(LIMITS.triesOfSecondFactor, personId);
    if (locked) return locked;
    return (await this.useTotp(credential, code, LIMITS.triesOfSecondFactor, personId)) ? 'right' : 'wrong';
  }

  private async useTotp(
    { personId, totpSecret }: StaffCredential,
    code: string,
    rule: AttemptRule,
    subject: string,
  ): Promise<boolean> {
    const step = totpStep(totpSecret, code, this.clock.now());
    if (step === null) return false;
    return this.uow.run(async (tx) => {
      const fresh = await this.staff.useStep(tx, personId, step);
      if (fresh) await this.attempts.clear(tx, rule, subject);
      return fresh;
    });
  }
}
