import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { OpenCharge, type Officer } from '@hehuo/payment';
import { SystemClock } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { openCustody, twoPeople } from '../support/custody.js';
import { secret, TestBed } from '../../apps/sandbox/test/harness.js';
import { ops, settingsOn } from '../../apps/ops/test/run.js';
import { withPlatform } from '../../apps/ops/src/platform.js';

const bed = new TestBed();
const nowMs = new SystemClock().now().getTime();
const id = <P extends string>(prefix: P): Id<P> => newId(prefix, nowMs);
const day = (offset: number): string => new Date(nowMs + offset * 86_400_000).toISOString().slice(0, 10);
let world: TestDatabase;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  await bed.start();
  world = await createTestDatabase();
  environment = { ...settingsOn(world), SANDBOX_URL: bed.url, SANDBOX_SECRET: secret };
  const communityId = id('com');
  const officer = (role: string): Officer => ({ personId: id('per'), roles: [{ role, communityId }] });
  await withPlatform('test', environment, async (platform) => {
    const custodyAccountId = await openCustody((token) => platform.get(token), {
      ...{ communityId, staff: officer('community_staff'), approver: officer('fund_approver') },
      ...{ signatories: await twoPeople(world.database), merchantRef: 'committee-1' },
    });
    await platform.get(OpenCharge).execute({
      ...{ pledgeId: id('plg'), campaignId: id('cmp'), communityId, payerId: id('per'), custodyAccountId },
      ...{ amount: 100n, description: 'x', payBy: new Date(nowMs + 3_600_000), operationId: id('opr') },
    });
  });
  await world.database.change('UPDATE charge SET created_at = created_at - INTERVAL 2 DAY');
});
afterAll(async () => {
  await world.drop();
  await bed.stop();
});
afterEach(() => bed.faults());

describe('ops reconcile', () => {
  it('says when a bill could not be had, and which', async () => {
    await bed.faults({ match: { operation: 'bill' }, fault: 'bill-not-ready' });
    const { code, out, err } = await ops(['reconcile'], environment);
    expect(code).toBe(1);
    expect(out).toContain('due (not_ready)');
    expect(err).toContain('2 bills could not be had yet');
  });

  it('fetches, matches and prints both sides, and ends with 1 while a difference is open', async () => {
    await bed.faults({
      match: { operation: 'bill' },
      fault: 'bill-unknown-line',
      balanceFen: '1999',
      times: 1,
    });
    const { code, out, err } = await ops(['reconcile', '--merchant', 'sandbox/committee-1'], environment);
    expect(out).toMatch(
      new RegExp(
        `${day(-2)} │ sandbox/committee-1 │ matched +│ +1 │ +19\\.99 │ +0\\.00 │ +19\\.99 │ +0\\.00 │ +0\\.00 │ +1 │`,
      ),
    );
    expect(out).toMatch(new RegExp(`${day(-1)} │ sandbox/committee-1 │ explained +│ +0 │`));
    expect([code, err]).toEqual([1, 'ops: 1 differences wait for an explanation by two fund approvers.']);
    expect((await ops(['check', '--only', 'payment.'], environment)).code).toBe(0);
  });

  it('looks at one day anew', async () => {
    const { code, out } = await ops(['reconcile', '--day', day(-1)], environment);
    expect(code).toBe(0);
    expect(out).not.toContain(day(-2));
  });

  it('shows a day that two persons closed without its bill', async () => {
    await world.database.change(
      `INSERT INTO bill_day (id, gateway, merchant_ref, bill_date, starts_at, ends_at, state, closed_at, forgone_reason,
         forgone_by, forgone_confirmed_by)
       VALUES (?, 'sandbox', 'committee-1', '2026-01-05', '2026-01-05', '2026-01-06', 'without_bill', UTC_TIMESTAMP(3), ?, ?, ?)`,
      [id('bld'), 'not kept any more', id('per'), id('per')],
    );
    await bed.faults({ match: { operation: 'bill' }, fault: 'bill-not-ready' });
    const { code, out } = await ops(['reconcile', '--day', '2026-01-05'], environment);
    expect([code, out]).toEqual([0, expect.stringContaining('closed without bill')]);
  });

  it.each([
    [['--merchant', 'committee-1'], 'is not gateway/ref'],
    [['--day', '2026-02-30'], 'bill_day_invalid'],
    [['--day', day(1)], 'it is not over'],
  ])('%j: what to do, in one line', async (args, words) => {
    const { code, err } = await ops(['reconcile', ...args], environment);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n {4}at /);
  });
});
