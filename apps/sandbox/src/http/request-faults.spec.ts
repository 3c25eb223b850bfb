import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nowMs, order, TestBed, until } from '../../test/harness.js';

const bed = new TestBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());
afterEach(() => bed.call('DELETE', '/faults'));

const stateOf = async (orderNo: string) => (await bed.call('GET', `/orders/${orderNo}`)).body['state'];
const refundOf = async (refundNo: string) => (await bed.call('GET', `/refunds/${refundNo}`)).body['state'];

describe('faults of the answer', () => {
  it('apply-then-timeout: the caller learns nothing, the books have it', async () => {
    await bed.faults({
      match: { operation: 'create-order' },
      fault: 'apply-then-timeout',
      times: 1,
      delayMs: 60,
    });
    const startedMs = nowMs();
    await expect(bed.call('POST', '/orders', order('A1'))).rejects.toThrow();
    expect(nowMs() - startedMs).toBeGreaterThanOrEqual(55);
    expect(await stateOf('A1')).toBe('open');
    expect((await bed.call('POST', '/orders', order('A1'))).status).toBe(409);
  });

  it('timeout-then-apply-later: nothing at the timeout, done afterwards, even over a restart', async () => {
    await bed.pay('A2');
    await bed.faults({
      match: { operation: 'refund' },
      fault: 'timeout-then-apply-later',
      delayMs: 30,
      laterMs: 300,
    });
    const refund = { refundNo: 'RA2', orderNo: 'A2', amountFen: '5000' };
    await expect(bed.call('POST', '/refunds', refund)).rejects.toThrow();
    expect(await refundOf('RA2')).toBeUndefined();
    await bed.restart();
    await until('the refund appears and is done', async () => (await refundOf('RA2')) === 'done');
    expect((await bed.call('GET', '/orders/A2')).body['refundedFen']).toBe('5000');
  });

  it('reject and rate-limited: nothing happens', async () => {
    await bed.faults(
      { match: { operation: 'create-order', orderNo: 'A3r' }, fault: 'reject' },
      { match: { operation: 'create-order', orderNo: 'A3l' }, fault: 'rate-limited' },
    );
    expect(await bed.call('POST', '/orders', order('A3r'))).toMatchObject({
      status: 422,
      isSigned: true,
      body: { code: 'rejected' },
    });
    const limited = await bed.call('POST', '/orders', order('A3l'));
    expect(limited).toMatchObject({ status: 429, isSigned: true, body: { code: 'rate_limited' } });
    expect(limited.headers.get('retry-after')).toBe('1');
    expect([await stateOf('A3r'), await stateOf('A3l')]).toEqual([undefined, undefined]);
    expect((await bed.call('POST', '/orders', order('A3'))).status).toBe(200);
  });

  it.each([
    ['error-500-after-apply', { status: 500, isSigned: true, body: { code: 'internal_error' } }],
    ['garbage-after-apply', { status: 200, isSigned: true, body: {} }],
    ['bad-response-signature-after-apply', { status: 200, isSigned: false, body: { state: 'paid' } }],
  ])('%s: the answer is worthless, the payment real', async (fault, answer) => {
    const orderNo = `A4-${fault.slice(0, 3)}`;
    await bed.call('POST', '/orders', order(orderNo));
    await bed.faults({ match: { operation: 'pay' }, fault, times: 1 });
    expect(await bed.call('POST', '/test/pay', { orderNo })).toMatchObject(answer);
    expect(await stateOf(orderNo)).toBe('paid');
  });

  it('not-found-for: hides what changed a moment ago, then shows it', async () => {
    await bed.pay('A5');
    await bed.faults({
      match: { operation: 'query-order', orderNo: 'A5' },
      fault: 'not-found-for',
      delayMs: 400,
    });
    expect(await bed.call('GET', '/orders/A5')).toMatchObject({
      status: 404,
      body: { code: 'order_not_found' },
    });
    await until('it shows', async () => (await stateOf('A5')) === 'paid');
  });

  it('callback-before-response: order, payment and refund are told before they are answered', async () => {
    await bed.faults(
      { match: { operation: 'create-order' }, fault: 'callback-before-response', times: 1 },
      { match: { operation: 'refund' }, fault: 'callback-before-response', times: 1 },
    );
    const cameBefore: unknown[] = [];
    bed.receiver.answer = ({ body }) => cameBefore.push(body['event']) && 200;
    expect((await bed.call('POST', '/orders', order('A6'))).body['state']).toBe('open');
    expect(cameBefore).toEqual(['charge.paid']);
    expect(
      (await bed.call('POST', '/refunds', { refundNo: 'RA6', orderNo: 'A6', amountFen: '1' })).status,
    ).toBe(202);
    expect(cameBefore).toEqual(['charge.paid', 'refund.done']);
  });
});

