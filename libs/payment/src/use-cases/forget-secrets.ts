import { Injectable } from '@nestjs/common';
import { KeyStore } from '../store/key.store.js';
import { PayerHintStore } from '../store/payer-hint.store.js';

const hintsAtOnce = 1_000;

/** Removes what gateways no longer need: replaced keys after their time, and what was asked about payers. */
@Injectable()
export class ForgetSecrets {
  constructor(
    private readonly keys: KeyStore,
    private readonly hints: PayerHintStore,
  ) {}

  async execute(): Promise<number> {
    return (await this.keys.forgetRetired()) + (await this.hints.forgetOver(hintsAtOnce));
  }
}
