import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { checkInvariants } from '@hehuo/platform';
import { signInByPhone, startTestModule, withRoles, type TestModule } from '@hehuo/testing';
import {
  chengdu,
  COMMUNITY_INVARIANTS,
  CommunityModule,
  ExportCsv,
  ImportRegions,
  ReadCommunity,
  ReadGround,
} from './index.js';
import type { ImportKind } from './index.js';

let world: TestModule;
const of = <T>(type: new (...all: never[]) => T): T => world.app.get(type, { strict: false });
const load = (
  kind: ImportKind,
  source: string | AsyncIterable<Uint8Array>,
  communityId: Id<'com'> | null = null,
  dryRun = false,
) => of(ImportRegions).execute({ actor: null, kind, communityId, source, dryRun });
const demo = async () =>
  (await of(ReadCommunity).search({ name: chengdu.DEMO_COMMUNITY, streetId: null, after: '', limit: 5 }))[0]!;
const count = async (table: string) =>
  Number((await world.testDatabase.database.row<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table}`))?.n);

beforeAll(async () => {
  world = await startTestModule({ imports: [CommunityModule] });
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, COMMUNITY_INVARIANTS)).toEqual([]);
});

describe('import', () => {
  it('loads the demonstration, and a second time changes nothing', async () => {
    const first = await load('regions', chengdu.CHENGDU_REGIONS_CSV);
    expect(first).toMatchObject({ rows: 8, updated: 0, unchanged: 0, dryRun: false });
    expect(first.created).toBe(await count('region'));
    expect(await load('regions', chengdu.CHENGDU_REGIONS_CSV)).toMatchObject({
      created: 0,
      unchanged: first.created,
    });
    expect(await load('communities', chengdu.CHENGDU_COMMUNITIES_CSV)).toMatchObject({ created: 5 });
    const { id, path } = await demo();
    expect(path).toBe(chengdu.DEMO_COMMUNITY_PATH);
    for (const [kind, text] of [
      ['estates', chengdu.DEMO_ESTATES_CSV],
      ['grids', chengdu.DEMO_GRIDS_CSV],
      ['households', chengdu.demoHouseholdsCsv()],
    ] as const) {
      const loaded = await load(kind, text, id);
      expect(await load(kind, text, id)).toMatchObject({ created: 0, updated: 0, unchanged: loaded.created });
    }
    expect(await count('household')).toBe(chengdu.DEMO_HOUSEHOLDS);
    expect(JSON.stringify(await world.testDatabase.database.rows('SELECT * FROM household'))).not.toContain(
      '单元',
    );
  });

  it('reads and writes the same files', async () => {
    const { id } = await demo();
    const kinds: ImportKind[] = ['regions', 'communities', 'estates', 'grids', 'households'];
    for (const kind of kinds) {
      const communityId = kind === 'regions' || kind === 'communities' ? null : id;
      const text = await of(ExportCsv).execute({ actor: null, kind, communityId });
      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(await load(kind, text, communityId)).toMatchObject({ created: 0, updated: 0 });
    }
  });

  it('takes a telephone that looks like a formula there and back', async () => {
    const csv = (phone: string) =>
      `社区,城市,区县,街道,户数,电话\n城北社区,成都市,区县待录入,街道待录入,2866,${phone}\n`;
    expect(await load('communities', csv("'+86 28 8888"))).toMatchObject({ updated: 1 });
    const exported = await of(ExportCsv).execute({ actor: null, kind: 'communities', communityId: null });
    expect(exported).toContain(`"'+86 28 8888"`);
    expect(await load('communities', exported)).toMatchObject({ updated: 0 });
  });

  it('is whole or not at all, and names every line that is wrong', async () => {
    const before = await count('community');
    const csv = [
      'city,district,street,community,household_count,time_zone',
      '成都市,郫都区,街道待录入,甲社区,100,Asia/Shanghai',
      '成都市,郫都区,没有的街道,乙社区,100,',
      '成都市,郫都区,街道待录入,丙社区,一百,',
      '成都市,郫都区,街道待录入,丁社区,10,+08:00',
      '成都市,郫都区,街道待录入,甲社区,100,',
      '',
    ].join('\r\n');
    const error = await load('communities', csv).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'import_refused' });
    const { errors } = (error as { details: { errors: { line: number; column: string }[] } }).details;
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [3, 'street'],
      [4, 'household_count'],
      [5, 'time_zone'],
      [6, null],
    ]);
    expect(await count('community')).toBe(before);
  });

  it('does everything and takes it back in a dry run', async () => {
    const before = await count('region');
    const result = await load('regions', 'city,district,street\n成都市,武侯区,试运行街道\n', null, true);
    expect(result).toMatchObject({ created: 1, dryRun: true });
    expect(await count('region')).toBe(before);
  });

  it('refuses other encodings, broken quotes, huge files and long lines', async () => {
    async function* bytes(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
      yield* chunks;
    }
    // 成都 in GB 18030, as office programs save it.
    const gb = new Uint8Array([0x63, 0x69, 0x74, 0x79, 0x0a, 0xb3, 0xc9, 0xb6, 0xbc, 0x0a]);
    await expect(load('regions', bytes(gb))).rejects.toMatchObject({
      code: 'import_refused',
      details: { errors: [{ line: 1, message: expect.stringContaining('UTF-8') }] },
    });
    // A character cut between two chunks is no error.
    const whole = Buffer.from('city,district,street\n成都市,武侯区,断开街道\n');
    expect(await load('regions', bytes(whole.subarray(0, 22), whole.subarray(22)), null, true)).toMatchObject(
      { created: 1 },
    );
    await expect(load('regions', 'city\n"成都市\n')).rejects.toMatchObject({ code: 'import_refused' });
    await expect(load('regions', '')).rejects.toMatchObject({ code: 'import_refused' });
    await expect(load('regions', `city\n${'x'.repeat(5000)}\n`)).rejects.toMatchObject({
      code: 'import_refused',
    });
    const chunk = new Uint8Array(1024 * 1024).fill(0x61);
    await expect(load('regions', bytes(chunk, chunk, chunk, chunk, chunk))).rejects.toMatchObject({
      code: expect.stringMatching(/import_/),
    });
    await expect(
      load(
        'estates',
        `estate\n${Array.from({ length: 20_001 }, (_, i) => `院${i}`).join('\n')}\n`,
        (await demo()).id,
      ),
    ).rejects.toMatchObject({ code: 'import_too_large' });
  });

  it('is once when ten start at the same time', async () => {
    const csv = 'city,district,street\n重复市,重复区,重复街道\n';
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => load('regions', csv)));
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    const rows = await world.testDatabase.database.rows("SELECT id FROM region WHERE path LIKE '重复市%'");
    expect(rows).toHaveLength(3);
  });

  it('is for admins, and for staff in their own community', async () => {
    const { id } = await demo();
    const { actor } = await signInByPhone(world.app);
    const run = (kind: ImportKind, roles: Parameters<typeof withRoles>[1][], communityId: Id<'com'> | null) =>
      of(ImportRegions).execute({
        actor: withRoles(actor, ...roles),
        kind,
        communityId,
        source: chengdu.DEMO_ESTATES_CSV,
        dryRun: true,
      });
    const other = newId('com', 1);
    await expect(run('regions', [{ role: 'community_staff', communityId: id }], null)).rejects.toMatchObject({
      code: 'community_forbidden',
    });
    await expect(run('estates', [], id)).rejects.toMatchObject({ code: 'community_forbidden' });
    await expect(run('estates', [{ role: 'community_staff', communityId: other }], id)).rejects.toMatchObject(
      { code: 'community_forbidden' },
    );
    expect(await run('estates', [{ role: 'community_staff', communityId: id }], id)).toMatchObject({
      unchanged: 1,
    });
    await expect(
      run('estates', [{ role: 'platform_admin', communityId: null }], other),
    ).rejects.toMatchObject({ code: 'community_not_found' });
    const staff = withRoles(actor, { role: 'community_staff', communityId: other });
    await expect(
      of(ExportCsv).execute({ actor: staff, kind: 'households', communityId: id }),
    ).rejects.toMatchObject({ code: 'community_forbidden' });
    await expect(
      of(ReadGround).householdsOf({ actor: staff, communityId: id, estateId: null, after: '', limit: 5 }),
    ).rejects.toMatchObject({ code: 'community_forbidden' });
  });

  it('shows the tree from the city down', async () => {
    const cities = await of(ReadGround).regionsBelow(null, '', 10);
    const chengduCity = cities.find(({ name }) => name === '成都市')!;
    const districts = await of(ReadGround).regionsBelow(chengduCity.id, '', 100);
    expect(districts.map(({ name }) => name)).toContain('温江区');
    const wenjiang = districts.find(({ name }) => name === '温江区')!;
    expect((await of(ReadGround).regionsBelow(wenjiang.id, '', 100)).map(({ name }) => name)).toEqual([
      '天府街道',
    ]);
    expect(await of(ReadCommunity).search({ name: '%', streetId: null, after: '', limit: 10 })).toEqual([]);
  });
});
