import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RequestRefund } from '@hehuo/payment';
import { CrashWorld } from './crash-world.js';
import { refund, runIn, SCENARIOS, type Scenario, type Tally } from './crash-scenarios.js';
import type { CrashPoint } from './crash-switch.js';
import { alter, found as brokenIn, partOf, sabotage } from './sabotage.js';

/** `npm run prove:crashes` is the whole proof; the default is a sample of it. `SEED` draws another sample. */
const everyPoint = process.env['CRASH_POINTS'] === 'all';
const seed = Number(process.env['SEED'] ?? 20_261_125);
const sampleStep = 17;
/** The first death and each so many after it are by a real SIGKILL: another process has to be started for each. */
const killStep = everyPoint ? 5 : 6;
const settleMs = 10_000;

interface Row {
  readonly scenario: string;
  readonly points: number;
  tries: number;
  /** Of the tries, those that ended by a SIGKILL. */
  killed: number;
  lost: number;
  doubled: number;
  unreached: number;
}

const columns = ['scenario', 'points', 'tries', 'killed', 'lost', 'doubled', 'unreached'] as const;
const table: Row[] = [];
let world: CrashWorld;
// A world for each: time that goes by for charges would make bills overdue, and those stop payouts.
beforeEach(async () => {
  world = await new CrashWorld().start({ timeoutMs: 5_000 });
});
afterAll(() => {
  const line = (cells: readonly (string | number)[]) => cells.map((cell) => `${cell}`.padEnd(11)).join('');
  const rows = table.map((row) => line(columns.map((column) => row[column])));
  process.stderr.write(`\nseed ${seed}\n${[line(columns), ...rows].join('\n')}\n`);
});
afterEach(() => world.stop());

interface Outcome {
  readonly killed: boolean;
  readonly points: readonly string[];
  readonly found: Tally;
  readonly wanted: Tally;
  /** Invariants that do not hold afterwards. */
  readonly breaches: readonly string[];
}

/** One sum of money on its whole way, with a process that is killed where `point` says. */
async function goThrough(scenario: Scenario, point: CrashPoint | null): Promise<Outcome> {
  await world.startAnew();
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
  const found = await ready.found();
  return { killed, points, found, wanted: ready.wanted, breaches: await brokenIn(world) };
}

interface Wrong extends CrashPoint {
  readonly label: string | undefined;
  readonly found: Tally;
  readonly breaches: readonly string[];
}

/** Both sides of the messages up to `count`. */
const pointsUpTo = (count: number): CrashPoint[] =>
  Array.from({ length: count }, (_, index) => index + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when, how: 'halt' as const })),
  );

const sampleOf = (points: readonly CrashPoint[]): CrashPoint[] =>
  everyPoint ? [...points] : points.filter((_, index) => (index + seed) % sampleStep === 0);

async function sweep(scenario: Scenario, labels: readonly string[], points: readonly CrashPoint[]) {
  const row: Row = {
    ...{ scenario: scenario.name, points: labels.length, tries: points.length },
    ...{ killed: 0, lost: 0, doubled: 0, unreached: 0 },
  };
  const wrong: Wrong[] = [];
  for (const [index, each] of points.entries()) {
    const point: CrashPoint = index % killStep === 0 ? { ...each, how: 'kill' } : each;
    const { killed, found, wanted, breaches } = await goThrough(scenario, point);
    const differs = Object.keys(wanted).filter((name) => found[name] !== wanted[name]);
    row.killed += killed && point.how === 'kill' ? 1 : 0;
    row.unreached += killed ? 0 : 1;
    row.lost += differs.some((name) => found[name]! < wanted[name]!) ? 1 : 0;
    row.doubled += differs.some((name) => found[name]! > wanted[name]!) ? 1 : 0;
    if (differs.length + breaches.length > 0)
      wrong.push({ ...point, label: labels[point.at - 1], found, breaches });
  }
  return { row, wrong };
}

/** Every message of a run that nothing happens to. */
async function messagesOf(scenario: Scenario): Promise<readonly string[]> {
  const { killed, points, found, wanted, breaches } = await goThrough(scenario, null);
  expect({ killed, found, breaches }).toEqual({ killed: false, found: wanted, breaches: [] });
  return points;
}

const limitMs = everyPoint ? 1_800_000 : 120_000;

describe('a process that is killed at any message to its database or its gateway', () => {
  it.each(SCENARIOS)(
    'neither loses nor doubles a $name',
    async (scenario) => {
      const labels = await messagesOf(scenario);
      const { row, wrong } = await sweep(scenario, labels, sampleOf(pointsUpTo(labels.length)));
      table.push(row);
      expect(wrong).toEqual([]);
      expect(row).toMatchObject({ lost: 0, doubled: 0, unreached: 0 });
      expect(row.killed).toBeGreaterThan(0);
    },
    limitMs,
  );

  it(
    'pays a refund twice, and is seen to, where nothing knows that it was asked for already',
    async () => {
      const labels = await messagesOf(refund);
      await alter(world, 'ALTER TABLE refund DROP INDEX refund_once');
      const store = partOf<{ byFacts(): Promise<unknown[]> }>(world.get(RequestRefund), 'refunds');
      sabotage(store, { byFacts: () => Promise.resolve([]) });
      // The client repeats what it got no answer to: after the commit, that is one request too many.
      const commit = labels.indexOf('COMMIT') + 1;
      const { row, wrong } = await sweep(refund, labels, pointsUpTo(commit).slice(-4));
      table.push({ ...row, scenario: 'control' });
      expect(row).toMatchObject({ lost: 0, doubled: 1, unreached: 0 });
      expect(wrong).toMatchObject([
        {
          ...{ at: commit, when: 'after', breaches: ['payment.refund-fact-once'] },
          found: { refunds: 2n, 'gateway refunds': 2n, 'gateway refunded': 8_000n },
        },
      ]);
    },
    limitMs,
  );
});
