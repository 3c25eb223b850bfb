import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import {
  DeleteMyAccount,
  ExportMyData,
  IDENTITY_INVARIANTS,
  ListConsents,
  WithdrawConsent,
} from '@hehuo/identity';
import type { Actor } from '@hehuo/identity';
import { checkInvariants } from '@hehuo/platform';
import { moveIn, newcomer, settleCommunity, signInByPhone, startTestModule } from '@hehuo/testing';
import type { SettledCommunity, TestModule } from '@hehuo/testing';
import { COMMUNITY_INVARIANTS, CommunityModule, GuardMinor, Memberships, ReadMemberships } from './index.js';
import { RegisterResident, ResidentRecords, ReviewMembership, type Household } from './index.js';

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
const yearsAgo = (years: number) => `${2026 - years}-01-01`;

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
    const teen = await member(place.nextHome(), yearsAgo(15));
    await review(teen.membershipId, 'verify');
    expect((await verified(teen.actor)).get(teen.actor.personId)?.ageClass).toBe('teen');
    const correct = (birthDate: string) =>
      of(ResidentRecords).correctBirthDate({
        actor: place.staff,
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
      actor: place.staff,
      communityId: place.communityId,
      householdId: place.homes[0]!.id,
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
      of(Memberships).verified(tx, place.communityId, [elder.personId, child.personId]),
    );
    expect([...found.values()].map(({ ageClass }) => ageClass).sort()).toEqual(['adult', 'child']);
    const revealed = await of(ResidentRecords).reveal({
      actor: place.staff,
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
    await expect(register({ actor: await newcomer(world.app) })).rejects.toMatchObject({
      code: 'community_forbidden',
    });
    const stranger = await newcomer(world.app);
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
