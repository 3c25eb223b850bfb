import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { isCommitLost, isDatabaseAway, probeDatabase } from '@hehuo/platform';
import { startMariaDb, until, type FlushLog, type PassingMariaDb } from '@hehuo/testing';
import { BLIND_INDEX_KEY, FIELD_KEY, startBuilt, startWorker } from '../support/built-process.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { World } from '../support/world.js';
import { alter } from './sabotage.js';

const clientCount = 24;
const pledgesEach = 60;
const fen = 100n;
const killsSafe = 3;
/** A crash that happens to follow right on the write of a second loses nothing; so many in a row do not happen. */
const killsUnsafeMax = 8;
const seed = Number(process.env['SEED'] ?? 20_261_125);

/** What a client was told of the pledge that it sent under a key. It outlives the database, as a browser does. */
interface Acknowledged {
  readonly client: number;
  readonly key: string;
  readonly pledgeId: string;
}

/** A server, a process with its pool on it, a campaign, and what its clients were told. */
class Crash {
  readonly acknowledged: Acknowledged[] = [];
  private clients: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly server: PassingMariaDb,
    readonly world: World,
    readonly campaign: OpenCampaign,
  ) {}

  static async on(flushLog: FlushLog, work: (crash: Crash) => Promise<void>): Promise<void> {
    const server = await startMariaDb(flushLog);
    const world = await World.start({ on: server.ownerUrl });
    try {
      const asks = [{ kind: 'money' as const, minimum: 1n, cap: 10n ** 12n }];
      const campaign = await openCampaign(world.db.database, {
        ...{ asks, people: clientCount, paymentMode: 'pay_on_success' },
      });
      // What the clients pledge to is there for good. A server at 0 takes no notice of FLUSH.
      const flushing = (value: FlushLog) => `SET GLOBAL innodb_flush_log_at_trx_commit = ${value}`;
      await alter(world.db, flushing(1), 'FLUSH ENGINE LOGS', flushing(flushLog));
      await work(new Crash(server, world, campaign));
    } finally {
      await world.stop();
      await server.remove();
    }
  }

  /** Every client pledges one after the other, each time under a new key. */
  start(): void {
    this.clients = Promise.all(this.campaign.people.map((_, client) => this.pledgeOften(client)));
    // Whoever waits for the clients hears of it; until then it is not unheard.
    this.clients.catch(() => undefined);
  }

  ended(): Promise<unknown> {
    return this.clients;
  }

  /** The database dies while clients are answered, after as many answers and as much time as the seed says. */
  async die(random: () => number): Promise<void> {
    const answers = this.acknowledged.length + clientCount + Math.floor(random() * clientCount * 4);
    await until('clients are answered', 30, () => this.acknowledged.length >= answers);
    await pause(random() * 50);
    await this.server.kill();
  }

  /** What clients were told of and the database does not know. */
  async lost(told: readonly Acknowledged[]): Promise<Acknowledged[]> {
    const rows = await this.rows();
    const known = new Set(rows.map(({ id }) => id));
    return told.filter(({ pledgeId }) => !known.has(pledgeId));
  }

  rows(): Promise<{ id: string }[]> {
    return this.world.db.database.rows<{ id: string }>('SELECT id FROM pledge WHERE campaign_id = ?', [
      this.campaign.campaignId,
    ]);
  }

  /** Sends the same pledge until somebody answers it, as a browser with its key does. */
  async pledge(client: number, key: string): Promise<string> {
    const person = this.campaign.people[client]!;
    for (;;) {
      try {
        return (await this.world.pledge({ person, ...line(this.campaign), quantity: fen, key })).id;
      } catch (error) {
        if (!isDatabaseAway(error) && !isCommitLost(error)) throw error;
        await pause(100);
      }
    }
  }

  private async pledgeOften(client: number): Promise<void> {
    for (let turn = 0; turn < pledgesEach; turn += 1) {
      const key = `pledge-${turn}`;
      this.acknowledged.push({ client, key, pledgeId: await this.pledge(client, key) });
    }
  }
}

/** mulberry32: the same seed draws the same deaths. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a database that dies in the middle of pledges', () => {
  it(
    'has all that was acknowledged, once, and the process goes on with the pool that it has',
    () =>
      Crash.on(1, async (crash) => {
        const random = randomOf(seed);
        const losses: unknown[] = [];
        crash.start();
        for (let kill = 0; kill < killsSafe; kill += 1) {
          await crash.die(random);
          const told = [...crash.acknowledged];
          await crash.server.restart();
          losses.push(...(await crash.lost(told)));
        }
        await crash.ended();
        expect({ seed, losses }).toEqual({ seed, losses: [] });

        const wanted = clientCount * pledgesEach;
        expect(new Set(crash.acknowledged.map(({ pledgeId }) => pledgeId)).size).toBe(wanted);
        expect(await crash.lost(crash.acknowledged)).toEqual([]);
        expect(await crash.rows()).toHaveLength(wanted);
        for (const { client, key, pledgeId } of crash.acknowledged) {
          expect(await crash.pledge(client, key)).toBe(pledgeId);
        }
        expect(await crash.rows()).toHaveLength(wanted);
        const intake = await crash.world.db.database.row(
          'SELECT i.pledges, a.reserved FROM intake i JOIN ask_intake a USING (campaign_id) WHERE i.campaign_id = ?',
          [crash.campaign.campaignId],
        );
        expect(intake).toMatchObject({ pledges: String(wanted), reserved: String(BigInt(wanted) * fen) });
        await crash.world.expectSound();
      }),
    180_000,
  );

  it(
    'has lost what was acknowledged where the log is written once a second; no process starts on such a one',
    () =>
      Crash.on(0, async (crash) => {
        const random = randomOf(seed);
        let lost: unknown[] = [];
        let kills = 0;
        crash.start();
        while (lost.length === 0 && kills < killsUnsafeMax) {
          await crash.die(random);
          kills += 1;
          const told = [...crash.acknowledged];
          await crash.server.restart();
          lost = await crash.lost(told);
        }
        await crash.ended();
        expect({ seed, kills, lost: lost.length }).toEqual({ seed, kills, lost: expect.any(Number) });
        expect(lost.length).toBeGreaterThan(0);

        const finding = 'innodb_flush_log_at_trx_commit is "0"; set it to 1';
        expect(await probeDatabase(crash.world.db.database)).toEqual([expect.stringContaining(finding)]);
        const settings = { MYSQL_URL: crash.world.db.url, REDIS_URL: process.env['TEST_REDIS_URL']! };
        await expect(startWorker(settings)).rejects.toThrow(finding);
        const api = startBuilt('api', { ...settings, FIELD_KEY, BLIND_INDEX_KEY, PORT: '0' });
        await expect(api).rejects.toThrow(finding);
      }),
    180_000,
  );
});
