import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import {
  ChangeMe,
  DeleteMyAccount,
  ExportMyData,
  IDENTITY_INVARIANTS,
  ListConsents,
  WithdrawConsent,
} from '@hehuo/identity';
import { checkInvariants } from '@hehuo/platform';
import { signInByPhone, startTestModule, withRoles, type TestModule } from '@hehuo/testing';
import type { Actor } from '@hehuo/identity';
import {
  chengdu,
  COMMUNITY_INVARIANTS,
  CommunityModule,
  GuardMinor,
  ImportRegions,
  IssueDoorCodes,
  JoinCommunity,
  Memberships,
  ReadCommunity,
  ReadGround,
  ReadMemberships,
  RegisterResident,
  ResidentRecords,
  ReviewMembership,
  type Household,
} from './index.js';

let world: TestModule;
let communityId: Id<'com'>;
let homes: Household[];
let staff: Actor;
const of = <T>(type: abstract new (...all: never[]) => T): T => world.app.get(type, { strict: false });

beforeAll(async () => {
  world = await startTestModule({ imports: [CommunityModule] });
  const load = (kind: 'regions' | 'communities' | 'estates' | 'grids' | 'households', source: string) =>
    of(ImportRegions).execute({ actor: null, kind, communityId: communityId ?? null, source, dryRun: false });
  await load('regions', chengdu.CHENGDU_REGIONS_CSV);
  await load('communities', chengdu.CHENGDU_COMMUNITIES_CSV);
  communityId = (
    await of(ReadCommunity).search({ name: chengdu.DEMO_COMMUNITY, streetId: null, after: '', limit: 1 })
  )[0]!.id;
  await load('estates', chengdu.DEMO_ESTATES_CSV);
  await load('grids', chengdu.DEMO_GRIDS_CSV);
  await load('households', chengdu.demoHouseholdsCsv());
  staff = withRoles((await signInByPhone(world.app)).actor, { role: 'community_staff', communityId });
  homes = await of(ReadGround).householdsOf({
    actor: staff,
    communityId,
    estateId: null,
    after: '',
    limit: 100,
  });
});
afterAll(() => world.stop());
afterEach(async () => {
  const breaches = await checkInvariants(world.testDatabase.database, [
    ...COMMUNITY_INVARIANTS,
    ...IDENTITY_INVARIANTS,
  ]);
  expect(breaches).toEqual([]);
});

let taken = 0;
const nextHome = () => homes[(taken += 1)]!;
const newcomer = async (birthDate = '1980-01-01') => {
  const visitor = await signInByPhone(world.app);
  await of(ChangeMe).execute({ actor: visitor.actor, changes: { name: '陈大文', birthDate } });
  return visitor.actor;
};
const codeFor = async (home: Household, uses = 4, days = 7) => {
  const [printed] = await of(IssueDoorCodes).execute({
    actor: staff,
    communityId,
    householdIds: [home.id],
    uses,
    days,
  });
  return printed!.code;
};
const enter = (actor: Actor, code: string) => of(JoinCommunity).byDoorCode({ actor, communityId, code });
const verified = async (...people: Actor[]) =>
  of(UnitOfWork).run((tx) =>
    of(Memberships).verified(
      tx,
      communityId,
      people.map(({ personId }) => personId),
    ),
  );
const member = async (home = nextHome(), birthDate?: string) => {
  const actor = await newcomer(birthDate);
  return { actor, home, ...(await enter(actor, await codeFor(home))) };
};
const review = (membershipId: Id<'mbr'>, event: 'verify' | 'refuse' | 'end', actor = staff) =>
  of(ReviewMembership).execute({ actor, membershipId, event, reason: null });
const yearsAgo = (years: number) => `${new Date(newYear).getUTCFullYear() - years}-01-01`;
const newYear = Date.UTC(2026, 10, 23);

