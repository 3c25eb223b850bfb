import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from 'mysql2/promise';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { manyPledges } from '../support/many-pledges.js';
import { SettlementWorld } from '../integration/settlement/world.js';

const pledgeCount = Number(process.env['BENCH_PLEDGES'] ?? 100_000);
/** The aim on two idle cores, printed beside what was measured. */
const perSecondAim = 20_000;
/** What is asserted, because it does not depend on the machine: the share of the speed of hand-written SQL. */
const shareOfFloorMin = 0.33;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const slots = [pledgeCount];

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.start();
});
afterAll(() => world?.stop());

async function decided(): Promise<OpenCampaign> {
  const open = await openCampaign(world.sql, {
    asks: [
      { kind: 'labour', slots },
      { kind: 'skilled_work', slots },
      { kind: 'goods' },
      { kind: 'planning' },
      { kind: 'attention' },
    ],
    people: 200,
  });
  await manyPledges(world.sql, open, pledgeCount);
  expect(await world.close(open)).toBe('succeeded');
  return open;
}

const table: string[] = [];
function note(what: string, seconds: number): void {
  table.push(
    `${what.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s ${Math.round(pledgeCount / seconds)
      .toLocaleString('en-US')
      .padStart(9)} pledges/s`,
  );
}

/** The least that settling must write, by hand: pledge, transfer and log by ranges of ids, two connections. */
async function floor(pool: Pool, open: OpenCampaign): Promise<number> {
  const [rows] = await pool.query('SELECT id FROM pledge WHERE campaign_id = ? ORDER BY id', [
    open.campaignId,
  ]);
  const ids = (rows as { id: string }[]).map(({ id }) => id);
  const ranges: [string, string][] = [];
  for (let at = 0; at < ids.length; at += 1000)
    ranges.push([ids[at]!, ids[Math.min(at + 999, ids.length - 1)]!]);
  const since = performance.now();
  const queue = ranges.values();
  await Promise.all(
    [1, 2].map(async () => {
      const connection = await pool.getConnection();
      for (const [first, last] of queue) {
        await connection.query('START TRANSACTION');
        await connection.query(
          "UPDATE pledge SET state = 'confirmed', version = version + 1 WHERE id BETWEEN ? AND ? AND campaign_id = ? AND state = 'promised'",
          [first, last, open.campaignId],
        );
        await connection.query(
          `INSERT INTO ledger_transfer (id, grp, unit, kind, debit_id, credit_id, amount, resolves, reason, ref)
           SELECT CONCAT('trp_', SUBSTRING(p.id, 5)), ?, p.unit, 'post', p.debit_id, p.credit_id, p.amount, p.id, p.reason, p.ref
           FROM ledger_transfer p WHERE p.id BETWEEN ? AND ? AND p.kind = 'pending'`,
          [`grp${first.slice(3)}`, `trf${first.slice(3)}`, `trf${last.slice(3)}`],
        );
        await connection.query(
          `INSERT INTO state_log (object_type, object_id, from_state, to_state, event, actor, request_id)
           SELECT 'pledge', id, 'promised', 'confirmed', 'confirm', 'floor', 'floor' FROM pledge WHERE id BETWEEN ? AND ?`,
          [first, last],
        );
        await connection.query('COMMIT');
      }
      connection.release();
    }),
  );
  return (performance.now() - since) / 1000;
}

describe('settling very many pledges', () => {
  it(`ends ${pledgeCount} pledges without a gateway near the speed of hand-written SQL`, async () => {
    const byHand = await openCampaign(world.sql, { asks: [{ kind: 'labour', slots }], people: 200 });
    await manyPledges(world.sql, byHand, pledgeCount);
    const pool = createPool({ uri: world.db.ownerUrl, connectionLimit: 2 });
    const floorSeconds = await floor(pool, byHand);
    note('by hand: pledge, transfer, log', floorSeconds);
    await pool.end();
    let best = Number.POSITIVE_INFINITY;
    for (let round = 1; round <= rounds; round += 1) {
      const open = await decided();
      const since = performance.now();
      await world.settle(open);
      const seconds = (performance.now() - since) / 1000;
      best = Math.min(best, seconds);
      expect(await world.view(open)).toMatchObject({
        run: { state: 'done' },
        progress: { done: pledgeCount },
      });
      note(`settlement, round ${round}`, seconds);
    }
    process.stdout.write(
      `\n${table.join('\n')}\naim ${perSecondAim} pledges/s, ${(floorSeconds / best).toFixed(2)} of the floor\n\n`,
    );
    expect(floorSeconds / best).toBeGreaterThanOrEqual(shareOfFloorMin);
  });
});
