import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { PartnerStore } from '../store/partner.store.js';

/** Who acts for partners, for contexts that must know whose interest is whose. Never shown to anybody. */
@Injectable()
export class PartnerPeople {
  constructor(private readonly partners: PartnerStore) {}

  /** Those of the ids that are a partner, in whatever state. */
  known(partnerIds: readonly Id<'ptn'>[]): Promise<Set<Id<'ptn'>>> {
    return this.partners.known(partnerIds);
  }

  /** The present members of each partner, by one statement; a partner without members is missing. */
  of(tx: Tx, partnerIds: readonly Id<'ptn'>[]): Promise<Map<Id<'ptn'>, Id<'per'>[]>> {
    return this.partners.peopleOf(tx, partnerIds);
  }
}
