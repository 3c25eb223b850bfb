import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApplyGatewayEvent,
  CheckCharge,
  DueRefunds,
  ListRefunds,
  PresentCharge,
  SendRefund,
  type Charge,
} from '@hehuo/payment';
import { appid, mchid, WechatWorld, type Mode } from './wechat-world.js';
import { officer } from './world.js';

const modes: readonly Mode[] = ['public-key', 'certificate'];

describe.each(modes)('WeChat Pay against the simulator, in %s mode', (mode) => {
  const world = new WechatWorld();
  beforeAll(() => world.startWechat(mode));
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.faults();
    expect(await world.breaches()).toEqual([]);
  });
  const status = async (charge: Charge) => (await world.view(charge)).status;
  const state = async (charge: Charge) => (await world.view(charge)).charge.state;
  const returned = async (charge: Charge) => (await status(charge)) === 'returned';
  const refunded = async (charge: Charge) =>
    (await world.sandbox('GET', `/orders/${charge.number}`)).body['refundedFen'];

  it('a code is shown, the callback comes, and the payment is booked', async () => {
    const charge = await world.charge(await world.pledge());
    expect(charge).toMatchObject({ state: 'pending', gateway: 'wechat', merchantRef: mchid, scene: 'code' });
    expect(await world.get(PresentCharge).execute(charge)).toEqual({ kind: 'code', text: charge.payUrl });
    const answered = world.inbox.answered.length;
    await world.pay(charge);
    await world.eventually('the callback', () => world.inbox.answered.length > answered);
    expect(world.inbox.answered.at(-1)).toMatchObject({ status: 200 });
    await world.until('it is booked', async () => (await state(charge)) === 'succeeded');
  });

  it('inside WeChat and on a phone', async () => {
    const hint = { openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', ip: '203.0.113.7' };
    const inside = await world.charge(await world.pledge(), { scene: 'wechat', payerHint: hint });
    expect(await world.get(PresentCharge).execute(inside)).toMatchObject({
      ...{ kind: 'jsapi', parameters: { appId: appid, package: `prepay_id=${inside.payUrl}` } },
    });
    const phone = await world.charge(await world.pledge(), { scene: 'phone', payerHint: hint });
    expect(await world.get(PresentCharge).execute(phone)).toEqual({ kind: 'link', url: phone.payUrl });
    expect((await fetch(String(phone.payUrl))).status).toBe(200);
  });

  it.each([
    'apply-then-timeout',
    'timeout-then-apply-later',
    'error-500-after-apply',
    'garbage-after-apply',
    'bad-response-signature-after-apply',
    'response-signature-probe-after-apply',
    'rate-limited',
    'callback-before-response',
  ])('an order that meets %s is asked about and paid once', async (fault) => {
    await world.faults({
      match: { operation: 'create-order' },
      fault,
      times: 1,
      delayMs: 1_100,
      laterMs: 200,
    });
    const charge = await world.charge(await world.pledge());
    await world.until('it is there', async () => {
      await world.pass(30);
      return ['pending', 'succeeded'].includes(await state(charge));
    });
    await world.pay(charge);
    await world.until('it is booked', async () => (await state(charge)) === 'succeeded');
  });

  it('an order that is refused fails, and a lost callback is healed by asking', async () => {
    await world.faults({ match: { operation: 'create-order' }, fault: 'reject', times: 1 });
    expect((await world.charge(await world.pledge())).state).toBe('failed');
    await world.faults({ match: { operation: 'callback' }, fault: 'drop-callback' });
    const charge = await world.charge(await world.pledge());
    await world.pay(charge);
    await world.get(CheckCharge).onDemand(charge.id);
    expect(await state(charge)).toBe('succeeded');
  });

  it('an order whose time is over is closed there, and a late success is taken and goes back', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'close-order' }, fault: 'late-success', delayMs: 50 });
    await world.expire(charge);
    await world.until('it is closed', async () => ['closed', 'succeeded'].includes(await state(charge)));
    await world.until('it is paid late', async () => {
      await world.get(CheckCharge).onDemand(charge.id);
      return (await state(charge)) === 'succeeded';
    });
  });

  it('refunds whole and in parts, each once', async () => {
    const charge = await world.paidCharge(5_000n);
    await world.askBack(charge, 2_000n, 'part-one');
    await world.askBack(charge, 3_000n, 'part-two');
    await world.sweep();
    const plans = await world.database.rows<{ calledAt: Date | null; nextTryAt: Date | null }>(
      'SELECT called_at AS calledAt, next_try_at AS nextTryAt FROM refund WHERE charge_id = ? ORDER BY called_at IS NULL',
      [charge.id],
    );
    const [first, second] = plans;
    expect([plans.length, second?.calledAt]).toEqual([2, null]);
    expect(second?.nextTryAt?.getTime()).toBe(Number(first?.calledAt) + 60_000);
    await world.until('the first is back', async () => (await refunded(charge)) !== '0');
    await world.sweep();
    expect(['2000', '3000']).toContain(await refunded(charge));
    await world.pass(60);
    await world.until('it is back', () => returned(charge));
    expect(await refunded(charge)).toBe('5000');
  });

  it('of many refunds of one order that are sent at once, one goes', async () => {
    const charge = await world.paidCharge(5_000n);
    for (const part of [1, 2, 3, 4]) await world.askBack(charge, 1_000n, `${charge.id}:${part}`);
    const due = await world.get(DueRefunds).execute(500);
    await Promise.all(due.map((refundId) => world.get(SendRefund).execute(refundId)));
    const row = await world.database.row<{ n: string }>(
      'SELECT COUNT(called_at) AS n FROM refund WHERE charge_id = ?',
      [charge.id],
    );
    expect(row?.n).toBe('1');
    await world.until('all are back', async () => {
      await world.pass(60);
      return (await refunded(charge)) === '4000';
    });
  });

  it.each([
    'apply-then-timeout',
    'error-500-after-apply',
    'garbage-after-apply',
    'bad-response-signature-after-apply',
    'response-signature-probe-after-apply',
    'rate-limited',
    'callback-before-response',
    'timeout-then-apply-later',
  ])('a refund that meets %s is paid back once', async (fault) => {
    const charge = await world.paidCharge();
    await world.faults({ match: { operation: 'refund' }, fault, times: 1, delayMs: 1_100, laterMs: 200 });
    await world.askBack(charge);
    await world.sweep();
    await world.until('it is back', async () => {
      await world.pass(30);
      return returned(charge);
    });
    expect(await refunded(charge)).toBe('10000');
  });

  const refundStates = async (charge: Charge) => {
    const all = await world.get(ListRefunds).execute({
      ...{ actor: officer('auditor'), after: null, limit: 100, campaignId: charge.campaignId },
      states: ['due', 'sent', 'processing', 'unknown', 'waiting_funds', 'done', 'needs_human'],
    });
    return all
      .filter(({ chargeId }) => chargeId === charge.id)
      .map(({ state: found, stuck }) => [found, stuck]);
  };

  it('a refund waits for a balance, is refused, or fails, as the gateway says', async () => {
    const [poor, refused, failed] = [
      await world.paidCharge(),
      await world.paidCharge(),
      await world.paidCharge(),
    ];
    await world.faults(
      { match: { operation: 'refund', orderNo: poor.number }, fault: 'not-enough-balance' },
      { match: { operation: 'refund', orderNo: refused.number }, fault: 'reject' },
      { match: { operation: 'refund', orderNo: failed.number }, fault: 'refund-failed' },
    );
    for (const charge of [poor, refused, failed]) await world.askBack(charge);
    await world.until('all are answered', async () => {
      await world.pass(60);
      return (await refundStates(failed))[0]?.[0] === 'needs_human';
    });
    expect(await refundStates(poor)).toEqual([['waiting_funds', null]]);
    expect(await refundStates(refused)).toEqual([['needs_human', 'refused']]);
    expect(await refundStates(failed)).toEqual([['needs_human', 'gateway_failed']]);
    await world.faults();
    await world.until('the poor one is back', async () => {
      await world.pass(3_600);
      return returned(poor);
    });
    await world.sweep();
  });

  it('what the simulator hides for a while is not lost', async () => {
    await world.faults(
      { match: { operation: 'query-order' }, fault: 'not-found-for', delayMs: 400 },
      { match: { operation: 'query-refund' }, fault: 'not-found-for', delayMs: 400 },
    );
    const charge = await world.charge(await world.pledge());
    await world.pay(charge);
    await world.until('it is booked', async () => {
      await world.pass(30);
      return (await state(charge)) === 'succeeded';
    });
    await world.askBack(charge);
    await world.until('it is back', async () => {
      await world.pass(30);
      return returned(charge);
    });
    expect(await refunded(charge)).toBe('10000');
  });

  it.each([
    ['duplicate-callback', [200, 200, 200]],
    ['callback-storm', Array.from({ length: 20 }, () => 200)],
    ['callback-replayed-later', [200, 401]],
    ['callback-bad-signature', [401]],
    ['callback-unsigned', [401]],
    ['callback-signature-probe', [401]],
    ['callback-wrong-merchant', [401]],
    ['callback-wrong-amount', [200]],
    ['callback-unknown-order', [200]],
  ])('%s is answered as it deserves, and the payment is booked once', async (fault, expected) => {
    const charge = await world.charge(await world.pledge());
    const match = { operation: 'callback', orderNo: charge.number };
    const count = fault === 'callback-storm' ? 20 : 3;
    await world.faults({ match, fault, count, delayMs: 100 });
    const before = world.inbox.answered.length;
    await world.pay(charge);
    await world.eventually('all came', () => world.inbox.answered.length >= before + expected.length);
    expect(world.inbox.answered.slice(before).map((one) => one.status)).toEqual(expected);
    await world.get(CheckCharge).onDemand(charge.id);
    await world.until('it is booked', async () => (await state(charge)) === 'succeeded');
    const transfers = await world.database.rows(
      "SELECT id FROM ledger_transfer WHERE ref = ? AND reason = 'charge-paid'",
      [charge.id],
    );
    expect(transfers).toHaveLength(1);
    const events = await world.database.rows<{ id: `gev_${string}` }>(
      'SELECT id FROM gateway_event WHERE order_number = ?',
      [charge.number],
    );
    for (const { id } of events) await world.get(ApplyGatewayEvent).execute(id);
    expect(events.length).toBeLessThanOrEqual(1);
  });

  it('in the end the simulator’s books and ours say the same', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    const stuck = await world.database.row<{ fen: string | null }>(
      "SELECT SUM(amount) AS fen FROM refund WHERE state = 'needs_human'",
    );
    // Refunds that wait for a human are still on the account, and in transit in our books.
    expect([ours, inTransit]).toEqual([theirs, String(stuck?.fen ?? 0)]);
  });
});
