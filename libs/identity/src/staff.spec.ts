import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '@hehuo/platform';
import { HandClock, newAddress, signInByPhone, startTestModule, type TestModule } from '@hehuo/testing';
import {
  ChangePassword,
  EnrolStaff,
  GrantRole,
  IDENTITY_INVARIANTS,
  IdentityModule,
  ProveSecondFactor,
  ResolveSession,
  SignInStaff,
  totpCode,
} from './index.js';

// Any instant will do for the authenticator: only the steps between its codes matter.
const clock = new HandClock(new Date('2026-11-23T12:00:00Z'));
let world: TestModule;
const of = <T>(type: new (...all: never[]) => T): T => world.app.get(type, { strict: false });

beforeAll(async () => {
  world = await startTestModule({ imports: [IdentityModule] }, { clock });
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, IDENTITY_INVARIANTS)).toEqual([]);
});

describe('staff', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const password = 'a long enough passphrase';
  const enrol = async (login: string) => {
    const { actor, phone } = await signInByPhone(world.app);
    const { personId } = actor;
    await of(EnrolStaff).bootstrap({ personId, login, password, totpSecret: secret });
    return { personId, phone, login };
  };
  const staffIn = (login: string, pass: string, totp: string) =>
    of(SignInStaff).execute({ login, password: pass, totp, address: newAddress() });

  it('sign in with password and second factor, each code once', async () => {
    const { login, personId } = await enrol('wang.staff');
    await of(GrantRole).bootstrapAdmin(personId);
    const code = totpCode(secret, clock.now());
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => staffIn(login.toUpperCase(), password, code)),
    );
    const opened = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(opened).toHaveLength(1);
    const actor = (await of(ResolveSession).execute(opened[0]!.token))!;
    expect(actor.roles).toEqual([{ role: 'platform_admin', communityId: null }]);
    await expect(of(ProveSecondFactor).execute({ actor, code })).rejects.toMatchObject({
      code: 'second_factor_refused',
    });
    clock.set(new Date(clock.now().getTime() + 30_000));
    await of(ProveSecondFactor).execute({ actor, code: totpCode(secret, clock.now()) });
  });

  it('carry no role in a session opened by phone', async () => {
    const { phone, personId } = await enrol('phone.staff');
    await of(GrantRole).bootstrapAdmin(personId);
    // The first code and its message are out of the way, so that only the new one can be read.
    for (const table of ['sign_in_code', 'sms_outbox'])
      await world.testDatabase.database.change(`DELETE FROM ${table}`);
    expect((await signInByPhone(world.app, phone)).actor.roles).toEqual([]);
  });

  it('get the same answer for a wrong login, password or code, and a lock after five', async () => {
    const { login } = await enrol('lock.staff');
    const right = () => totpCode(secret, clock.now());
    for (const [name, pass, totp] of [
      ['nobody', password, right()],
      [login, 'wrong password', right()],
      [login, password, '000000'],
    ] as const) {
      await expect(staffIn(name, pass, totp)).rejects.toMatchObject({
        code: 'sign_in_refused',
        message: 'login, password or code is wrong, or the code was used before',
      });
    }
    for (let i = 0; i < 3; i += 1) await staffIn(login, 'wrong password', right()).catch(() => undefined);
    await expect(staffIn(login, password, right())).rejects.toMatchObject({ code: 'sign_in_locked' });
    await world.testDatabase.database.change(
      'UPDATE attempt_count SET window_ends = window_ends - INTERVAL 15 MINUTE',
    );
    expect((await staffIn(login, password, right())).token).toHaveLength(43);
  });

  it('are not enrolled under a login that is taken', async () => {
    const { login } = await enrol('taken.staff');
    const { personId } = (await signInByPhone(world.app)).actor;
    await expect(
      of(EnrolStaff).bootstrap({ personId, login, password, totpSecret: secret }),
    ).rejects.toMatchObject({
      code: 'login_taken',
    });
  });

  it('change a password that is strong enough, and end the other sessions by it', async () => {
    const { login } = await enrol('change.staff');
    const first = await staffIn(login, password, totpCode(secret, clock.now()));
    const later = new Date(clock.now().getTime() + 30_000);
    clock.set(later);
    const second = await staffIn(login, password, totpCode(secret, later));
    const resolved = (await of(ResolveSession).execute(second.token))!;
    const actor = { ...resolved, secondFactorAt: later };
    const to = (current: string, next: string) => of(ChangePassword).execute({ actor, current, next });
    for (const weak of ['short', 'aaaaaaaaaaaaaaaa', `my ${login} is long`, password]) {
      await expect(to(password, weak)).rejects.toMatchObject({ code: 'password_weak' });
    }
    await world.testDatabase.database.change('DELETE FROM attempt_count');
    await expect(to('not the password', 'another long passphrase')).rejects.toMatchObject({
      code: 'sign_in_refused',
    });
    await to(password, 'another long passphrase');
    expect(await of(ResolveSession).execute(first.token)).toBeNull();
    expect(await of(ResolveSession).execute(second.token)).not.toBeNull();
    clock.set(new Date(later.getTime() + 60_000));
    await staffIn(login, 'another long passphrase', totpCode(secret, clock.now()));
  });
});