describe('door codes', () => {
  it('make an adult a member at once', async () => {
    const home = nextHome();
    const code = await codeFor(home);
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    const actor = await newcomer();
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
    const code = await codeFor(nextHome(), 1);
    const people = await Promise.all(Array.from({ length: 8 }, () => newcomer()));
    const results = await Promise.allSettled(people.map((actor) => enter(actor, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await verified(...people)).size).toBe(1);
  });

  it('give back the use when the person is a member already', async () => {
    const { actor, home } = await member();
    const code = await codeFor(home, 1);
    await expect(enter(actor, code)).rejects.toMatchObject({ code: 'membership_exists' });
    expect(await enter(await newcomer(), code)).toMatchObject({ state: 'verified' });
  });

  it('are one membership when one person sends it ten times at once', async () => {
    const actor = await newcomer();
    const code = await codeFor(nextHome(), 20);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => enter(actor, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('stop a guesser after ten tries, counted exactly', async () => {
    const actor = await newcomer();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => enter(actor, 'ZZZZ-ZZZZ')));
    const codes = results.map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'in',
    );
    expect(codes.filter((one) => one === 'door_code_refused')).toHaveLength(10);
    expect(codes.filter((one) => one === 'door_code_locked')).toHaveLength(20);
    await expect(enter(actor, await codeFor(nextHome()))).rejects.toMatchObject({ code: 'door_code_locked' });
  });

  it('end with their time, with a newer code, and at the border of the community', async () => {
    const home = nextHome();
    const old = await codeFor(home);
    const current = await codeFor(home);
    const actor = await newcomer();
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
    await expect(enter(actor, await codeFor(nextHome()))).rejects.toMatchObject({
      code: 'birth_date_required',
    });
  });
});

describe('requests', () => {
  const ask = (actor: Actor, home: Household, door = home.door) =>
    of(JoinCommunity).byRequest({ actor, communityId, estateId: home.estateId, door, note: '新搬来的' });

  it('are verified by staff, once, and not by oneself', async () => {
    const actor = await newcomer();
    const { membershipId } = await ask(actor, nextHome());
    expect((await verified(actor)).size).toBe(0);
    await expect(
      review(membershipId, 'verify', withRoles(actor, { role: 'community_staff', communityId })),
    ).rejects.toMatchObject({ code: 'membership_own_review' });
    const stranger = await newcomer();
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
    const home = nextHome();
    const actor = await newcomer();
    await expect(ask(actor, home, '99栋1单元1')).rejects.toMatchObject({ code: 'household_not_found' });
    expect(await ask(actor, home, ` ${home.door.replace('栋', '栋 ')} `)).toMatchObject({
      state: 'requested',
    });
    const queue = await of(ReadMemberships).queue({
      actor: staff,
      communityId,
      state: 'requested',
      after: '',
      limit: 100,
    });
    const shown = queue.find(({ personId }) => personId === actor.personId)!;
    expect(shown).toMatchObject({ maskedName: '陈**', door: home.door, note: '新搬来的' });
    expect(JSON.stringify(queue)).not.toContain('陈大文');
  });

  it('can be made again after they were refused, and the person may leave', async () => {
    const actor = await newcomer();
    const home = nextHome();
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

describe('minors', () => {
  it('below 14 need a guardian of the household who agrees, then staff', async () => {
    const parent = await member();
    const child = await member(parent.home, yearsAgo(9));
    expect(child.state).toBe('requested');
    await expect(review(child.membershipId, 'verify')).rejects.toMatchObject({ code: 'guardian_required' });
    const stranger = await member();
    const guard = (actor: Actor, agrees = true) =>
      of(GuardMinor).execute({ actor, membershipId: child.membershipId, agrees });
    await expect(guard(stranger.actor)).rejects.toMatchObject({ code: 'membership_not_found' });
    await expect(guard(parent.actor, false)).rejects.toMatchObject({ code: 'guardian_consent_required' });
    expect((await of(ReadMemberships).mine({ actor: parent.actor })).unguarded.map(({ id }) => id)).toEqual([
      child.membershipId,
    ]);
    await guard(parent.actor);
    await review(child.membershipId, 'verify');
    expect((await verified(child.actor)).get(child.actor.personId)).toMatchObject({
      ageClass: 'child',
      guardianId: parent.actor.personId,
    });
    expect((await of(ReadMemberships).mine({ actor: parent.actor })).wards).toHaveLength(1);
    const sealed = JSON.stringify(await world.testDatabase.database.rows('SELECT * FROM membership'));
    expect(sealed).not.toContain(yearsAgo(9));
  });

  it('lose their place when the guardian takes the agreement back or leaves', async () => {
    for (const how of ['withdraw', 'leave'] as const) {
      const parent = await member();
      const child = await member(parent.home, yearsAgo(9));
      const teen = await member(parent.home, yearsAgo(15));
      for (const { membershipId } of [child, teen]) {
        await of(GuardMinor).execute({ actor: parent.actor, membershipId, agrees: true });
        await review(membershipId, 'verify');
      }
      expect((await verified(child.actor, teen.actor)).size).toBe(2);
      if (how === 'leave') await review(parent.membershipId, 'end', parent.actor);
      else {
        const consents = await of(ListConsents).execute({ actor: parent.actor });
        const given = consents.find(({ personId }) => personId === child.actor.personId)!;
        await of(WithdrawConsent).execute({ actor: parent.actor, consentId: given.id });
      }
      const left = await verified(child.actor, teen.actor);
      expect([...left.keys()]).toEqual([teen.actor.personId]);
      expect(left.get(teen.actor.personId)?.guardianId).toBe(how === 'leave' ? null : parent.actor.personId);
    }
  });

  it('grow up by the calendar of the community', async () => {
    const teen = await member(nextHome(), yearsAgo(15));
    await review(teen.membershipId, 'verify');
    expect((await verified(teen.actor)).get(teen.actor.personId)?.ageClass).toBe('teen');
    const correct = (birthDate: string) =>
      of(ResidentRecords).correctBirthDate({
        actor: staff,
        membershipId: teen.membershipId,
        birthDate,
        reason: '身份证',
      });
    await correct(yearsAgo(13));
    expect((await verified(teen.actor)).get(teen.actor.personId)?.ageClass).toBe('child');
    await correct(yearsAgo(30));
    expect((await verified(teen.actor)).get(teen.actor.personId)?.ageClass).toBe('adult');
    expect(
      await world.testDatabase.database.rows(
        'SELECT id FROM membership WHERE id = ? AND birth_sealed IS NULL',
        [teen.membershipId],
      ),
    ).toHaveLength(1);
  });
});

describe('the desk', () => {
  const register = (over: Partial<Parameters<RegisterResident['execute']>[0]> = {}) =>
    of(RegisterResident).execute({
      actor: staff,
      communityId,
      householdId: homes[0]!.id,
      name: '李奶奶',
      phone: null,
      birthDate: '1944-03-04',
      guardianId: null,
      signedOnPaper: true,
      ...over,
    });

  it('registers an elder without a telephone, and a child with its guardian', async () => {
    const elder = await register();
    const child = await register({ name: '李小宝', birthDate: yearsAgo(6), guardianId: elder.personId });
    const found = await of(UnitOfWork).run((tx) =>
      of(Memberships).verified(tx, communityId, [elder.personId, child.personId]),
    );
    expect([...found.values()].map(({ ageClass }) => ageClass).sort()).toEqual(['adult', 'child']);
    const revealed = await of(ResidentRecords).reveal({
      actor: staff,
      membershipId: elder.membershipId,
      reason: '核对身份证',
    });
    expect(revealed).toEqual({ name: '李奶奶', phone: null, birthDate: '1944-03-04' });
    const log = await world.testDatabase.database.rows(
      'SELECT event, reason FROM state_log WHERE object_id = ?',
      [elder.personId],
    );
    expect(log).toEqual([{ event: 'reveal', reason: '核对身份证' }]);
  });

  it('refuses what does not fit', async () => {
    const { phone } = await signInByPhone(world.app);
    await register({ phone });
    await expect(register({ phone })).rejects.toMatchObject({ code: 'membership_exists' });
    await expect(register({ phone, birthDate: '1950-01-01' })).rejects.toMatchObject({
      code: 'birth_date_fixed',
    });
    await expect(register({ birthDate: yearsAgo(6) })).rejects.toMatchObject({ code: 'guardian_required' });
    await expect(register({ birthDate: yearsAgo(6), guardianId: newId('per', 1) })).rejects.toMatchObject({
      code: 'guardian_unfit',
    });
    await expect(register({ signedOnPaper: false })).rejects.toMatchObject({
      code: 'privacy_consent_required',
    });
    await expect(register({ householdId: newId('hhd', 1) })).rejects.toMatchObject({
      code: 'household_not_found',
    });
    await expect(register({ actor: await newcomer() })).rejects.toMatchObject({
      code: 'community_forbidden',
    });
    const stranger = await newcomer();
    const other = await member();
    await expect(
      of(ResidentRecords).reveal({ actor: stranger, membershipId: other.membershipId, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'membership_not_found' });
  });
});

describe('leaving the platform', () => {
  it('ends memberships and shows them in the export before', async () => {
    const { actor, membershipId } = await member();
    const { data } = await of(ExportMyData).execute({ actor });
    expect(data['community']).toMatchObject({ memberships: [{ id: membershipId, estateName: '书院雅居' }] });
    await of(DeleteMyAccount).execute({ actor });
    expect((await verified(actor)).size).toBe(0);
  });
});
