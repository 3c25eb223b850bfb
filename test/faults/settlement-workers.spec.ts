import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isRetryable } from '@hehuo/platform';
import { startRedis, until, type PassingRedis } from '@hehuo/testing';
import { SettlementWorld } from '../integration/settlement/world.js';
import { manyPledges } from '../support/many-pledges.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { startWorker, type BuiltProcess } from '../support/built-process.js';

const pledgeCount = 12_000;
const chunkItems = 1000;
const slots = [pledgeCount];

let world: SettlementWorld;
let redis: PassingRedis;
let workers: BuiltProcess[] = [];

beforeAll(async () => {
  [world, redis] = await Promise.all([SettlementWorld.start(), startRedis()]);
});
afterEach(async () => {
  for (const worker of workers) await worker.signal('SIGKILL');
  workers = [];
  await world.expectSound();
});
afterAll(async () => {
  await world?.stop();
  await redis?.kill();
});

async function worker(): Promise<BuiltProcess> {
  const started = await startWorker({
    ...{ MYSQL_URL: world.db.url, REDIS_URL: redis.url, REDIS_PREFIX: 'faults' },
  });
  workers.push(started);
  return started;
}

/** Open, with very many promises, and its deadline just passed: nobody has looked at it yet. */
async function overdue(): Promise<OpenCampaign> {
  const open = await openCampaign(world.sql, {
    asks: [{ kind: 'labour', slots }, { kind: 'goods' }, { kind: 'attention' }, { kind: 'planning' }],
    people: 50,
  });
  await manyPledges(world.sql, open, pledgeCount);
  await world.sql.change('UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ?', [
    open.campaignId,
  ]);
  return open;
}

interface Standing {
  readonly state: string;
  readonly items: number;
  readonly done: number;
}

async function standing(open: OpenCampaign): Promise<Standing> {
  const row = await world.sql.row<{ state: string; items: string; done: string }>(
    `SELECT r.state, r.items, COALESCE((SELECT SUM(c.done) FROM settlement_chunk c WHERE c.run_id = r.id), 0) AS done
     FROM settlement_run r WHERE r.campaign_id = ?`,
    [open.campaignId],
  );
  return { state: row?.state ?? 'none', items: Number(row?.items ?? 0), done: Number(row?.done ?? 0) };
}

/** Half a minute goes by for the leases of the dead. Rows that somebody holds at this moment are left alone. */
async function leasesRunOut(): Promise<void> {
  for (const table of [
    "settlement_chunk SET lease_until = '2000-01-01' WHERE state = 'due'",
    "lease SET until = '2000-01-01'",
  ]) {
    try {
      await world.sql.change(`UPDATE ${table}`);
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}

/** Every pledge came to exactly one end, with exactly one resolution in the books and one line in the log. */
async function expectEachEndedOnce(open: OpenCampaign): Promise<void> {
  const each = pledgeCount / 4;
  expect(await world.pledgeStates(open)).toEqual({
    ...{ adopted: each, confirmed: each, counted: each, handover_due: each },
  });
  const row = await world.sql.row<Record<'items' | 'logged' | 'posted' | 'versions', string>>(
    `SELECT COUNT(i.pledge_id) AS items, SUM(l.n) AS logged, COUNT(t.id) AS posted, MAX(p.version) AS versions
     FROM pledge p JOIN settlement_item i ON i.pledge_id = p.id AND i.state = 'done'
     JOIN (SELECT object_id, COUNT(*) AS n FROM state_log WHERE object_type = 'pledge' GROUP BY object_id) l ON l.object_id = p.id
     JOIN ledger_transfer t ON t.resolves = CONCAT('trf_', SUBSTRING(p.id, 5)) AND t.kind = 'post'
     WHERE p.campaign_id = ?`,
    [open.campaignId],
  );
  expect(row).toEqual({
    ...{ items: String(pledgeCount), logged: String(pledgeCount), posted: String(pledgeCount) },
    versions: 1,
  });
}

describe('settlement by real workers', () => {
  it('goes on where it was when workers are killed with -9, while writing items and while ending them', async () => {
    const open = await overdue();
    const seen: Standing[] = [];
    for (const share of [0.1, 0.3, 0.5, 0.7]) {
      const victim = await worker();
      await until(`a share of ${share} is done`, 60, async () => {
        const now = await standing(open);
        return now.done + now.items >= 2 * pledgeCount * share;
      });
      await victim.signal('SIGKILL');
      seen.push(await standing(open));
      await leasesRunOut();
    }
    expect(seen.some(({ items }) => items > 0 && items < pledgeCount)).toBe(true);
    expect(seen.some(({ done }) => done > 0 && done < pledgeCount)).toBe(true);
    await worker();
    await until('the run is done', 60, async () => (await standing(open)).state === 'done');
    await expectEachEndedOnce(open);
  }, 240_000);

  it('is shared by two workers without a pledge ended twice, one of them stopped in the middle for a while', async () => {
    const open = await overdue();
    const [sleeper] = [await worker(), await worker()];
    await until('all items are written', 60, async () => (await standing(open)).items === pledgeCount);
    await sleeper!.signal('SIGSTOP');
    // It may sleep inside a transaction: then its one chunk stays locked, and everything else goes on.
    await until('the other one has done what is free', 90, async () => {
      await leasesRunOut();
      const { state, items, done } = await standing(open);
      return state === 'done' || (items === pledgeCount && done >= pledgeCount - 2 * chunkItems);
    });
    await sleeper!.signal('SIGCONT');
    await until('the sleeper answers again', 10, async () => (await fetch(`${sleeper!.url}/ready`)).ok);
    await until('the run is done', 60, async () => {
      await leasesRunOut();
      return (await standing(open)).state === 'done';
    });
    await expectEachEndedOnce(open);
  }, 240_000);

  it('needs no hint: Redis loses everything before, while and after the deadline passes', async () => {
    await worker();
    const open = await overdue();
    const since = performance.now();
    await until('the run has begun', 20, async () => {
      await redis.flush();
      return (await standing(open)).state !== 'none';
    });
    expect((performance.now() - since) / 1000).toBeLessThan(12);
    await until('the run is done', 60, async () => {
      await redis.flush();
      return (await standing(open)).state === 'done';
    });
    await expectEachEndedOnce(open);
  }, 120_000);

  it('ends in order on SIGTERM and leaves the rest to the next one', async () => {
    const open = await overdue();
    const first = await worker();
    await until('something is done', 60, async () => (await standing(open)).done > 0);
    expect(await first.signal('SIGTERM')).toBe(0);
    expect(first.log()).not.toMatch(/Pool is closed|"level":(50|60)/);
    await leasesRunOut();
    await worker();
    await until('the run is done', 60, async () => (await standing(open)).state === 'done');
    await expectEachEndedOnce(open);
  }, 120_000);
});
