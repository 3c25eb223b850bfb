import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { checkInvariants } from '@hehuo/platform';
import { signInByPhone, startTestModule, withRoles, type TestModule } from '@hehuo/testing';
import {
  ApplyPartner,
  ChangeRole,
  CONSENT_TERMS,
  DeleteMyAccount,
  GiveConsent,
  GrantRole,
  IDENTITY_INVARIANTS,
  IdentityModule,
  PartnerMembers,
  ReadPartners,
  ResolveSession,
  ReviewPartner,
  WithdrawConsent,
  type Actor,
} from './index.js';

let world: TestModule;
const of = <T>(type: new (...all: never[]) => T): T => world.app.get(type, { strict: false });
const rows = <T>(sql: string, values: string[] = []) => world.testDatabase.database.rows<T>(sql, values);

beforeAll(async () => {
  world = await startTestModule({ imports: [IdentityModule] });
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, IDENTITY_INVARIANTS)).toEqual([]);
});

const signIn = () => signInByPhone(world.app);
const admin = async (): Promise<Actor> => {
  const { actor } = await signIn();
  await of(GrantRole).bootstrapAdmin(actor.personId);
  return withRoles(actor, { role: 'platform_admin', communityId: null });
};

describe('roles', () => {
  const com = newId('com', 1_700_000_000_000);

  it('over money are active only after another admin confirmed', async () => {
    const [first, second] = [await admin(), await admin()];
    const { actor, token } = await signIn();
    await world.testDatabase.database.change(
      `UPDATE session SET kind = 'staff', ends_at = created_at + INTERVAL 12 HOUR, expires_at = created_at + INTERVAL 2 HOUR WHERE id = ?`,
      [actor.sessionId],
    );
    const grant = { personId: actor.personId, role: 'fund_approver', communityId: com } as const;
    const grantId = await of(GrantRole).execute({ actor: first, ...grant });
    await expect(of(GrantRole).execute({ actor: second, ...grant })).rejects.toMatchObject({
      code: 'role_grant_exists',
    });
    expect((await of(ResolveSession).execute(token))?.roles).toEqual([]);
    await expect(of(ChangeRole).execute({ actor: first, grantId, event: 'confirm' })).rejects.toMatchObject({
      code: 'role_grant_refused',
    });
    const races = await Promise.allSettled(
      Array.from({ length: 10 }, () => of(ChangeRole).execute({ actor: second, grantId, event: 'confirm' })),
    );
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await of(ResolveSession).execute(token))?.roles).toEqual([
      { role: 'fund_approver', communityId: com },
    ]);
    await of(ChangeRole).execute({ actor: first, grantId, event: 'withdraw' });
    expect((await of(ResolveSession).execute(token))?.roles).toEqual([]);
    expect(await rows(`SELECT event FROM state_log WHERE object_id = ? ORDER BY id`, [grantId])).toEqual([
      { event: 'grant' },
      { event: 'confirm' },
      { event: 'withdraw' },
    ]);
  });

  it('are refused by the database itself when one person stands behind money', async () => {
    const { actor } = await signIn();
    const id = newId('rol', 1_700_000_000_000);
    const insert = world.testDatabase.database.change(
      `INSERT INTO role_grant (id, person_id, role, community_id, state, granted_by) VALUES (?, ?, 'fund_approver', ?, 'active', ?)`,
      [id, actor.personId, com, newId('per', 1_700_000_000_000)],
    );
    await expect(insert).rejects.toThrow(/role_grant_fund_confirmed/);
  });

  it('are not granted to somebody who does not exist', async () => {
    const input = {
      actor: await admin(),
      personId: newId('per', 1_700_000_000_000),
      role: 'auditor',
      communityId: null,
    } as const;
    await expect(of(GrantRole).execute(input)).rejects.toMatchObject({ code: 'person_not_found' });
  });
});

