import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { runIn, SCENARIOS, type Scenario, type Tally } from './crash-scenarios.js';
import type { CrashPoint } from './crash-switch.js';

/** `CRASH_POINTS=all npm test -- test/faults/crash-points` is the whole proof; the default is a sample of it. */
const everyPoint = process.env['CRASH_POINTS'] === 'all';
const seed = Number(process.env['SEED'] ?? 20_261_125);
const sampleStep = 7;
const killStep = 20;
const settleMs = 10_000;
const sparedMax = 4;

interface Row {
  readonly scenario: string;
  readonly points: number;
  crashes: number;
  lost: number;
  doubled: number;
}

const table: Row[] = [];
let world: CrashWorld;
// A world for each: time that goes by for charges would make bills overdue, and those stop payouts.
beforeEach(async () => {
  world = await new CrashWorld().start({ timeoutMs: 5_000 });
});
afterAll(() => {
  const line = (cells: readonly (string | number)[]) => cells.map((cell) => `${cell}`.padEnd(10)).join('');
  const rows = table.map((row) => line([row.scenario, row.points, row.crashes, row.lost, row.doubled]));
  const head = line(['scenario', 'points', 'crashes', 'lost', 'doubled']);
  process.stderr.write(`\n${[head, ...rows].join('\n')}\n`);
});
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
  await world.stop();
});

interface Outcome {
  readonly killed: boolean;
  readonly points: readonly string[];
  readonly found: Tally;
  readonly wanted: Tally;
}

/** One sum of money on its whole way, with a process that is killed where `point` says. */
async function goThrough(scenario: Scenario, point: CrashPoint | null): Promise<Outcome> {
  const doomed = await world.process();
  const ready = await scenario.prepare(world, doomed);
  await doomed.arm(point);
  await ready.act(runIn(world, doomed));
  const killed = doomed.wasKilled;
  const points = killed ? [] : await doomed.points();
  world.inbox.process = null;
  await world.eventually('it is settled', ready.settled, settleMs, async () => {
    await world.pass(120);
    await world.sweep();
  });
  const books = await world.audit();
  expect(books).toMatchObject({ ours: books.theirs, inTransit: '0' });
  expect(await world.breaches()).toEqual([]);
  return { killed, points, found: await ready.found(), wanted: ready.wanted };
}

/** The first death and every twentieth after it are by a real signal: another process has to be started for each. */
const pointsOf = (count: number): CrashPoint[] => {
  const all = Array.from({ length: count }, (_, index) => index + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );
  const chosen = everyPoint ? all : all.filter((_, index) => (index + seed) % sampleStep === 0);
  return chosen.map((point, index) => ({ ...point, how: index % killStep === 0 ? 'kill' : 'halt' }));
};

describe('a process that is killed at any message to its database or its gateway', () => {
  it.each(SCENARIOS)(
    'neither loses nor doubles a $name',
    async (scenario) => {
      const whole = await goThrough(scenario, null);
      expect(whole).toMatchObject({ killed: false, found: whole.wanted });
      const row: Row = {
        ...{ scenario: scenario.name, points: whole.points.length },
        ...{ crashes: 0, lost: 0, doubled: 0 },
      };
      table.push(row);
      const wrong: unknown[] = [];
      const chosen = pointsOf(whole.points.length);
      for (const point of chosen) {
        const { killed, found, wanted } = await goThrough(scenario, point);
        const differs = Object.keys(wanted).filter((name) => found[name] !== wanted[name]);
        row.crashes += killed ? 1 : 0;
        row.lost += differs.some((name) => found[name]! < wanted[name]!) ? 1 : 0;
        row.doubled += differs.some((name) => found[name]! > wanted[name]!) ? 1 : 0;
        if (differs.length > 0) wrong.push({ ...point, label: whole.points[point.at - 1], killed, found });
      }
      expect(wrong).toEqual([]);
      // A run in which a message was spared, such as a second look for work, ends unharmed before its last points.
      expect(row.crashes).toBeGreaterThanOrEqual(chosen.length - sparedMax);
    },
    everyPoint ? 1_800_000 : 120_000,
  );
});
