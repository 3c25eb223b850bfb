import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { newId } from '@hehuo/kernel';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { signedIn } from '../support/signed-in.js';
import { World } from '../support/world.js';
import {
  benchFolder,
  cpuSecondsOf,
  runScript,
  startBuiltApi,
  type ApiProcess,
  type Measured,
} from './processes.js';
import { median, publish, whole } from './report.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = 5;
const peopleCount = 2_000;
const amount = 100;
const cap = 10n ** 12n;

const FLOOR_TABLES = [
  `CREATE TABLE floor_key (once_hash CHAR(43) CHARACTER SET ascii NOT NULL PRIMARY KEY,
     pledge_id CHAR(36) CHARACTER SET ascii NOT NULL) ENGINE=InnoDB`,
  `CREATE TABLE floor_pledge (id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
     campaign_id CHAR(30) CHARACTER SET ascii NOT NULL, person_id CHAR(30) CHARACTER SET ascii NOT NULL,
     quantity BIGINT NOT NULL, state VARCHAR(30) CHARACTER SET ascii NOT NULL,
     created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)) ENGINE=InnoDB`,
  `CREATE TABLE floor_transfer (id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
     debit_id CHAR(30) CHARACTER SET ascii NOT NULL, credit_id CHAR(30) CHARACTER SET ascii NOT NULL,
     amount BIGINT NOT NULL, ref CHAR(36) CHARACTER SET ascii NOT NULL) ENGINE=InnoDB`,
  `CREATE TABLE floor_counter (campaign_id CHAR(30) CHARACTER SET ascii NOT NULL PRIMARY KEY,
     cap BIGINT NOT NULL, reserved BIGINT NOT NULL, pledges BIGINT NOT NULL) ENGINE=InnoDB`,
];

interface Loaded extends Measured {
  readonly statuses: Record<string, number>;
  readonly firstRefusal: string | null;
}

interface Run extends Measured {
  readonly what: 'floor' | 'ours';
  readonly connections: number;
  readonly perSecond: number;
  readonly apiCpuSeconds?: number;
  readonly databaseCpuSeconds: number;
}

let world: World;
let api: ApiProcess;
let databasePid: number | undefined;
const runs: Run[] = [];

beforeAll(async () => {
  mkdirSync(benchFolder, { recursive: true });
  world = await World.start();
  const owner = await createConnection(world.db.ownerUrl);
  for (const statement of FLOOR_TABLES) await owner.query(statement);
  await owner.end();
  databasePid = await pidOfDatabase();
  api = await startBuiltApi(world.db.url);
});
afterAll(async () => {
  await api?.stop();
  await world?.stop();
});

