import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../../test/harness.js';
import { Bookkeeper } from '../books/bookkeeper.js';
import type { Books } from '../books/books.js';
import type { Command } from '../books/entries.js';
import { rfc3339 } from '../clock.js';
import { FaultSwitches } from '../faults/fault-switches.js';
import type { RuleInput } from '../faults/rules.js';
import { Gateway } from './gateway.js';

/** A gateway whose time and agenda the test turns by hand. */
async function desk(folder: string, startMs = 1_795_430_400_000) {
  const state = { nowMs: startMs };
  const clock = { nowMs: () => state.nowMs };
  const due: { at: number; run: () => void }[] = [];
  const faults = new FaultSwitches();
  const { keeper } = await Bookkeeper.open(folder, clock, (error) => {
    throw error;
  });
  const gateway = new Gateway({
    ...{ keeper, faults, clock, dispatch: () => undefined, callbackUrl: 'http://127.0.0.1:9/' },
    agenda: { at: (at, run) => due.push({ at, run }) },
    publicUrl: () => 'http://127.0.0.1:3002',
  });
  const pass = (ms: number): void => {
    state.nowMs += ms;
    for (const item of due.splice(0)) {
      if (item.at <= state.nowMs) item.run();
      else due.push(item);
    }
  };
  return { gateway, keeper, faults, pass, nowMs: () => state.nowMs };
}

function picture({ orderList, accounts, totals, deliveries, deferred, entryCount }: Books) {
  return JSON.stringify(
    {
      orderList,
      accounts: [...accounts],
      totals,
      deliveries: [...deliveries],
      deferred: [...deferred],
      entryCount,
    },
    (key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : key === 'order' ? undefined : value),
  );
}

type Step =
  | { do: 'command'; command: Command; atOnce: boolean }
  | { do: 'defer'; command: Command }
  | { do: 'pass'; ms: number }
  | { do: 'switch'; rule: RuleInput };

const orderNo = fc.integer({ min: 1, max: 4 }).map((index) => `C${index}`);
const create = (no: string): Command => ({
  ...{ operation: 'create-order', orderNo: no, amountFen: '500', description: 'x' },
  ...{ payeeAccount: `payee-${Number(no.slice(1)) % 2}`, expiresAt: rfc3339(1_795_430_400_000 + 5_000) },
});
const refund = fc.record({
  operation: fc.constant('refund' as const),
  orderNo,
  refundNo: fc.integer({ min: 1, max: 40 }).map((index) => `R${index}`),
  amountFen: fc.integer({ min: 1, max: 300 }).map(String),
});
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: orderNo.map(create) },
  { weight: 1, arbitrary: orderNo.map((no) => ({ operation: 'close-order' as const, orderNo: no })) },
  { weight: 3, arbitrary: orderNo.map((no) => ({ operation: 'pay' as const, orderNo: no })) },
  { weight: 8, arbitrary: refund },
);
const rule: fc.Arbitrary<RuleInput> = fc.constantFrom<RuleInput>(
  { match: { operation: 'refund' }, fault: 'refund-failed' },
  { match: { operation: 'refund' }, fault: 'refund-stays-processing', delayMs: 900 },
  { match: { operation: 'refund' }, fault: 'not-enough-balance', balanceFen: '250' },
  { match: { operation: 'pay' }, fault: 'late-success' },
  { match: { operation: 'close-order' }, fault: 'late-success', delayMs: 300 },
  { match: { operation: 'callback' }, fault: 'callback-storm', count: 5 },
  { match: { operation: 'callback' }, fault: 'drop-callback' },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('command' as const), command, atOnce: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('defer' as const), command }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 1_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), rule }) },
);

function expectSoundSums(books: Books): void {
  let paid = 0n;
  let refunded = 0n;
  for (const order of books.orderList) {
    const done = order.refunds
      .filter(({ state }) => state === 'done')
      .reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const underWay = order.refunds
      .filter(({ state }) => state === 'processing')
      .reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const paidFen = order.state === 'paid' ? order.amountFen : 0n;
    expect([order.refundedFen, order.refundingFen]).toEqual([done, underWay]);
    expect(done + underWay <= paidFen).toBe(true);
    paid += paidFen;
    refunded += done;
  }
  expect(books.totals).toEqual({ paidFen: paid, refundedFen: refunded });
  const accounts = [...books.accounts.values()];
  expect(accounts.reduce((sum, account) => sum + account.paidFen - account.refundedFen, 0n)).toBe(
    paid - refunded,
  );
  expect(accounts.every((account) => account.paidFen >= account.refundedFen)).toBe(true);
}

describe('gateway', () => {
  it('keeps balance = paid - refunded >= 0 through any sequence, and a replayed journal gives the same books', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), async (steps) => {
        const folder = await temporaryFolder();
        const first = await desk(folder);
        for (const no of ['C1', 'C2', 'C3', 'C4']) first.gateway.execute(create(no));
        for (const item of steps) {
          if (item.do === 'command') first.gateway.execute(item.command, item.atOnce);
          else if (item.do === 'defer') first.gateway.defer(item.command, first.nowMs() + 200);
          else if (item.do === 'pass') first.pass(item.ms);
          else first.faults.set([item.rule]);
          expectSoundSums(first.keeper.books);
        }
        await first.keeper.close();
        const second = await desk(folder, first.nowMs());
        expect(picture(second.keeper.books)).toBe(picture(first.keeper.books));

        // Nothing stays half done over a restart: time alone brings every refund and every deferred command to its end.
        second.gateway.resume();
        for (let turn = 0; turn < 5; turn += 1) second.pass(10_000);
        expectSoundSums(second.keeper.books);
        expect(
          [...second.keeper.books.refunds.values()].filter(({ state }) => state === 'processing'),
        ).toEqual([]);
        expect(second.keeper.books.deferred.size).toBe(0);
        await second.keeper.close();
        await rm(folder, { recursive: true });
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
