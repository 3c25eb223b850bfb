import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { IDENTITY_INVARIANTS, type Actor } from '@hehuo/identity';
import { checkInvariants } from '@hehuo/platform';
import {
  doorCodeOf,
  moveIn,
  newcomer,
  settleCommunity,
  signInByPhone,
  startTestModule,
  withRoles,
} from '@hehuo/testing';
import type { SettledCommunity, TestModule } from '@hehuo/testing';
import { COMMUNITY_INVARIANTS, CommunityModule, JoinCommunity, Memberships, ReadCommunity } from './index.js';
import { ReadMemberships, ReviewMembership, type Household } from './index.js';

let world: TestModule;
let place: SettledCommunity;
const of = <T>(type: abstract new (...all: never[]) => T): T => world.app.get(type, { strict: false });

beforeAll(async () => {
  world = await startTestModule({ imports: [CommunityModule] });
  place = await settleCommunity(world.app);
});
afterAll(() => world.stop());
afterEach(async () => {
  const breaches = await checkInvariants(world.testDatabase.database, [
    ...COMMUNITY_INVARIANTS,
    ...IDENTITY_INVARIANTS,
  ]);
  expect(breaches).toEqual([]);
});

const verified = async (...people: Actor[]) => {
  const ids = people.map(({ personId }) => personId);
  return of(UnitOfWork).run((tx) => of(Memberships).verified(tx, place.communityId, ids));
};
const member = (home?: Household, birthDate?: string) =>
  moveIn(world.app, place, { ...(home ? { home } : {}), ...(birthDate ? { birthDate } : {}) });
const review = (membershipId: Id<'mbr'>, event: 'verify' | 'refuse' | 'end', actor = place.staff) =>
  of(ReviewMembership).execute({ actor, membershipId, event, reason: null });
const codeFor = (home: Household, uses = 4) => doorCodeOf(world.app, place, home, { uses });
const enter = (actor: Actor, code: string) =>
  of(JoinCommunity).byDoorCode({ actor, communityId: place.communityId, code });

