import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rfc3339, utcDay } from '../clock.js';
import { call, hmac, isSignedCallback, nowMs, order, secret, TestBed, until } from '../../test/harness.js';
import { billColumns } from '../gateway/bills.js';

const bed = new TestBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());

async function settled(refundNo: string): Promise<void> {
  await until(
    'the refund settles',
    async () => (await bed.call('GET', `/refunds/${refundNo}`)).body['state'] !== 'processing',
  );
}

describe('wire contract', () => {
  it('takes a payment from order to callback', async () => {
    const created = await bed.call('POST', '/orders', order('A1'));
    expect(created).toMatchObject({ status: 200, isSigned: true, body: { orderNo: 'A1', state: 'open' } });
    expect(created.body['payUrl']).toMatch(new RegExp(`^${bed.url}/pay/A1\\?token=[\\w-]{24}$`));
    expect((await bed.call('GET', '/orders/A1')).body).toEqual({
      ...{ orderNo: 'A1', state: 'open', amountFen: '5000', refundedFen: '0' },
    });
    const paid = await bed.call('POST', '/test/pay', { orderNo: 'A1' });
    expect(paid).toMatchObject({ status: 200, isSigned: true, body: { state: 'paid' } });
    const { body } = await bed.call('GET', '/orders/A1');
    expect(body).toMatchObject({
      state: 'paid',
      transactionNo: expect.stringMatching(/^T/),
      refundedFen: '0',
    });
    await until('the callback', () => bed.receiver.of('charge.paid').length === 1);
    const [callback] = bed.receiver.of('charge.paid');
    expect(callback?.body).toEqual({
      ...{
        event: 'charge.paid',
        eventId: callback?.headers['sandbox-event'],
        orderNo: 'A1',
        amountFen: '5000',
      },
      ...{ transactionNo: body['transactionNo'], occurredAt: body['paidAt'], merchant: 'committee-1' },
    });
    expect(callback && isSignedCallback(callback)).toBe(true);
    expect((await bed.call('POST', '/test/pay', { orderNo: 'A1' })).body).toEqual(paid.body);
    expect(await bed.call('POST', '/orders/A1/close')).toMatchObject({
      status: 409,
      body: { code: 'order_paid' },
    });
  });

  it('creates an order once: the same body gets the same answer, another body 409', async () => {
    const body = order('A2');
    const first = await bed.call('POST', '/orders', body);
    await bed.call('POST', '/test/pay', { orderNo: 'A2' });
    expect((await bed.call('POST', '/orders', body)).text).toBe(first.text);
    for (const part of [
      { amountFen: '5001' },
      { description: '别的' },
      { payeeAccount: 'x' },
      { returnUrl: 'https://x.cn/' },
    ]) {
      const other = await bed.call('POST', '/orders', { ...body, ...part });
      expect(other).toMatchObject({ status: 409, isSigned: true, body: { code: 'order_mismatch' } });
    }
  });

  it('closes an order once, tells of it, and refuses to pay it', async () => {
    await bed.call('POST', '/orders', order('A3'));
    for (const _ of [1, 2]) {
      expect(await bed.call('POST', '/orders/A3/close')).toMatchObject({
        status: 200,
        body: { state: 'closed' },
      });
    }
    expect(await bed.call('POST', '/test/pay', { orderNo: 'A3' })).toMatchObject({
      ...{ status: 409, body: { code: 'order_closed' } },
    });
    await until('the callback', () =>
      bed.receiver.of('charge.closed').some(({ body }) => body['orderNo'] === 'A3'),
    );
  });

  it('expires an order by itself', async () => {
    await bed.call('POST', '/orders', order('A4', { expiresAt: rfc3339(nowMs() + 150) }));
    await until('it closes', async () => (await bed.call('GET', '/orders/A4')).body['state'] === 'closed');
    await until('the callback', () =>
      bed.receiver.of('charge.closed').some(({ body }) => body['orderNo'] === 'A4'),
    );
    expect((await bed.call('POST', '/test/pay', { orderNo: 'A4' })).status).toBe(409);
  });

  it('refunds in parts, never more than was paid, once a number', async () => {
    await bed.pay('A5');
    const refund = (refundNo: string, amountFen: string, orderNo = 'A5') =>
      bed.call('POST', '/refunds', { refundNo, orderNo, amountFen });
    expect(await refund('RA5-1', '2000')).toMatchObject({
      status: 202,
      isSigned: true,
      body: { state: 'processing' },
    });
    expect(await refund('RA5-1', '2000')).toMatchObject({ status: 202 });
    expect(await refund('RA5-1', '2001')).toMatchObject({ status: 409, body: { code: 'refund_mismatch' } });
    expect(await refund('RA5-1', '2000', 'A1')).toMatchObject({
      status: 409,
      body: { code: 'refund_mismatch' },
    });
    expect(await refund('RA5-2', '3001')).toMatchObject({ status: 409, body: { code: 'refund_exceeds' } });
    expect((await refund('RA5-3', '3000')).status).toBe(202);
    expect(await refund('RA5-4', '1')).toMatchObject({ status: 409, body: { code: 'refund_exceeds' } });
    await settled('RA5-1');
    await settled('RA5-3');
    expect((await bed.call('GET', '/refunds/RA5-1')).body).toEqual({
      ...{ refundNo: 'RA5-1', orderNo: 'A5', amountFen: '2000', state: 'done' },
      ...{ doneAt: expect.any(String), transactionNo: expect.stringMatching(/^R/) },
    });
    expect((await bed.call('GET', '/orders/A5')).body['refundedFen']).toBe('5000');
    expect((await refund('RA5-1', '2000')).body['state']).toBe('done');
    await until('both callbacks', () => bed.receiver.of('refund.done').length === 2);
    expect(bed.receiver.of('refund.done')[0]?.body).toMatchObject({
      refundNo: 'RA5-1',
      orderNo: 'A5',
      amountFen: '2000',
    });
  });

  it('refunds nothing that is unknown or unpaid', async () => {
    await bed.call('POST', '/orders', order('A6'));
    const body = { refundNo: 'RA6', orderNo: 'A6', amountFen: '1' };
    expect(await bed.call('POST', '/refunds', body)).toMatchObject({
      status: 409,
      body: { code: 'order_not_paid' },
    });
    expect(await bed.call('POST', '/refunds', { ...body, orderNo: 'no' })).toMatchObject({
      status: 404,
      body: { code: 'order_not_found' },
    });
    expect(await bed.call('GET', '/refunds/RA6')).toMatchObject({
      status: 404,
      body: { code: 'refund_not_found' },
    });
    expect(await bed.call('GET', '/orders/no')).toMatchObject({
      status: 404,
      body: { code: 'order_not_found' },
    });
  });

  it('pages through the whole truth, and its parts add up to the totals', async () => {
    const orders: Record<string, unknown>[] = [];
    let after: unknown = '0';
    let body: Record<string, unknown> = {};
    while (after !== null) {
      ({ body } = await bed.call('GET', `/books?after=${String(after)}&limit=2`));
      orders.push(...(body['orders'] as typeof orders));
      after = body['next'];
    }
    expect(orders.map(({ orderNo }) => orderNo)).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6']);
    const sum = (field: string) =>
      String(orders.reduce((total, item) => total + BigInt(String(item[field])), 0n));
    const totals = { paidFen: sum('paidFen'), refundedFen: sum('refundedFen'), balanceFen: '10000' };
    expect(totals).toEqual({ paidFen: '15000', refundedFen: '5000', balanceFen: '10000' });
    expect(body['totals']).toEqual(totals);
    expect(body['accounts']).toEqual([{ payeeAccount: 'committee-1', ...totals }]);
    expect((await bed.call('GET', '/books/totals')).body).toEqual(totals);
  });

  it('bills a UTC day', async () => {
    const day = utcDay(nowMs());
    const bill = await bed.call('GET', `/bills/${day}`);
    expect(bill).toMatchObject({ status: 200, isSigned: true });
    const rows = bill.text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(billColumns.split(','));
    expect(rows.slice(1).map(([type, number, order, , fen, fee]) => [type, number, order, fen, fee])).toEqual(
      [
        ['payment', 'A1', 'A1', '5000', '0'],
        ['payment', 'A2', 'A2', '5000', '0'],
        ['payment', 'A5', 'A5', '5000', '0'],
        ['refund', 'RA5-1', 'A5', '2000', '0'],
        ['refund', 'RA5-3', 'A5', '3000', '0'],
      ],
    );
    expect((await bed.call('GET', `/bills/${day}?payee=committee-1`)).text).toBe(bill.text);
    for (const empty of ['2020-01-01', `${day}?payee=committee-2`]) {
      expect((await bed.call('GET', `/bills/${empty}`)).text).toBe(`${billColumns}\r\n`);
    }
    expect((await bed.call('GET', '/bills/2026-02-31')).status).toBe(400);
  });

  it('keeps everything over a restart', async () => {
    const before = (await bed.call('GET', '/books')).body;
    await bed.restart();
    const after = (await bed.call('GET', '/books')).body;
    expect(after).toEqual(before);
  });

  it('answers health and readiness to anybody', async () => {
    expect(await (await fetch(`${bed.url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${bed.url}/ready`)).json()).toEqual({ status: 'ready' });
  });
});

