import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { ResolveSession, ReadPeople, IdentityModule } from '@hehuo/identity';
import { PlatformModule } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@hehuo/kernel';
import { CommunityModule, Memberships, ReadCommunity, Trusted, CommunityPolicies } from './index.js';
import { MembershipStore } from './store/membership.store.js';

let world: TestDatabase;
let app: TestingModule;
const at = Date.UTC(2026, 0, 1);
beforeAll(async () => {
  world = await createTestDatabase();
  app = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        database: { url: world.url, poolMax: 5, entities: [] },
        fieldKey: Buffer.alloc(32, 1).toString('base64'),
        blindIndexKey: Buffer.alloc(32, 2).toString('base64'),
      }),
      IdentityModule,
      CommunityModule,
    ],
  }).compile();
  await app.init();
});
afterAll(async () => {
  await app.close();
  await world.drop();
});

describe('verified members', () => {
  it('answers', async () => {
    const communityId = newId('com', at);
    const personId: Id<'per'> = newId('per', at);
    await world.database.change(
      `INSERT INTO community (id, street_id, name, path, time_zone, household_count) VALUES (?, ?, 'a', 'a', 'Asia/Shanghai', 36)`,
      [communityId, newId('reg', at)],
    );
    const uow = app.get(UnitOfWork);
    await uow.run((tx) =>
      app.get(MembershipStore).add(tx, {
        communityId,
        personId,
        householdId: newId('hhd', at),
        state: 'verified',
        basis: 'staff',
        minorBirthDate: '2012-02-29',
        guardianId: null,
        note: null,
        reviewedBy: null,
      }),
    );
    const members = await uow.run((tx) => app.get(Memberships).verified(tx, communityId, [personId]));
    expect(members.get(personId)).toMatchObject({ ageClass: 'teen' });
    expect(await app.get(ReadCommunity).byId(communityId)).toMatchObject({ householdCount: 36 });
    expect(await uow.run((tx) => app.get(Trusted).isTrusted(tx, communityId, personId))).toBe(false);
    expect((await app.get(CommunityPolicies).current(communityId)).noticeDays).toBe(7);
    expect(await app.get(ResolveSession).execute('x'.repeat(43))).toBeNull();
    expect((await app.get(ReadPeople).names([personId])).get(personId)?.masked).toBe('已注销');
  });
});
