import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Clock, newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { IdempotencyStore, type Once } from '@hehuo/platform';
import { checkPoolDraft, type MatchPoolDraft } from '../../domain/match-pool.js';
import { MatchPoolStore } from '../../store/match-pool.store.js';
import { KnownParties, type PartyPointers } from './known-parties.js';
import { requireOffice } from './match-office.js';

const DONORS: PartyPointers = {
  ...{ persons: '/donorPersonIds', households: '/donorHouseholdIds', partners: '/donorPartnerIds' },
};

/** Staff writes down what a donor commits. Nothing is matched from it before a fund approver activates it. */
@Injectable()
export class ProposeMatchPool {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pools: MatchPoolStore,
    private readonly parties: KnownParties,
    private readonly idempotency: IdempotencyStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `match_pool_invalid` with everything that is wrong, `match_forbidden` or `idempotency_key_reused`. */
  async execute(input: {
    readonly actor: Actor;
    readonly draft: MatchPoolDraft;
    readonly idempotencyKey: string;
    /** SHA-256 of the request's content, 32 bytes. */
    readonly requestHash: Buffer;
  }): Promise<Once<{ readonly id: Id<'mpl'> }>> {
    const { actor, draft } = input;
    checkPoolDraft(draft);
    requireOffice(actor, ['community_staff'], draft.communityIds);
    await this.parties.assert(draft.donors, DONORS);
    const request = {
      personId: actor.personId,
      route: 'POST /v1/match-pools',
      key: input.idempotencyKey,
      hash: input.requestHash,
    };
    return this.uow.run((tx) =>
      this.idempotency.once(tx, request, async () => {
        const id = newId('mpl', this.clock.now().getTime());
        await this.pools.insert(tx, id, draft, actor.personId);
        return { id };
      }),
    );
  }
}
