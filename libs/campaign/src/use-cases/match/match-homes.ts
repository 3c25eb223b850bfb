import { Injectable } from '@nestjs/common';
import { Memberships } from '@hehuo/community';
import { PartnerPeople } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import { EXCLUSIONS, type ExcludedHomes, type Exclusion } from '../../domain/match-of.js';
import { MatchPoolStore } from '../../store/match-pool.store.js';

export interface MatchPlace {
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
}

/**
 * Finds the households that a pool does not match in a campaign: the organiser's, those of the members of partners
 * that supply it, and the donor's own. Looked up each time, because people join partners and households.
 */
@Injectable()
export class MatchHomes {
  constructor(
    private readonly pools: MatchPoolStore,
    private readonly partners: PartnerPeople,
    private readonly memberships: Memberships,
  ) {}

  /** By three statements, however many pools, partners and people there are. */
  async of(tx: Tx, place: MatchPlace, poolIds: readonly Id<'mpl'>[]): Promise<Map<Id<'mpl'>, ExcludedHomes>> {
    const named = await this.pools.exclusions(tx, poolIds, place.campaignId);
    const partnerIds = named.flatMap(({ kind, refId }) => (kind === 'partner' ? [refId as Id<'ptn'>] : []));
    const members = await this.partners.of(tx, [...new Set(partnerIds)]);
    const perPool = poolIds.map((poolId) => {
      const persons = new Map<Id<'per'>, Exclusion>([[place.organiserId, 'organiser']]);
      const households = new Map<Id<'hhd'>, Exclusion>();
      for (const one of named.filter((row) => row.poolId === poolId)) {
        const why = one.isDonor ? 'donor' : 'supplier';
        if (one.kind === 'household') put(households, one.refId as Id<'hhd'>, why);
        if (one.kind === 'person') put(persons, one.refId as Id<'per'>, why);
        if (one.kind === 'partner') {
          for (const personId of members.get(one.refId as Id<'ptn'>) ?? []) put(persons, personId, why);
        }
      }
      return { poolId, persons, households };
    });
    const everybody = new Set(perPool.flatMap(({ persons }) => [...persons.keys()]));
    const homes = await this.memberships.verified(tx, place.communityId, [...everybody]);
    for (const { persons, households } of perPool) {
      for (const [personId, why] of persons) {
        const home = homes.get(personId);
        if (home) put(households, home.householdId, why);
      }
    }
    return new Map(perPool.map(({ poolId, ...excluded }) => [poolId, excluded]));
  }
}

/** Of several reasons the first in the order of {@link EXCLUSIONS} is told. */
function put<K>(map: Map<K, Exclusion>, key: K, why: Exclusion): void {
  const known = map.get(key);
  if (known === undefined || EXCLUSIONS.indexOf(why) < EXCLUSIONS.indexOf(known)) map.set(key, why);
}