describe('bad requests', () => {
  it.each([
    ['no body', undefined],
    ['an amount as a number', order('B1', { amountFen: 5000 })],
    ['nothing to pay', order('B1', { amountFen: '0' })],
    ['a negative amount', order('B1', { amountFen: '-1' })],
    ['an amount with a leading zero', order('B1', { amountFen: '05' })],
    ['an amount of 16 digits', order('B1', { amountFen: '1000000000000000' })],
    ['yuan', order('B1', { amountFen: '50.00' })],
    ['a number that climbs folders', order('../B1')],
    ['a number that is too long', order('B'.repeat(65))],
    ['no description', order('B1', { description: '' })],
    ['an expiry without a zone', order('B1', { expiresAt: '2026-11-23T10:00:00' })],
    ['an expiry in the past', order('B1', { expiresAt: '2020-01-01T00:00:00Z' })],
    ['a script as the way back', order('B1', { returnUrl: 'javascript:alert(1)' })],
    ['a callback to a file', order('B1', { notifyUrl: 'file:///etc/passwd' })],
    ['a broken address', order('B1', { notifyUrl: 'http://[' })],
    ['a field that nobody knows', order('B1', { currency: 'CNY' })],
    ['a list', []],
    ['null', null],
  ])('refuses an order with %s', async (_, body) => {
    expect(await bed.call('POST', '/orders', body)).toMatchObject({
      status: 400,
      isSigned: true,
      body: { code: 'invalid_request' },
    });
  });

  it('wrote none of that down', async () => {
    expect((await bed.call('GET', '/orders/B1')).status).toBe(404);
  });

  it.each(['/books?limit=0', '/books?limit=x', '/books?after=-1', '/books?page=2'])(
    'refuses %s',
    async (path) => {
      expect((await bed.call('GET', path)).status).toBe(400);
    },
  );

  it('refuses a body beyond the limit', async () => {
    expect((await bed.call('POST', '/orders', order('B2', { description: 'x'.repeat(70_000) }))).status).toBe(
      413,
    );
  });

  it('refuses text that is no JSON, though signed', async () => {
    const t = Math.floor(nowMs() / 1000);
    const headers = { 'sandbox-signature': `t=${t},v1=${hmac(`${t}.POST./orders.{`)}` };
    const response = await fetch(`${bed.url}/orders`, { method: 'POST', body: '{', headers });
    expect(response.status).toBe(400);
  });

  const now = () => Math.floor(nowMs() / 1000);
  it.each([
    ['no signature', () => undefined],
    ['another key', () => `t=${now()},v1=${hmac(`${now()}.GET./books/totals.`, 'x')}`],
    ['another path', () => `t=${now()},v1=${hmac(`${now()}.GET./books.`)}`],
    ['another method', () => `t=${now()},v1=${hmac(`${now()}.PUT./books/totals.`)}`],
    ['a clock six minutes slow', () => `t=${now() - 360},v1=${hmac(`${now() - 360}.GET./books/totals.`)}`],
    ['a clock six minutes fast', () => `t=${now() + 360},v1=${hmac(`${now() + 360}.GET./books/totals.`)}`],
    ['rubbish', () => secret],
  ])('answers 401 to %s', async (_, signature) => {
    const header = signature();
    const response = await fetch(
      `${bed.url}/books/totals`,
      header ? { headers: { 'sandbox-signature': header } } : {},
    );
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'bad_signature' });
  });

  it('answers 404 to addresses that do not exist', async () => {
    expect((await call(bed.url, 'GET', '/')).body).toMatchObject({ code: 'no_such_route' });
    expect((await call(bed.url, 'DELETE', '/books')).status).toBe(404);
  });
});
