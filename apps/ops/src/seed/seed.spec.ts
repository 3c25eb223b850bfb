import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CAMPAIGN_MACHINE } from '@hehuo/campaign';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { ops, settingsOn, type Told } from '../../test/run.js';

const seedSeconds = 120;

let world: TestDatabase;
let environment: NodeJS.ProcessEnv;
let first: Told;

beforeAll(async () => {
  world = await createTestDatabase();
  environment = {
    ...settingsOn(world),
    SANDBOX_URL: 'http://127.0.0.1:1',
    SANDBOX_SECRET: 'only-for-tests-0001',
  };
  first = await ops(['seed', '--demo'], environment);
}, seedSeconds * 1000);
afterAll(() => world.drop());

/** One line a table: any row that is added, changed or removed shows. */
async function checksums(): Promise<string[]> {
  const tables = await world.database.rows<{ name: string }>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const names = tables.map(({ name }) => `\`${name}\``).join(', ');
  const rows = await world.database.rows<{ Table: string; Checksum: string }>(`CHECKSUM TABLE ${names}`);
  return rows.map(({ Table, Checksum }) => `${Table.replace(/^.*\./, '')} ${Checksum}`);
}

/** Without the codes of the authenticators, which change by the clock. */
function lasting(told: Told): string {
  return told.out.replace(/│ [0-9]{6} │/g, '│ code │');
}

describe('ops seed --demo', () => {
  it('puts campaigns in every state of the machine', async () => {
    expect(first.err).toContain('a campaign that closes two minutes after the start');
    expect(first.code).toBe(0);
    const rows = await world.database.rows<{ state: string }>('SELECT DISTINCT state FROM campaign');
    expect(rows.map(({ state }) => state).sort()).toEqual([...CAMPAIGN_MACHINE.states].sort());
  });

  it('prints how to sign in, by numbers that nobody has', async () => {
    const phones = first.out.match(/\b1[0-9]{10}\b/g) ?? [];
    expect(phones.length).toBeGreaterThan(3);
    expect(phones.every((phone) => phone.startsWith('1540000'))).toBe(true);
    for (const login of ['demo.staff', 'demo.funds', 'demo.funds2', 'demo.auditor', 'demo.admin']) {
      expect(first.out).toContain(login);
    }
  });

  it('leaves books in which every invariant holds', async () => {
    const { code, out } = await ops(['check'], environment);
    expect(out).not.toContain('BROKEN');
    expect(code).toBe(0);
  });

  it(
    'changes nothing the second time and prints the same',
    async () => {
      const before = await checksums();
      const second = await ops(['seed', '--demo'], environment);
      expect(second.code).toBe(0);
      expect(lasting(second)).toBe(lasting(first));
      expect(await checksums()).toEqual(before);
    },
    seedSeconds * 1000,
  );

  it('is refused in production', async () => {
    const { code, err } = await ops(['seed', '--demo'], { ...environment, NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(err).toContain('does not go into production');
  });
});