/** Undefined when the server runs elsewhere; its share of the processor is then not shown. */
async function pidOfDatabase(): Promise<number | undefined> {
  const row = await world.db.database.row<{ file: string }>('SELECT @@pid_file AS file');
  try {
    return Number(readFileSync(row?.file ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}

/** A campaign of its own for each run, whose one ask has a cap, so that every pledge is decided against it. */
const campaignOf = (): Promise<OpenCampaign> =>
  openCampaign(world.db.database, {
    asks: [{ kind: 'money', minimum: 1n, cap }],
    people: peopleCount,
    paymentMode: 'pay_on_success',
  });

async function floor(connections: number): Promise<Run> {
  const people = Array.from({ length: peopleCount }, () => newId('per', 0));
  const campaignId = newId('cmp', 0);
  const owner = await createConnection(world.db.ownerUrl);
  await owner.query('INSERT INTO floor_counter VALUES (?, ?, 0, 0)', [campaignId, cap.toString()]);
  const options = { url: world.db.ownerUrl, connections, seconds, campaignId, people, amount };
  const databaseBefore = cpuSecondsOf(databasePid);
  const measured = await runScript<Measured>('floor.mjs', options);
  const databaseCpuSeconds = cpuSecondsOf(databasePid) - databaseBefore;
  const [rows] = await owner.query(
    `SELECT pledges, reserved, (SELECT COUNT(*) FROM floor_pledge WHERE campaign_id = ?) AS stored,
            (SELECT COUNT(*) FROM floor_transfer WHERE credit_id = ?) AS moved
     FROM floor_counter WHERE campaign_id = ?`,
    [campaignId, campaignId, campaignId],
  );
  await owner.end();
  const { done } = measured;
  expect(rows).toEqual([{ pledges: done, reserved: done * amount, stored: done, moved: done }]);
  return { what: 'floor', connections, perSecond: done / measured.seconds, databaseCpuSeconds, ...measured };
}

async function ours(connections: number): Promise<Run> {
  const campaign = await campaignOf();
  const { campaignId } = campaign;
  const tokens = await signedIn(world.db.database, campaign.people);
  const tokensFile = join(benchFolder, `tokens-${process.pid}`);
  writeFileSync(tokensFile, [...tokens.values()].join('\n'));
  const body = JSON.stringify({ askId: campaign.asks[0]!.id, quantity: String(amount) });
  const cpuBefore = api.cpuSeconds();
  const databaseBefore = cpuSecondsOf(databasePid);
  const label = `run${runs.length}-${connections}`;
  const options = { port: api.port, connections, seconds, campaignId, tokensFile, body, label };
  const measured = await runScript<Loaded>('load.mjs', options);
  const apiCpuSeconds = api.cpuSeconds() - cpuBefore;
  const databaseCpuSeconds = cpuSecondsOf(databasePid) - databaseBefore;
  rmSync(tokensFile);
  const { done, statuses, firstRefusal } = measured;
  expect({ statuses, firstRefusal }).toEqual({ statuses: { 201: done }, firstRefusal: null });
  expect(await stored(campaignId)).toEqual({
    rows: done,
    moved: done,
    counted: done,
    reserved: done * amount,
  });
  return {
    what: 'ours',
    connections,
    perSecond: done / measured.seconds,
    apiCpuSeconds,
    databaseCpuSeconds,
    ...measured,
  };
}

async function stored(campaignId: string): Promise<Record<string, number>> {
  const row = await world.db.database.row<Record<string, string>>(
    `SELECT COUNT(*) AS \`rows\`,
            (SELECT COUNT(*) FROM pledge p JOIN ledger_transfer t ON t.ref = p.id WHERE p.campaign_id = ?) AS moved,
            (SELECT pledges FROM intake WHERE campaign_id = ?) AS counted,
            (SELECT SUM(reserved) FROM ask_intake WHERE campaign_id = ?) AS reserved
     FROM pledge WHERE campaign_id = ?`,
    [campaignId, campaignId, campaignId, campaignId],
  );
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
}

describe('the hot pledge path', () => {
  it('is measured against a floor written by hand', async () => {
    // The first run of each warms caches and compilers and counts for nothing.
    await floor(64);
    await ours(64);
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await floor(64), await ours(64), await ours(256));
    }
    await world.expectSound();
    const floorMedian = median(runs.filter(({ what }) => what === 'floor').map(({ perSecond }) => perSecond));
    const line = (what: Run['what'], connections: number): string[] => {
      const those = runs.filter((run) => run.what === what && run.connections === connections);
      const of = (read: (run: Run) => number): number => median(those.map(read));
      const perSecond = of((run) => run.perSecond);
      const perPledge = (read: (run: Run) => number): string =>
        whole(of((run) => (read(run) / run.done) * 1e6));
      return [
        what === 'floor'
          ? 'floor: one transaction a pledge, no HTTP'
          : 'ours: HTTP, sign-in, checks, batches',
        String(connections),
        whole(perSecond),
        (perSecond / floorMedian).toFixed(2),
        of(({ p50 }) => p50).toFixed(1),
        of(({ p99 }) => p99).toFixed(1),
        those.map((run) => whole(run.perSecond)).join(' '),
        perPledge((run) => run.apiCpuSeconds ?? run.cpuSeconds),
        perPledge((run) => run.databaseCpuSeconds),
        what === 'floor' ? '' : perPledge((run) => run.cpuSeconds),
      ];
    };
    await publish(world.db.database, {
      name: 'pledge',
      head: [
        'pledges',
        'connections',
        'per s',
        'x floor',
        'p50 ms',
        'p99 ms',
        'each run',
        'program µs',
        'database µs',
        'generator µs',
      ],
      rows: [line('floor', 64), line('ours', 64), line('ours', 256)],
      notes: [
        `median of ${rounds} interleaved runs of ${seconds} s; api, database and generator share the cores; µs of processor are for one pledge;`,
        `${whole(peopleCount)} people with a token each, a key of its own for every pledge; every 201 is one row, and all invariants held.`,
      ],
      data: { rounds, seconds, runs },
    });
  });
});
