import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import type { Actor } from '@hehuo/identity';
import { checkInvariants } from '@hehuo/platform';
import { moveIn, settleCommunity, signInByPhone, startTestModule, withRoles } from '@hehuo/testing';
import type { SettledCommunity, TestModule } from '@hehuo/testing';
import {
  ChangePolicy,
  COMMUNITY_INVARIANTS,
  CommunityModule,
  CommunityPolicies,
  DEFAULT_POLICY,
} from './index.js';
import { ReviewMembership, Trusted, TrustNeighbours } from './index.js';

let world: TestModule;
let place: SettledCommunity;
let communityId: Id<'com'>;
let staff: Actor;
const of = <T>(type: abstract new (...all: never[]) => T): T => world.app.get(type, { strict: false });

beforeAll(async () => {
  world = await startTestModule({ imports: [CommunityModule] });
  place = await settleCommunity(world.app);
  ({ communityId, staff } = place);
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, COMMUNITY_INVARIANTS)).toEqual([]);
});

const resident = () => moveIn(world.app, place);

describe('policies', () => {
  const { version: _version, ...content } = DEFAULT_POLICY;
  const change = (
    after: number,
    over: Partial<typeof content> = {},
    effectiveFrom: Date | null = null,
    actor = staff,
  ) =>
    of(ChangePolicy).execute({
      actor,
      communityId,
      after,
      content: { ...content, ...over },
      effectiveFrom,
      reason: '居民会议决定',
    });

  it('are the defaults until the community writes its own', async () => {
    expect(await of(CommunityPolicies).current(communityId)).toEqual(DEFAULT_POLICY);
    expect(await change(0, { noticeDays: 10, moneyPerPersonMax: 50_000n })).toBe(1);
    expect(await of(CommunityPolicies).current(communityId)).toMatchObject({
      version: 1,
      noticeDays: 10,
      moneyPerPersonMax: 50_000n,
    });
    const within = await of(UnitOfWork).run((tx) => of(CommunityPolicies).current(communityId, tx));
    expect(within.version).toBe(1);
  });

  it('begin when they are said to, and have one writer a version', async () => {
    const races = await Promise.allSettled(
      Array.from({ length: 10 }, () => change(1, { noticeDays: 12 }, new Date('2999-01-01T00:00:00Z'))),
    );
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of races)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'policy_changed' });
    expect((await of(CommunityPolicies).current(communityId)).noticeDays).toBe(10);
    expect((await of(CommunityPolicies).history(communityId)).map(({ version }) => version)).toEqual([2, 1]);
  });

  it('are changed by staff, forward and within the ranges', async () => {
    await expect(change(2, { noticeDays: 0 })).rejects.toMatchObject({
      code: 'policy_invalid',
      details: { field: 'noticeDays' },
    });
    await expect(change(2, {}, new Date('2020-01-01T00:00:00Z'))).rejects.toMatchObject({
      code: 'policy_invalid',
    });
    const { actor } = await signInByPhone(world.app);
    await expect(change(2, {}, null, actor)).rejects.toMatchObject({ code: 'community_forbidden' });
  });
});

describe('trusted neighbours', () => {
  const isTrusted = (actor: Actor) =>
    of(UnitOfWork).run((tx) => of(Trusted).isTrusted(tx, communityId, actor.personId));
  const grant = (personId: Id<'per'>, actor = staff) =>
    of(TrustNeighbours).grant({ actor, communityId, personId, days: 30 });

  it('are named by staff, once, and until it ends', async () => {
    const { actor } = await resident();
    expect(await isTrusted(actor)).toBe(false);
    const races = await Promise.allSettled(Array.from({ length: 6 }, () => grant(actor.personId)));
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await isTrusted(actor)).toBe(true);
    const [listed] = await of(TrustNeighbours).list({ actor: staff, communityId, after: '', limit: 10 });
    expect(listed).toMatchObject({ personId: actor.personId, maskedName: '陈**' });
    await expect(
      of(TrustNeighbours).end({ actor: withRoles(actor), trustId: newId('tru', 1) }),
    ).rejects.toMatchObject({ code: 'trusted_not_found' });
    await of(TrustNeighbours).end({ actor: staff, trustId: listed!.id });
    expect(await isTrusted(actor)).toBe(false);
    await grant(actor.personId);
    await world.testDatabase.database.change(
      'UPDATE trusted_neighbour SET until_at = UTC_TIMESTAMP(3) WHERE open_for IS NOT NULL',
    );
    expect(await isTrusted(actor)).toBe(false);
    await grant(actor.personId);
    expect(await isTrusted(actor)).toBe(true);
  });

  it('are verified adults, and lose it with the membership', async () => {
    const stranger = (await signInByPhone(world.app)).actor;
    await expect(grant(stranger.personId)).rejects.toMatchObject({ code: 'trusted_unfit' });
    await expect(grant(staff.personId)).rejects.toMatchObject({ code: 'trusted_unfit' });
    const { actor, membershipId } = await resident();
    await expect(grant(actor.personId, actor)).rejects.toMatchObject({ code: 'community_forbidden' });
    await grant(actor.personId);
    await of(ReviewMembership).execute({ actor, membershipId, event: 'end', reason: null });
    expect(await isTrusted(actor)).toBe(false);
  });
});
