import { Memberships, RegisterResident, Trusted, TrustNeighbours } from '@hehuo/community';
import { ApplyPartner, ReadPartners, ReviewPartner, type Actor } from '@hehuo/identity';
import { Clock, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Platform } from '../platform.js';
import { acting } from './acting.js';
import { PARTNER_MEMBER, resident, residentCount, trustedAt } from './demo-cast.js';
import type { SeedPeople } from './seed-people.js';

const trustDays = 180;
const pageMax = 100;

/** Neighbours with verified households, the trusted one among them, and a partner organisation. */
export class SeedResidents {
  private readonly clock: Clock;

  constructor(
    private readonly platform: Platform,
    private readonly people: SeedPeople,
  ) {
    this.clock = platform.get(Clock);
  }

  /** The residents by their number, from 1. */
  async residents(
    communityId: Id<'com'>,
    households: readonly Id<'hhd'>[],
    staff: Actor,
  ): Promise<ReadonlyMap<number, Actor>> {
    const year = this.clock.now().getUTCFullYear();
    const cast = new Map<number, Actor>();
    for (let at = 1; at <= residentCount; at += 1) {
      const personId = await this.people.person(resident(at, year));
      cast.set(at, acting(personId, this.clock));
    }
    const ids = [...cast.values()].map(({ personId }) => personId);
    const verified = await this.inTx((tx) => this.platform.get(Memberships).verified(tx, communityId, ids));
    for (const [at, { personId }] of cast) {
      const householdId = households[at - 1];
      if (verified.has(personId) || !householdId) continue;
      await this.platform.get(RegisterResident).execute({
        actor: staff,
        communityId,
        householdId,
        ...resident(at, year),
        guardianId: null,
        signedOnPaper: true,
      });
    }
    await this.trust(communityId, cast.get(trustedAt)!, staff);
    return cast;
  }

  /** A group filed with the community: it may act, and has no legal personality of its own. */
  async partner(staff: Actor): Promise<void> {
    const personId = await this.people.person(PARTNER_MEMBER);
    const actor = acting(personId, this.clock);
    const name = '演示社区服务队';
    const partners = this.platform.get(ReadPartners);
    const read = { actor: staff, kind: null, after: '', limit: pageMax } as const;
    const known = [
      ...(await partners.list({ ...read, state: 'verified' })),
      ...(await partners.list({ ...read, state: 'applied' })),
    ].find((one) => one.name === name);
    const partnerId =
      known?.id ??
      (await this.platform.get(ApplyPartner).execute({
        actor,
        content: {
          kind: 'social_organisation',
          name,
          legalStatus: 'filed',
          registrationNo: null,
          about: '演示数据：在社区备案的邻里服务队，提供维修和陪伴服务。',
        },
        evidence: [{ kind: 'filing_certificate', reference: '演示备案回执', validUntil: null }],
      }));
    if (known?.state === 'verified') return;
    await this.platform
      .get(ReviewPartner)
      .execute({ actor: staff, partnerId, event: 'verify', reason: null });
  }

  private async trust(communityId: Id<'com'>, neighbour: Actor, staff: Actor): Promise<void> {
    const { personId } = neighbour;
    const trusted = await this.inTx((tx) => this.platform.get(Trusted).isTrusted(tx, communityId, personId));
    if (trusted) return;
    await this.platform.get(TrustNeighbours).grant({ actor: staff, communityId, personId, days: trustDays });
  }

  private inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.platform.get(UnitOfWork).run(work);
  }
}
