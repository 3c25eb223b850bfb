import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id } from '@hehuo/kernel';
import { checkInvariants } from '@hehuo/platform';
import { signInByPhone, startTestModule, type TestModule } from '@hehuo/testing';
import {
  ChangeMe,
  CONSENT_TERMS,
  DeleteMyAccount,
  ExportMyData,
  GiveConsent,
  IDENTITY_INVARIANTS,
  IdentityModule,
  ListConsents,
  PersonalDataSources,
  ReadMe,
  ReadPeople,
  ResolveSession,
  WithdrawConsent,
  type Obligation,
  type PersonalDataSource,
} from './index.js';

/** Stands for a context above, with something open on demand. */
class Pledges implements PersonalDataSource {
  readonly name = 'pledges';
  open: Obligation[] = [];
  readonly forgotten: string[] = [];

  async export(): Promise<unknown> {
    return [{ id: 'plg_1' }];
  }

  async obligations(): Promise<Obligation[]> {
    return this.open;
  }

  async forget(_tx: unknown, personId: Id<'per'>): Promise<void> {
    this.forgotten.push(personId);
  }
}

const pledges = new Pledges();
let world: TestModule;
const of = <T>(type: new (...all: never[]) => T): T => world.app.get(type, { strict: false });
const rows = <T>(sql: string, values: string[] = []) => world.testDatabase.database.rows<T>(sql, values);

beforeAll(async () => {
  world = await startTestModule({ imports: [IdentityModule] });
  of(PersonalDataSources).register(pledges);
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, IDENTITY_INVARIANTS)).toEqual([]);
});

const signIn = (phone?: string) => signInByPhone(world.app, phone);

describe('me', () => {
  it('see masks of myself and may give the birth date once', async () => {
    const { actor, phone } = await signIn();
    await of(ChangeMe).execute({ actor, changes: { name: '王小明', birthDate: '1990-05-06', locale: 'en' } });
    expect(await of(ReadMe).execute({ actor })).toMatchObject({
      maskedName: '王**',
      maskedPhone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
      ageClass: 'adult',
      locale: 'en',
      consents: ['privacy_notice'],
    });
    await of(ChangeMe).execute({ actor, changes: { birthDate: '1990-05-06' } });
    const change = (changes: Parameters<ChangeMe['execute']>[0]['changes']) =>
      of(ChangeMe).execute({ actor, changes });
    await expect(change({ birthDate: '1991-05-06' })).rejects.toMatchObject({ code: 'birth_date_fixed' });
    await expect(change({ birthDate: '2990-01-01' })).rejects.toMatchObject({ code: 'birth_date_invalid' });
    await expect(change({ name: '1234' })).rejects.toMatchObject({ code: 'name_invalid' });
    expect(JSON.stringify(await rows('SELECT * FROM person'))).not.toMatch(/王小明|1990-05-06/);
  });

  it('give neither name nor birth date before I accepted the notice in force', async () => {
    const { actor } = await signIn();
    const change = (changes: Parameters<ChangeMe['execute']>[0]['changes']) =>
      of(ChangeMe).execute({ actor, changes });
    const kind = 'privacy_notice';
    const { version } = CONSENT_TERMS[kind];
    const [accepted] = await of(ListConsents).execute({ actor });
    await of(WithdrawConsent).execute({ actor, consentId: accepted!.id });
    // Agreeing to an older text is not enough.
    await world.testDatabase.database.change(
      `INSERT INTO consent (id, person_id, given_by, kind, version, open_slot, given_at)
       SELECT REPLACE(id, 'cns_0', 'cns_1'), person_id, given_by, kind, '2020-01', 1, given_at FROM consent WHERE id = ?`,
      [accepted!.id],
    );
    for (const changes of [
      { name: '王小明' },
      { birthDate: '1990-05-06' },
      { name: '王小明', locale: 'en' },
    ] as const) {
      await expect(change(changes)).rejects.toMatchObject({
        code: 'privacy_notice_required',
        details: { kind, version },
      });
    }
    await change({ locale: 'en' });
    expect(
      await rows('SELECT name_sealed, birth_sealed, locale FROM person WHERE id = ?', [actor.personId]),
    ).toEqual([{ name_sealed: null, birth_sealed: null, locale: 'en' }]);
    await of(GiveConsent).execute({ actor, kind, version });
    await change({ name: '王小明', birthDate: '1990-05-06' });
    expect(await of(ReadMe).execute({ actor })).toMatchObject({ hasName: true, ageClass: 'adult' });
  });

  it('am shown by full name only where I agreed, and until I take it back', async () => {
    const { actor } = await signIn();
    const id = actor.personId;
    await of(ChangeMe).execute({ actor, changes: { name: '李雷' } });
    const shown = async () => (await of(ReadPeople).publicNames([id])).get(id);
    expect(await shown()).toBe('李**');
    const kind = 'publish_name';
    const { version } = CONSENT_TERMS[kind];
    const give = (input: { kind: string; version: string; receiver?: string }) =>
      of(GiveConsent).execute({ actor, ...input });
    const [first, again] = await Promise.all([give({ kind, version }), give({ kind, version })]);
    expect(first.id).toBe(again.id);
    expect(await shown()).toBe('李雷');
    await of(WithdrawConsent).execute({ actor, consentId: first.id });
    expect(await shown()).toBe('李**');
    await expect(of(WithdrawConsent).execute({ actor, consentId: first.id })).rejects.toMatchObject({
      code: 'consent_not_found',
    });
    for (const bad of [
      { kind: 'marketing', version },
      { kind, version: '1999-01' },
      { kind, version, receiver: 'x' },
      { kind: 'hand_over', version },
    ]) {
      await expect(give(bad)).rejects.toMatchObject({ code: 'consent_unknown' });
    }
    const handed = await give({ kind: 'hand_over', version, receiver: '某基金会' });
    const stranger = (await signIn()).actor;
    await expect(
      of(WithdrawConsent).execute({ actor: stranger, consentId: handed.id }),
    ).rejects.toMatchObject({ code: 'consent_not_found' });
    expect(
      (await of(ListConsents).execute({ actor })).filter((one) => one.withdrawnAt !== null),
    ).toHaveLength(1);
  });

  it('take my data along', async () => {
    const { actor, phone } = await signIn();
    const { data } = await of(ExportMyData).execute({ actor });
    expect(data).toMatchObject({ account: { phone }, pledges: [{ id: 'plg_1' }] });
  });

  it('leave only when nothing is open, and leave nothing personal behind', async () => {
    const { actor, phone, token } = await signIn();
    await of(ChangeMe).execute({ actor, changes: { name: '韩梅梅', birthDate: '1985-01-01' } });
    pledges.open = [{ kind: 'pledge_open', ref: 'plg_1' }];
    await expect(of(DeleteMyAccount).execute({ actor })).rejects.toMatchObject({
      code: 'obligations_open',
      details: { obligations: pledges.open },
    });
    pledges.open = [];
    await expect(
      of(DeleteMyAccount).execute({ actor: { ...actor, secondFactorAt: null } }),
    ).rejects.toMatchObject({ code: 'second_factor_required' });
    await of(DeleteMyAccount).execute({ actor });
    expect(pledges.forgotten).toContain(actor.personId);
    expect(await of(ResolveSession).execute(token)).toBeNull();
    expect((await of(ReadPeople).names([actor.personId])).get(actor.personId)).toEqual({
      masked: '已注销',
      maskedPhone: null,
    });
    const again = await signIn(phone);
    expect(again.actor.personId).not.toBe(actor.personId);
  });
});
