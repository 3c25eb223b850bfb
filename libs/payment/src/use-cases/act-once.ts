import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { IdempotencyStore } from '@hehuo/platform';
import { again } from './again.js';

/** One act of one person, as the client named it. Sent again with the same content, it gives the first answer. */
export interface Act<A extends { readonly personId: Id<'per'> }> {
  readonly actor: A;
  /** The Idempotency-Key, 8 to 64 characters. */
  readonly key: string;
  /** SHA-256 of what is asked, ids of the path included; 32 bytes. */
  readonly fingerprint: Buffer;
}

/** Opens the transaction of an act and does its work once, however often it is sent. */
@Injectable()
export class ActOnce {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly idempotency: IdempotencyStore,
  ) {}

  /**
   * `name` says what is asked, at most 60 characters. The answer of `work` must survive JSON. The work runs again from
   * its beginning when a row moved meanwhile. Throws `idempotency_key_reused` for a key that came with other content.
   */
  run<T>(
    name: string,
    { actor, key, fingerprint }: Act<{ readonly personId: Id<'per'> }>,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const request = { personId: actor.personId, route: name, key, hash: fingerprint };
    return again(() =>
      this.uow.run(async (tx) => (await this.idempotency.once(tx, request, () => work(tx))).value),
    );
  }
}
