import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nowMs, TestBed, until } from '../../test/harness.js';

const bed = new TestBed();
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const merchant = {
  ...{ appId: '2021000000000001', sellerId: '2088000000000001' },
  publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
};
let alipayKey = '';

beforeAll(async () => {
  await bed.start();
  bed.receiver.says = 'success';
  const { body } = await bed.call('PUT', '/alipay/merchants', [merchant]);
  alipayKey = String(body['alipayPublicKey']);
});
afterAll(() => bed.stop());
afterEach(() => bed.call('DELETE', '/faults'));

const beijing = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const isGood = (text: string, signature: string): boolean =>
  createVerify('RSA-SHA256')
    .update(text)
    .verify(
      createPublicKey({ key: Buffer.from(alipayKey, 'base64'), format: 'der', type: 'spki' }),
      signature,
      'base64',
    );
const textOf = (fields: Iterable<[string, string]>): string =>
  [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((field) => field.join('='))
    .join('&');

/** Signed by the words of the documents, not with the sandbox's code. */
function signed(method: string, content: object, over: Record<string, string> = {}): URLSearchParams {
  const fields: Record<string, string> = {
    ...{ app_id: merchant.appId, method, charset: 'utf-8', sign_type: 'RSA2', version: '1.0' },
    ...{ timestamp: beijing(nowMs()), biz_content: JSON.stringify(content), ...over },
  };
  const signature = createSign('RSA-SHA256')
    .update(textOf(Object.entries(fields)))
    .sign(privateKey, 'base64');
  return new URLSearchParams({ ...fields, sign: over['sign'] ?? signature });
}

async function call(method: string, content: object, over?: Record<string, string>) {
  const body = signed(method, content, over).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
  const text = await (await fetch(`${bed.url}/gateway.do`, { method: 'POST', headers, body })).text();
  const [, name, part = '', signature] = /^\{"(\w+)":(\{.*\})(?:,"sign":"([^"]+)")?\}$/s.exec(text) ?? [];
  const fields = JSON.parse(part || '{}') as Record<string, string>;
  return { name, fields, text, isSigned: signature !== undefined && isGood(part, signature) };
}

const wish = (number: string, over: object = {}) => ({
  ...{ out_trade_no: number, total_amount: '50.00', subject: '楼道粉刷' },
  ...{ time_expire: beijing(nowMs() + 3_600_000), product_code: 'FAST_INSTANT_TRADE_PAY', ...over },
});
const open = (number: string, over: object = {}) =>
  fetch(`${bed.url}/gateway.do?${signed('alipay.trade.page.pay', wish(number, over)).toString()}`, {
    redirect: 'manual',
  });
const query = (number: string) => call('alipay.trade.query', { out_trade_no: number });
const notices = (number: string) =>
  bed.receiver.got
    .map(({ raw }) => new URLSearchParams(raw))
    .filter((fields) => fields.get('out_trade_no') === number);

describe('the Alipay dialect', () => {
  it('takes an order when its page is opened, and tells of its payment in a signed form until "success"', async () => {
    expect(await query('A1')).toMatchObject({
      isSigned: true,
      fields: { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' },
    });
    const page = await open('A1');
    expect([page.status, page.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/\/pay\/A1\?token=/),
    ]);
    expect((await open('A1')).status).toBe(302);
    expect((await open('A1', { total_amount: '50.01' })).status).toBe(404);
    expect(await query('A1')).toMatchObject({
      ...{ name: 'alipay_trade_query_response', isSigned: true },
      fields: { code: '10000', trade_status: 'WAIT_BUYER_PAY', total_amount: '50.00' },
    });
    bed.receiver.says = 'ok';
    await bed.call('POST', '/test/pay', { orderNo: 'A1' });
    await until('the first notice', () => notices('A1').length === 1);
    bed.receiver.says = 'success';
    await until('the repetition', () => notices('A1').length === 2);
    const [first, second] = notices('A1');
    expect(first?.toString()).toBe(second?.toString());
    const signature = first?.get('sign') ?? '';
    const rest = [...(first ?? [])].filter(([name]) => name !== 'sign' && name !== 'sign_type');
    expect([isGood(textOf(rest), signature), first?.get('sign_type')]).toEqual([true, 'RSA2']);
    expect(Object.fromEntries(rest)).toMatchObject({
      ...{
        app_id: merchant.appId,
        seller_id: merchant.sellerId,
        total_amount: '50.00',
        trade_status: 'TRADE_SUCCESS',
      },
    });
    expect((await query('A1')).fields).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
      send_pay_date: expect.any(String),
    });
  });

  it('makes an order of a code when it is scanned', async () => {
    const { fields } = await call('alipay.trade.precreate', wish('A2'));
    expect((await query('A2')).fields['code']).toBe('40004');
    expect((await fetch(String(fields['qr_code']), { redirect: 'manual' })).status).toBe(302);
    expect((await query('A2')).fields['trade_status']).toBe('WAIT_BUYER_PAY');
    expect((await fetch(`${fields['qr_code']}x`, { redirect: 'manual' })).status).toBe(404);
  });

  it('closes what waits and nothing else', async () => {
    const close = (number: string) => call('alipay.trade.close', { out_trade_no: number });
    expect((await close('A3')).fields['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
    await open('A3');
    expect((await close('A3')).fields['code']).toBe('10000');
    expect((await close('A3')).fields['sub_code']).toBe('ACQ.TRADE_STATUS_ERROR');
    expect((await close('A1')).fields['sub_code']).toBe('ACQ.TRADE_STATUS_ERROR');
    expect((await query('A3')).fields).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect((await query('A3')).fields).not.toHaveProperty('send_pay_date');
  });

  it('refunds in parts, says whether a call moved money, and shows only what is done', async () => {
    const refund = (request: string, sum: string) =>
      call('alipay.trade.refund', { out_trade_no: 'A1', out_request_no: request, refund_amount: sum });
    const shown = (request: string) =>
      call('alipay.trade.fastpay.refund.query', {
        ...{ out_trade_no: 'A1', out_request_no: request, query_options: ['gmt_refund_pay'] },
      });
    expect((await shown('R1')).fields).not.toHaveProperty('refund_status');
    expect((await refund('R1', '20.00')).fields).toMatchObject({ fund_change: 'Y', refund_fee: '20.00' });
    expect((await refund('R1', '20.00')).fields).toMatchObject({ fund_change: 'N', refund_fee: '20.00' });
    expect((await refund('R1', '20.01')).fields['sub_code']).toBe('ACQ.DISCORDANT_REPEAT_REQUEST');
    expect((await refund('R2', '30.01')).fields['sub_code']).toBe('ACQ.REASON_TRADE_REFUND_FEE_ERR');
    await until('it is shown', async () => (await shown('R1')).fields['refund_status'] === 'REFUND_SUCCESS');
    expect((await shown('R1')).fields).toMatchObject({
      refund_amount: '20.00',
      gmt_refund_pay: expect.any(String),
    });
    expect((await refund('R3', '30.00')).fields).toMatchObject({ fund_change: 'Y', refund_fee: '50.00' });
    await until(
      'both notices',
      () => notices('A1').filter((fields) => fields.get('out_biz_no')).length === 2,
    );
    const told = notices('A1')
      .slice(-2)
      .map((fields) => [fields.get('refund_fee'), fields.get('trade_status')]);
    expect(told).toEqual([
      ['20.00', 'TRADE_SUCCESS'],
      ['50.00', 'TRADE_CLOSED'],
    ]);
    expect((await query('A1')).fields).toMatchObject({
      trade_status: 'TRADE_CLOSED',
      send_pay_date: expect.any(String),
    });
  });

  it('hands out the bill of a day as a zip file behind an address of its own', async () => {
    const day = beijing(nowMs()).slice(0, 10);
    const method = 'alipay.data.dataservice.bill.downloadurl.query';
    const { fields } = await call(method, { bill_type: 'trade', bill_date: day });
    const zip = await fetch(String(fields['bill_download_url']));
    expect([
      zip.status,
      Buffer.from(await zip.arrayBuffer())
        .subarray(0, 4)
        .toString('hex'),
    ]).toEqual([200, '504b0304']);
    expect((await fetch(`${fields['bill_download_url']}x`)).status).toBe(404);
    expect((await call(method, { bill_type: 'trade', bill_date: '2020-01-01' })).fields['sub_code']).toBe(
      'isp.bill_not_exist',
    );
  });

  it.each<[string, Record<string, string>, string, boolean]>([
    ['an app that is not known', { app_id: '2021000000000009' }, 'isv.invalid-app-id', false],
    ['no app', { app_id: '' }, 'isv.missing-app-id', false],
    ['a wrong signature', { sign: 'AAAA' }, 'isv.invalid-signature', true],
    ['SHA-1', { sign_type: 'RSA' }, 'isv.invalid-signature-type', true],
    ['a time that is none', { timestamp: 'now' }, 'isv.invalid-timestamp', true],
    ['content that is none', { biz_content: '[]' }, 'isv.invalid-parameter', true],
  ])('refuses %s', async (_, over, reason, isSigned) => {
    expect(await call('alipay.trade.query', { out_trade_no: 'A1' }, over)).toMatchObject({
      fields: { sub_code: reason },
      isSigned,
    });
  });

  it('keeps merchants and key over a restart, and lets nobody see the orders of another', async () => {
    await bed.restart();
    expect((await query('A1')).isSigned).toBe(true);
    await bed.call('POST', '/orders', {
      orderNo: 'S1',
      amountFen: '1',
      description: 'x',
      payeeAccount: merchant.sellerId,
      expiresAt: new Date(nowMs() + 60_000).toISOString(),
    });
    expect((await query('S1')).fields['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
    expect(
      (await bed.call('PUT', '/alipay/merchants', [{ ...merchant, publicKey: 'A'.repeat(200) }])).status,
    ).toBe(400);
    expect((await query('A1')).isSigned).toBe(true);
  });

  it('goes wrong by the same switches', async () => {
    const strike = async (fault: string) => {
      await bed.faults({ match: { operation: 'query-order' }, fault });
      return call('alipay.trade.query', { out_trade_no: 'A1' });
    };
    expect(await strike('bad-response-signature-after-apply')).toMatchObject({
      fields: { code: '10000' },
      isSigned: false,
    });
    expect((await strike('garbage-after-apply')).name).toBeUndefined();
    expect((await strike('error-500-after-apply')).fields['code']).toBe('20000');
    expect((await strike('rate-limited')).fields['code']).toBe('40005');
    expect((await strike('not-found-for')).fields['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
  });
});
