import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignInStaff, totpCode } from '@hehuo/identity';
import { SystemClock } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { ops, settingsOn } from '../test/run.js';
import { withPlatform } from './platform.js';

let world: TestDatabase;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  world = await createTestDatabase();
  environment = settingsOn(world);
});
afterAll(() => world.drop());

describe('ops admin', () => {
  const who = ['--phone', '19900000009', '--name', '王首任', '--birth-date', '1980-01-31'];

  it.each([
    [['--login', 'a', ...who], 'login has 3 to 40', 'login_invalid'],
    [['--login', 'first', ...who, '--phone', '110'], 'mainland mobile number', 'phone_invalid'],
    [['--login', 'first', ...who, '--birth-date', '1980-02-31'], 'YYYY-MM-DD', 'birth_date_invalid'],
  ])('refuses %j and makes nobody', async (args, words, why) => {
    const { code, out, err } = await ops(['admin', ...args], environment);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
    expect(err).toContain(why);
    const row = await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM role_grant');
    expect(row?.n).toBe('0');
  });

  it('makes one admin when two commands run at once, and nothing of the other', async () => {
    const twins = await createTestDatabase();
    const there = settingsOn(twins);
    const racers = [0, 1, 2, 3].map((n) =>
      ops(['admin', '--login', `racer${n}`, ...who, '--phone', `1990000001${n}`], there),
    );
    const told = await Promise.all(racers);
    const count = (table: string) =>
      twins.database.row<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table}`).then((row) => Number(row?.n));
    const counts = [await count('role_grant'), await count('person'), await count('staff_credential')];
    await twins.drop();
    expect(told.map(({ code }) => code).sort()).toEqual([0, 1, 1, 1]);
    expect(told.filter(({ err }) => err.includes('first_admin_exists'))).toHaveLength(3);
    expect(counts).toEqual([1, 1, 1]);
  });

  it('makes the first admin, who signs in with what it printed, and then refuses for good', async () => {
    expect((await ops(['admin', '--login', 'first'], environment)).code).toBe(2);
    const { code, out, err } = await ops(['admin', '--login', 'first', ...who], environment);
    expect([code, err]).toEqual([0, '']);
    const printed = (name: string): string => new RegExp(`${name} +(\\S+)`).exec(out)?.[1] ?? '';
    const signedIn = await withPlatform('test', environment, (platform) =>
      platform.get(SignInStaff).execute({
        ...{
          login: printed('login'),
          password: printed('password'),
          totp: totpCode(printed('secret'), new SystemClock().now()),
        },
        ...{ address: '127.0.0.1', userAgent: 'test' },
      }),
    );
    expect(signedIn.mustChangePassword).toBe(true);
    const again = await ops(['admin', '--login', 'second', ...who], environment);
    expect(again.code).toBe(1);
    expect(again.err).toContain('first_admin_exists');
    const logins = await world.database.rows<{ login: string }>('SELECT login FROM staff_credential');
    expect(logins).toEqual([{ login: 'first' }]);
    const roles = await world.database.rows<{ role: string; granted_by: string | null }>(
      'SELECT role, granted_by FROM role_grant',
    );
    expect(roles).toEqual([{ role: 'platform_admin', granted_by: null }]);
  });
});