describe('partners', () => {
  const content = {
    kind: 'enterprise',
    name: '晨光电梯维保有限公司',
    legalStatus: 'registered',
    registrationNo: '91350100M000100Y43',
    about: '电梯保养',
  } as const;
  const certificate = { kind: 'registration_certificate', reference: '营业执照', validUntil: null } as const;
  const staff = async () =>
    withRoles((await signIn()).actor, { role: 'community_staff', communityId: newId('com', 1) });
  const review = (actor: Actor, partnerId: Id<'ptn'>, event: 'verify' | 'refuse' | 'suspend' | 'restore') =>
    of(ReviewPartner).execute({ actor, partnerId, event, reason: event === 'verify' ? null : '材料不全' });

  it('are listed to whoever acts for them, in any state, and to nobody else', async () => {
    const { actor } = await signIn();
    const partnerId = await of(ApplyPartner).execute({ actor, content, evidence: [] });
    await review(await staff(), partnerId, 'refuse');
    expect(await of(ReadPartners).mine({ actor })).toEqual([
      expect.objectContaining({ id: partnerId, state: 'refused', duty: 'owner', reason: '材料不全' }),
    ]);
    expect(await of(ReadPartners).mine({ actor: (await signIn()).actor })).toEqual([]);
  });

  it('are verified by staff who do not belong to them, with the evidence on file', async () => {
    const { actor, token } = await signIn();
    const partnerId = await of(ApplyPartner).execute({ actor, content, evidence: [] });
    await expect(of(ReadPartners).one({ actor: null, partnerId })).rejects.toMatchObject({
      code: 'partner_not_found',
    });
    await expect(review(await staff(), partnerId, 'verify')).rejects.toMatchObject({
      code: 'partner_evidence_missing',
      details: { needed: 'registration_certificate' },
    });
    await of(PartnerMembers).addEvidence({
      actor,
      partnerId,
      evidence: { ...certificate, validUntil: '2020-01-01' },
    });
    await expect(review(await staff(), partnerId, 'verify')).rejects.toMatchObject({
      code: 'partner_evidence_missing',
    });
    await of(PartnerMembers).addEvidence({ actor, partnerId, evidence: certificate });
    const own = withRoles(actor, { role: 'community_staff', communityId: null });
    await expect(review(own, partnerId, 'verify')).rejects.toMatchObject({ code: 'partner_own_review' });
    await expect(review(actor, partnerId, 'verify')).rejects.toMatchObject({ code: 'partner_forbidden' });
    await review(await staff(), partnerId, 'verify');
    expect((await of(ReadPartners).one({ actor: null, partnerId })).evidence).toEqual([]);
    expect((await of(ReadPartners).one({ actor, partnerId })).evidence).toHaveLength(2);
    await review(await staff(), partnerId, 'suspend');
    await expect(review(await staff(), partnerId, 'refuse')).rejects.toMatchObject({
      code: 'state_conflict',
    });
    await review(await staff(), partnerId, 'restore');
    expect(token).toHaveLength(43);
  });

  it('have members whom an owner names, and keep their last owner', async () => {
    const [owner, member] = [await signIn(), await signIn()];
    const partnerId = await of(ApplyPartner).execute({
      actor: owner.actor,
      content,
      evidence: [certificate],
    });
    await review(await staff(), partnerId, 'verify');
    const add = () =>
      of(PartnerMembers).add({
        actor: owner.actor,
        partnerId,
        personId: member.actor.personId,
        duty: 'member',
      });
    const added = await Promise.allSettled(Array.from({ length: 8 }, add));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await of(ResolveSession).execute(member.token))?.partnerIds).toEqual([partnerId]);
    await expect(
      of(PartnerMembers).end({ actor: member.actor, partnerId, personId: owner.actor.personId }),
    ).rejects.toMatchObject({ code: 'partner_forbidden' });
    await expect(
      of(PartnerMembers).end({ actor: owner.actor, partnerId, personId: owner.actor.personId }),
    ).rejects.toMatchObject({ code: 'partner_forbidden' });
    await expect(of(DeleteMyAccount).execute({ actor: owner.actor })).rejects.toMatchObject({
      code: 'obligations_open',
    });
    const stranger = (await signIn()).actor;
    await expect(of(PartnerMembers).list({ actor: stranger, partnerId })).rejects.toMatchObject({
      code: 'partner_not_found',
    });
    await of(PartnerMembers).end({ actor: member.actor, partnerId, personId: member.actor.personId });
    expect((await of(ResolveSession).execute(member.token))?.partnerIds).toEqual([]);
  });

  it('of one person are public by consent, and masked without', async () => {
    const { actor } = await signIn();
    const artisan = {
      kind: 'artisan',
      name: '张木匠',
      legalStatus: 'natural_person',
      registrationNo: null,
      about: '修门窗',
    } as const;
    const evidence = [{ kind: 'identity_check', reference: '社区当面核对', validUntil: null }] as const;
    await expect(of(ApplyPartner).execute({ actor, content: artisan, evidence })).rejects.toMatchObject({
      code: 'consent_required',
    });
    const consent = await of(GiveConsent).execute({
      actor,
      kind: 'publish_name',
      version: CONSENT_TERMS.publish_name.version,
    });
    const partnerId = await of(ApplyPartner).execute({ actor, content: artisan, evidence });
    await review(await staff(), partnerId, 'verify');
    const names = async () =>
      (
        await of(ReadPartners).list({ actor: null, state: 'verified', kind: 'artisan', after: '', limit: 10 })
      ).map(({ name }) => name);
    expect(await names()).toEqual(['张木匠']);
    await of(WithdrawConsent).execute({ actor, consentId: consent.id });
    expect(await names()).toEqual(['张**']);
    await of(DeleteMyAccount).execute({ actor });
    expect(await names()).toEqual([]);
    expect(JSON.stringify(await rows('SELECT * FROM partner'))).not.toContain('张木匠');
  });

  it('do not pass with a status that does not fit, or a wrong code', async () => {
    const { actor } = await signIn();
    for (const bad of [
      { ...content, legalStatus: 'informal' as const },
      { ...content, registrationNo: '91350100M000100Y44' },
      { ...content, registrationNo: null },
      { ...content, name: ' ' },
    ]) {
      await expect(of(ApplyPartner).execute({ actor, content: bad, evidence: [] })).rejects.toMatchObject({
        code: 'partner_invalid',
      });
    }
    await expect(
      of(ReadPartners).list({ actor, state: 'applied', kind: null, after: '', limit: 10 }),
    ).rejects.toMatchObject({ code: 'partner_forbidden' });
  });

  it('come back with a corrected application', async () => {
    const { actor } = await signIn();
    const partnerId = await of(ApplyPartner).execute({ actor, content, evidence: [] });
    await review(await staff(), partnerId, 'refuse');
    await of(ApplyPartner).again({ actor, partnerId, content, evidence: [certificate] });
    await review(await staff(), partnerId, 'verify');
    const stranger = (await signIn()).actor;
    await expect(
      of(ApplyPartner).again({ actor: stranger, partnerId, content, evidence: [] }),
    ).rejects.toMatchObject({ code: 'partner_not_found' });
  });
});