describe('faults of the outcome', () => {
  it('refund-failed: accepted, then failed, and the sum is free again', async () => {
    await bed.pay('B1');
    await bed.faults({ match: { operation: 'refund' }, fault: 'refund-failed', times: 1 });
    const refund = { refundNo: 'RB1', orderNo: 'B1', amountFen: '5000' };
    expect(await bed.call('POST', '/refunds', refund)).toMatchObject({
      status: 202,
      body: { state: 'processing' },
    });
    await until('the callback', () => bed.receiver.of('refund.failed').length === 1);
    expect(await refundOf('RB1')).toBe('failed');
    expect((await bed.call('GET', '/orders/B1')).body['refundedFen']).toBe('0');
    expect((await bed.call('POST', '/refunds', refund)).body['state']).toBe('failed');
    expect((await bed.call('POST', '/refunds', { ...refund, refundNo: 'RB1b' })).status).toBe(202);
  });

  it('refund-stays-processing: holds for the given time', async () => {
    await bed.pay('B2');
    await bed.faults({ match: { operation: 'refund' }, fault: 'refund-stays-processing', delayMs: 500 });
    const startedMs = nowMs();
    await bed.call('POST', '/refunds', { refundNo: 'RB2', orderNo: 'B2', amountFen: '1' });
    await until('done', async () => (await refundOf('RB2')) === 'done');
    expect(nowMs() - startedMs).toBeGreaterThanOrEqual(490);
  });

  it('not-enough-balance: refuses what exceeds the balance that the switch names', async () => {
    await bed.pay('B3');
    await bed.faults({ match: { operation: 'refund' }, fault: 'not-enough-balance', balanceFen: '100' });
    const refund = (refundNo: string, amountFen: string) =>
      bed.call('POST', '/refunds', { refundNo, orderNo: 'B3', amountFen });
    expect(await refund('RB3a', '101')).toMatchObject({ status: 409, body: { code: 'not_enough' } });
    expect((await refund('RB3b', '100')).status).toBe(202);
    await bed.call('DELETE', '/faults');
    expect((await refund('RB3a', '101')).status).toBe(202);
  });

  it('late-success: a closed order is paid, by hand or by itself', async () => {
    await bed.faults(
      { match: { operation: 'pay', orderNo: 'B4' }, fault: 'late-success' },
      { match: { operation: 'close-order', orderNo: 'B5' }, fault: 'late-success', delayMs: 100 },
    );
    await bed.call('POST', '/orders', order('B4'));
    await bed.call('POST', '/orders/B4/close');
    expect((await bed.call('POST', '/test/pay', { orderNo: 'B4' })).body['state']).toBe('paid');
    await bed.call('POST', '/orders', order('B5'));
    expect((await bed.call('POST', '/orders/B5/close')).body['state']).toBe('closed');
    await until('it is paid after all', async () => (await stateOf('B5')) === 'paid');
    const events = () =>
      bed.receiver.got.filter(({ body }) => body['orderNo'] === 'B5').map(({ body }) => body['event']);
    await until('both callbacks', () => events().length === 2);
    expect(events()).toEqual(['charge.closed', 'charge.paid']);
  });
});

describe('the switches', () => {
  it('list what is on and how often it struck; a misfit changes nothing', async () => {
    const rule = { match: { operation: 'query-order', orderNo: 'C' }, fault: 'rate-limited', times: 5 };
    expect((await bed.faults(rule)).status).toBe(200);
    await bed.call('GET', '/orders/C1');
    const { body } = await bed.call('GET', '/faults');
    expect(body['rules']).toMatchObject([{ ...rule, used: 1 }]);
    for (const bad of [
      { ...rule, fault: 'callback-storm' },
      { ...rule, fault: 'no-such-fault' },
      { ...rule, times: 0 },
      { ...rule, probability: 1.5 },
      { ...rule, match: {} },
      { ...rule, delayMs: -1 },
    ]) {
      expect(await bed.faults(bad)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    expect((await bed.call('GET', '/faults')).body['rules']).toHaveLength(1);
    expect((await bed.call('DELETE', '/faults')).body).toEqual({ rules: [] });
  });
});
