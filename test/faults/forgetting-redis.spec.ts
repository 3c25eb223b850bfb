import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SETTLEMENT_INVARIANTS } from '@hehuo/settlement';
import { checkInvariants } from '@hehuo/platform';
import { startRedis, until, type PassingRedis } from '@hehuo/testing';
import { manyPledges } from '../support/many-pledges.js';
import { moveDeadlineOf, openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { startWorker, type BuiltProcess } from '../support/built-process.js';
import { line } from '../support/pledging.js';
import { World } from '../support/world.js';

const manyCount = 12_000;
/** The sweeper looks every five seconds; the rest is for a busy machine. */
const lateSecondsMax = 10;

let world: World;
let redis: PassingRedis;
let worker: BuiltProcess;

beforeAll(async () => {
  world = await World.start();
  redis = await startRedis();
});
afterEach(async () => {
  await worker.signal('SIGTERM');
  await world.expectSound();
  expect(await checkInvariants(world.db.database, SETTLEMENT_INVARIANTS)).toEqual([]);
});
afterAll(async () => {
  await redis.kill();
  await world.stop();
});

const freshWorker = () =>
  startWorker({ MYSQL_URL: world.db.url, REDIS_URL: redis.url, REDIS_PREFIX: 'faults' });
const runOf = ({ campaignId }: OpenCampaign) =>
  world.db.database.row<{ state: string; late: string }>(
    `SELECT r.state, TIMESTAMPDIFF(SECOND, c.deadline, c.closed_at) AS late
     FROM settlement_run r JOIN campaign c ON c.id = r.campaign_id WHERE r.campaign_id = ?`,
    [campaignId],
  );
const settled = (campaign: OpenCampaign, seconds: number) =>
  until('the campaign is settled', seconds, async () => {
    const run = await runOf(campaign);
    return run?.state === 'done' ? run : null;
  });
const statesOf = ({ campaignId }: OpenCampaign) =>
  world.db.database.rows<{ state: string; n: string }>(
    'SELECT state, COUNT(*) AS n FROM pledge WHERE campaign_id = ? GROUP BY state',
    [campaignId],
  );

describe('a Redis that forgets everything', () => {
  it('in the middle of a campaign delays its close by seconds and loses nothing', async () => {
    worker = await freshWorker();
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }], deadlineSeconds: 3 });
    for (const person of campaign.people) await world.pledge({ person, ...line(campaign) });
    await redis.flush();
    const run = await settled(campaign, 30);
    expect(Number(run?.late)).toBeLessThanOrEqual(lateSecondsMax);
    expect(await statesOf(campaign)).toEqual([{ state: 'handover_due', n: '3' }]);
  }, 60_000);

  it('in the middle of a settlement, with the worker killed beside it, ends every pledge once', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }], people: 50 });
    await manyPledges(world.db.database, campaign, manyCount);
    worker = await freshWorker();
    await moveDeadlineOf(world.db.database, campaign.campaignId, 0);
    const ended = (): Promise<number> =>
      world.db.database
        .row<{ n: string }>("SELECT COUNT(*) AS n FROM settlement_item WHERE state = 'done'")
        .then((row) => Number(row?.n));
    const before = await ended();
    await until('some pledges are settled', 30, async () => (await ended()) > before);
    await worker.signal('SIGKILL');
    await redis.flush();
    expect((await runOf(campaign))?.state).not.toBe('done');
    worker = await freshWorker();
    await settled(campaign, 60);
    expect(await statesOf(campaign)).toEqual([{ state: 'handover_due', n: String(manyCount) }]);
    const items = await world.db.database.row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM settlement_item i JOIN settlement_run r ON r.id = i.run_id WHERE r.campaign_id = ?',
      [campaign.campaignId],
    );
    expect(items?.n).toBe(String(manyCount));
  }, 150_000);
});
