import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import { LIMITS } from '../domain/limits.js';
import { codeHash, sameHash } from '../proof/one-time-code.js';
import { AttemptStore } from '../store/attempt.store.js';
import { CodeStore } from '../store/code.store.js';

export type Proof = 'right' | 'wrong' | { readonly lockedSeconds: number };

/** Checks a one-time code and spends it. Every wrong try counts, and a right one works once. */
@Injectable()
export class PhoneProof {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly codes: CodeStore,
    private readonly cipher: FieldCipher,
  ) {}

  /** The caller commits whatever the answer is. */
  async check(tx: Tx, phone: string, code: string): Promise<Proof> {
    const tries = await this.attempts.take(tx, LIMITS.triesOfPhone, phone);
    if (!tries.allowed) return { lockedSeconds: tries.retryAfterSeconds };
    const phoneIndex = this.cipher.blindIndex('phone', phone);
    const expected = await this.codes.spendTry(tx, phoneIndex);
    if (expected === null || !sameHash(expected, codeHash(this.cipher, phoneIndex, code))) return 'wrong';
    await this.codes.use(tx, phoneIndex);
    await this.attempts.clear(tx, LIMITS.triesOfPhone, phone);
    return 'right';
  }
}
