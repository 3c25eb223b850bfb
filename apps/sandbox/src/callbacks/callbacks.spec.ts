import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isSignedCallback, Receiver, TestBed, until, type Received } from '../../test/harness.js';

const bed = new TestBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());
afterEach(async () => {
  bed.receiver.answer = () => 200;
  await bed.call('DELETE', '/faults');
});

const about = (orderNo: string) => bed.receiver.got.filter(({ body }) => body['orderNo'] === orderNo);
const withFault = (fault: string, part: object = {}) =>
  bed.faults({ match: { operation: 'callback', event: 'charge.paid' }, fault, ...part });
const pending = async () => (await bed.call('GET', '/books?limit=1')).body['callbacksPending'];
const ageSeconds = ({ headers, atMs }: Received) =>
  atMs / 1000 - Number(/t=(\d+)/.exec(String(headers['sandbox-signature']))?.[1]);

async function payAndWait(orderNo: string, count: number, told = orderNo): Promise<Received[]> {
  await bed.pay(orderNo);
  await until(`${count} callbacks`, () => about(told).length >= count);
  await until('nothing is owed', async () => (await pending()) === 0);
  expect(about(told)).toHaveLength(count);
  return about(told);
}

describe('callbacks', () => {
  it('are repeated after 0.2 s and 1 s until a 2xx, with the same bytes', async () => {
    bed.receiver.answer = () => (about('A1').length < 3 ? 503 : 204);
    const [first, second, third] = await payAndWait('A1', 3);
    if (!first || !second || !third) throw new Error('three came');
    expect([second.raw, third.raw]).toEqual([first.raw, first.raw]);
    expect(second.atMs - first.atMs).toBeGreaterThanOrEqual(190);
    expect(third.atMs - second.atMs).toBeGreaterThanOrEqual(990);
    expect(isSignedCallback(third)).toBe(true);
  });

  it('take a redirect for a refusal', async () => {
    bed.receiver.answer = () => (about('A2').length < 2 ? 302 : 200);
    await payAndWait('A2', 2);
  });

  it('survive a restart of the sandbox', async () => {
    bed.receiver.answer = () => 500;
    await bed.pay('A3');
    await until('one attempt was noted', async () => about('A3').length > 0 && (await pending()) === 1);
    await bed.restart();
    bed.receiver.answer = () => 200;
    await until('nothing is owed', async () => (await pending()) === 0);
    expect(about('A3').length).toBeGreaterThanOrEqual(2);
  });

  it('go to the address of the order or of the refund', async () => {
    const [ofOrder, ofRefund] = [new Receiver(), new Receiver()];
    const [notifyUrl, refundUrl] = [await ofOrder.start(), await ofRefund.start()];
    await bed.pay('A4', { notifyUrl });
    await bed.call('POST', '/refunds', {
      refundNo: 'RA4',
      orderNo: 'A4',
      amountFen: '1',
      notifyUrl: refundUrl,
    });
    await until('both', () => ofOrder.got.length === 1 && ofRefund.got.length === 1);
    expect(about('A4')).toEqual([]);
    await ofOrder.stop();
    await ofRefund.stop();
  });
});

describe('faults of callbacks', () => {
  it('duplicate-callback: n times, one event', async () => {
    await withFault('duplicate-callback', { count: 4 });
    const came = await payAndWait('B1', 4);
    expect(new Set(came.map(({ raw }) => raw)).size).toBe(1);
    expect(came.every(isSignedCallback)).toBe(true);
  });

  it('callback-storm: a hundred at once', async () => {
    await withFault('callback-storm');
    const came = await payAndWait('B2', 100);
    expect(new Set(came.map(({ headers }) => headers['sandbox-event'])).size).toBe(1);
  });

  it('drop-callback: none, though the order is paid', async () => {
    await withFault('drop-callback');
    await payAndWait('B3', 0);
    expect((await bed.call('GET', '/orders/B3')).body['state']).toBe('paid');
  });

  it('delay-callback: comes late', async () => {
    await withFault('delay-callback', { delayMs: 300 });
    const [callback] = await payAndWait('B4', 1);
    expect((callback?.atMs ?? 0) - Date.parse(callback?.body['occurredAt'] ?? '')).toBeGreaterThanOrEqual(
      299,
    );
  });

  it('out-of-order-callback: the refund is told before the payment', async () => {
    await withFault('out-of-order-callback', { times: 1 });
    await bed.pay('B5');
    await bed.call('POST', '/refunds', { refundNo: 'RB5', orderNo: 'B5', amountFen: '5000' });
    await until('both', () => about('B5').length === 2);
    expect(about('B5').map(({ body }) => body['event'])).toEqual(['refund.done', 'charge.paid']);
    await until('nothing is owed', async () => (await pending()) === 0);
  });

  it('out-of-order-callback: comes at last when nothing overtakes it', async () => {
    await withFault('out-of-order-callback', { times: 1, delayMs: 200 });
    await payAndWait('B6', 1);
  });

  it('callback-unknown-order: speaks of an order that nobody made', async () => {
    await withFault('callback-unknown-order');
    const [callback] = await payAndWait('B7', 1, 'B7-unknown');
    expect(callback && isSignedCallback(callback)).toBe(true);
    expect(about('B7')).toEqual([]);
  });

  it('callback-wrong-amount: one fen more, then one fen less', async () => {
    await withFault('callback-wrong-amount');
    const [more] = await payAndWait('B8', 1);
    const [less] = await payAndWait('B9', 1);
    expect([more?.body['amountFen'], less?.body['amountFen']]).toEqual(['5001', '4999']);
  });

  it('callback-wrong-merchant: names another payee', async () => {
    await withFault('callback-wrong-merchant');
    expect((await payAndWait('B10', 1))[0]?.body['merchant']).toBe('committee-1-other');
  });

  it('callback-bad-signature and callback-unsigned: once, and never again', async () => {
    bed.receiver.answer = () => 401;
    await withFault('callback-bad-signature');
    const [forged] = await payAndWait('B11', 1);
    expect(forged?.headers['sandbox-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(forged && isSignedCallback(forged)).toBe(false);
    await withFault('callback-unsigned');
    expect((await payAndWait('B12', 1))[0]?.headers['sandbox-signature']).toBeUndefined();
  });

  it('callback-replayed-later: the same bytes again, as recorded a day ago', async () => {
    await withFault('callback-replayed-later', { delayMs: 100 });
    const [original, replay] = await payAndWait('B13', 2);
    if (!original || !replay) throw new Error('two came');
    expect(replay.raw).toBe(original.raw);
    expect(isSignedCallback(replay)).toBe(true);
    expect(ageSeconds(original)).toBeLessThan(5);
    expect(ageSeconds(replay)).toBeGreaterThan(86_000);
  });
});