describe('door codes', () => {
  it('make an adult a member at once', async () => {
    const home = place.nextHome();
    const code = await codeFor(home);
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    const actor = await newcomer(world.app);
    expect(await enter(actor, code.toLowerCase())).toMatchObject({ state: 'verified' });
    expect((await verified(actor)).get(actor.personId)).toEqual({
      personId: actor.personId,
      householdId: home.id,
      ageClass: 'adult',
      guardianId: null,
    });
    await expect(enter(actor, code)).rejects.toMatchObject({ code: 'membership_exists' });
  });

  it('have one winner for the last use', async () => {
    const code = await codeFor(place.nextHome(), 1);
    const people = await Promise.all(Array.from({ length: 8 }, () => newcomer(world.app)));
    const results = await Promise.allSettled(people.map((actor) => enter(actor, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await verified(...people)).size).toBe(1);
  });

  it('give back the use when the person is a member already', async () => {
    const { actor, home } = await member();
    const code = await codeFor(home, 1);
    await expect(enter(actor, code)).rejects.toMatchObject({ code: 'membership_exists' });
    expect(await enter(await newcomer(world.app), code)).toMatchObject({ state: 'verified' });
  });

  it('are one membership when one person sends it ten times at once', async () => {
    const actor = await newcomer(world.app);
    const code = await codeFor(place.nextHome(), 20);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => enter(actor, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('stop a guesser after ten tries, counted exactly', async () => {
    const actor = await newcomer(world.app);
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => enter(actor, 'ZZZZ-ZZZZ')));
    const codes = results.map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'in',
    );
    expect(codes.filter((one) => one === 'door_code_refused')).toHaveLength(10);
    expect(codes.filter((one) => one === 'door_code_locked')).toHaveLength(20);
    await expect(enter(actor, await codeFor(place.nextHome()))).rejects.toMatchObject({
      code: 'door_code_locked',
    });
  });

  it('end with their time, with a newer code, and at the border of the community', async () => {
    const home = place.nextHome();
    const old = await codeFor(home);
    const current = await codeFor(home);
    const actor = await newcomer(world.app);
    await expect(enter(actor, old)).rejects.toMatchObject({ code: 'door_code_refused' });
    const [other] = await of(ReadCommunity).search({ name: '城北', streetId: null, after: '', limit: 1 });
    const elsewhere = of(JoinCommunity).byDoorCode({ actor, communityId: other!.id, code: current });
    await expect(elsewhere).rejects.toMatchObject({ code: 'door_code_refused' });
    await world.testDatabase.database.change(
      'UPDATE door_code SET expires_at = UTC_TIMESTAMP(3) WHERE household_id = ?',
      [home.id],
    );
    await expect(enter(actor, current)).rejects.toMatchObject({ code: 'door_code_refused' });
    const dump = JSON.stringify(await world.testDatabase.database.rows('SELECT * FROM door_code'));
    expect(dump).not.toContain(current.replace('-', ''));
  });

  it('ask for a birth date first', async () => {
    const { actor } = await signInByPhone(world.app);
    await expect(enter(actor, await codeFor(place.nextHome()))).rejects.toMatchObject({
      code: 'birth_date_required',
    });
  });
});

describe('requests', () => {
  const ask = (actor: Actor, home: Household, door = home.door) =>
    of(JoinCommunity).byRequest({
      actor,
      communityId: place.communityId,
      estateId: home.estateId,
      door,
      note: '新搬来的',
    });

  it('are verified by staff, once, and not by oneself', async () => {
    const actor = await newcomer(world.app);
    const { membershipId } = await ask(actor, place.nextHome());
    expect((await verified(actor)).size).toBe(0);
    await expect(
      review(
        membershipId,
        'verify',
        withRoles(actor, { role: 'community_staff', communityId: place.communityId }),
      ),
    ).rejects.toMatchObject({ code: 'membership_own_review' });
    const stranger = await newcomer(world.app);
    await expect(review(membershipId, 'verify', stranger)).rejects.toMatchObject({
      code: 'membership_not_found',
    });
    const foreign = withRoles(stranger, { role: 'community_staff', communityId: newId('com', 1) });
    await expect(review(membershipId, 'verify', foreign)).rejects.toMatchObject({
      code: 'membership_not_found',
    });
    const admin = withRoles(stranger, { role: 'platform_admin', communityId: null });
    await expect(review(membershipId, 'verify', admin)).rejects.toMatchObject({
      code: 'membership_not_found',
    });
    const races = await Promise.allSettled(Array.from({ length: 10 }, () => review(membershipId, 'verify')));
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await verified(actor)).size).toBe(1);
  });

  it('name a door of the list, however it is written', async () => {
    const home = place.nextHome();
    const actor = await newcomer(world.app);
    await expect(ask(actor, home, '99栋1单元1')).rejects.toMatchObject({ code: 'household_not_found' });
    expect(await ask(actor, home, ` ${home.door.replace('栋', '栋 ')} `)).toMatchObject({
      state: 'requested',
    });
    const queue = await of(ReadMemberships).queue({
      actor: place.staff,
      communityId: place.communityId,
      state: 'requested',
      after: '',
      limit: 100,
    });
    const shown = queue.find(({ personId }) => personId === actor.personId)!;
    expect(shown).toMatchObject({ maskedName: '陈**', door: home.door, note: '新搬来的' });
    expect(JSON.stringify(queue)).not.toContain('陈大文');
  });

  it('can be made again after they were refused, and the person may leave', async () => {
    const actor = await newcomer(world.app);
    const home = place.nextHome();
    await review((await ask(actor, home)).membershipId, 'refuse');
    const second = await ask(actor, home);
    await review(second.membershipId, 'verify');
    await review(second.membershipId, 'end', actor);
    expect((await verified(actor)).size).toBe(0);
    await expect(review(second.membershipId, 'verify')).rejects.toMatchObject({ code: 'state_conflict' });
    const states = (await of(ReadMemberships).ofPerson(actor.personId)).map(({ state }) => state);
    expect(states.sort()).toEqual(['ended', 'refused']);
  });
});
