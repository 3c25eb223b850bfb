import { Injectable } from '@nestjs/common';
import { Memberships } from '@hehuo/community';
import type { Id, Tx } from '@hehuo/kernel';
import type { IntakeBook } from '../domain/admission.js';
import { KIND_RULES } from '../domain/kinds/index.js';
import type { PledgeRequest } from '../domain/pledge.js';
import type { BookPage } from '../store/intake-book.store.js';
import { PledgeStores } from '../store/pledge-stores.js';
import { ReserveMatches } from './match/reserve-matches.js';

/** What a batch of pledges is decided by, read while the intake is held. */
@Injectable()
export class AdmissionBook {
  constructor(
    private readonly stores: PledgeStores,
    private readonly memberships: Memberships,
    readonly matches: ReserveMatches,
  ) {}

  async bookFor(
    tx: Tx,
    campaignId: Id<'cmp'>,
    open: boolean,
    page: BookPage,
    requests: readonly PledgeRequest[],
  ): Promise<IntakeBook> {
    const { book } = this.stores;
    const personIds = [...new Set(requests.map(({ personId }) => personId))];
    const slotIds = [...new Set(requests.flatMap(({ slotId }) => slotId ?? []))];
    const asked = [...new Set(requests.map(({ askId }) => askId))].flatMap((id) => page.asks.get(id) ?? []);
    // Slots and households limit the other kinds by themselves.
    const limited = asked
      .filter(({ kind, perPersonMax }) => perPersonMax !== null || kind === 'goods' || kind === 'planning')
      .map(({ id }) => id);
    const once = asked.filter(({ kind }) => KIND_RULES[kind].oncePerHousehold).map(({ id }) => id);
    const [members, slots, promised] = await Promise.all([
      this.memberships.verified(tx, page.communityId, personIds),
      book.slots(tx, slotIds, campaignId),
      book.promised(tx, limited, personIds),
    ]);
    const households = [...members.values()].map(({ householdId }) => householdId);
    const attentive = await book.attentive(tx, once, households);
    return { open, terms: page.terms, asks: page.asks, slots, members, promised, attentive };
  }
}
