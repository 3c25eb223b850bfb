import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id } from '@hehuo/kernel';
import type { OwnerKind } from '../domain/custody.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { CustodyStore } from '../store/custody.store.js';
import { ActivePeople } from './ports.js';
import { requireSignatories } from './signatories.js';
import { Trail } from './trail.js';

export interface ProposeCustodyAccountInput {
  readonly actor: Officer;
  readonly communityId: Id<'com'>;
  /** The legal body's full name. */
  readonly ownerName: string;
  readonly ownerKind: OwnerKind;
  /** Two persons who sign for the account. */
  readonly signatories: readonly [Id<'per'>, Id<'per'>];
}

/**
 * Staff names the legal body that will hold a community's money. It takes none before a fund approver activates it: cash
 * and transfers then, and online payment through each of its channels that is active.
 */
@Injectable()
export class ProposeCustodyAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly custody: CustodyStore,
    private readonly people: ActivePeople,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `custody_account_invalid`, `custody_signatory_unknown` and `payment_forbidden`. */
  async execute(input: ProposeCustodyAccountInput): Promise<Id<'cus'>> {
    requireOneOf(input.actor, ['community_staff'], input.communityId);
    const { signatories } = input;
    if (signatories[0] === signatories[1]) {
      throw new PaymentError('custody_account_invalid', 'name two different signatories');
    }
    const id = newId('cus', this.clock.now().getTime());
    await this.uow.run(async (tx) => {
      await requireSignatories(tx, this.people, signatories);
      await this.custody.insert(tx, { ...input, id, proposedBy: input.actor.personId });
      await this.trail.leave(tx, [
        { objectType: 'custody_account', objectId: id, from: null, to: 'proposed', event: 'propose' },
      ]);
    });
    return id;
  }
}
