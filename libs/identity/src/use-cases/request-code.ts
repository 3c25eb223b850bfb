import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Tx } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import { IdentityError } from '../domain/errors.js';
import { addressBucket, codeMinutes, LIMITS, resendSeconds } from '../domain/limits.js';
import { normalPhone } from '../domain/phone.js';
import { codeHash, newCode } from '../proof/one-time-code.js';
import { AttemptStore, type Attempt } from '../store/attempt.store.js';
import { CodeStore } from '../store/code.store.js';
import { SmsStore } from '../store/sms.store.js';

export interface CodeRequested {
  readonly resendAfterSeconds: number;
  readonly expiresInSeconds: number;
}

interface Refusal {
  readonly refused: 'code_too_soon' | 'too_many_codes';
  readonly retryAfterSeconds: number;
}
type Outcome = 'sent' | Refusal;

/**
 * Sends a one-time code. It never looks whether the number belongs to somebody, so the answer cannot tell. The text
 * goes out by the worker after commit.
 */
@Injectable()
export class RequestCode {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly codes: CodeStore,
    private readonly sms: SmsStore,
    private readonly outbox: Outbox,
    private readonly cipher: FieldCipher,
  ) {}

  /** Throws `phone_invalid`, and `code_too_soon` or `too_many_codes` with `retryAfterSeconds`. */
  async execute(input: { phone: string; address: string }): Promise<CodeRequested> {
    const phone = normalPhone(input.phone);
    if (phone === null) {
      throw new IdentityError('phone_invalid', 'give a mainland mobile number of 11 digits', {
        field: 'phone',
      });
    }
    const outcome = await this.uow.run((tx) => this.send(tx, phone, addressBucket(input.address)));
    if (outcome !== 'sent') {
      const { refused, retryAfterSeconds } = outcome;
      throw new IdentityError(refused, `no code was sent; ask again in ${retryAfterSeconds} seconds`, {
        retryAfterSeconds,
      });
    }
    return { resendAfterSeconds: resendSeconds, expiresInSeconds: codeMinutes * 60 };
  }

  private async send(tx: Tx, phone: string, address: string): Promise<Outcome> {
    const phoneIndex = this.cipher.blindIndex('phone', phone);
    const byAddress = await this.attempts.take(tx, LIMITS.codesOfAddress, address);
    if (!byAddress.allowed) return refuse('too_many_codes', byAddress);
    // A second tap costs nothing of the allowance; the look below, under the counter's lock, decides a race.
    const early = await this.codes.pauseLeft(tx, phoneIndex);
    if (early > 0) return { refused: 'code_too_soon', retryAfterSeconds: early };
    for (const rule of [LIMITS.codesOfPhoneADay, LIMITS.codesOfPhoneAnHour]) {
      const byPhone = await this.attempts.take(tx, rule, phone);
      if (!byPhone.allowed) return refuse('too_many_codes', byPhone);
    }
    const pause = await this.codes.pauseLeft(tx, phoneIndex);
    if (pause > 0) return { refused: 'code_too_soon', retryAfterSeconds: pause };
    const code = newCode();
    const expiresAt = await this.codes.put(tx, phoneIndex, codeHash(this.cipher, phoneIndex, code));
    const ref = await this.sms.add(tx, { phone, phoneIndex, code, expiresAt });
    await this.outbox.add(tx, [{ topic: 'code.requested', ref }]);
    return 'sent';
  }
}

function refuse(refused: Refusal['refused'], { retryAfterSeconds }: Attempt): Refusal {
  return { refused, retryAfterSeconds };
}
