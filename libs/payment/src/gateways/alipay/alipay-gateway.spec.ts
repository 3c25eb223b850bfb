import { createVerify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import {
  answerOf,
  appId,
  certified,
  file,
  keys,
  merchantRef,
  notThere,
  number,
  ok,
  paid,
  ref,
  refundRef,
  ScriptedAlipay,
  type Script,
} from './fixtures/scripted-alipay.js';

const alipay = new ScriptedAlipay();
let world: TestDatabase;
beforeAll(async () => {
  await alipay.start();
  world = await createTestDatabase();
});
afterAll(async () => {
  await alipay.stop();
  await world.drop();
});
beforeEach(() => alipay.reset());

const order = {
  ...{ ...ref, amount: 8_888n, description: '楼道粉刷', returnUrl: null, payerHint: null },
  ...{ expiresAt: new Date('2026-11-25T16:00:00.999Z'), scene: 'page' as const },
  notifyUrl: 'https://hehuo.example/v1/gateways/alipay/callbacks',
};

describe('the address of a payment page', () => {
  it('is signed as openssl signs it, without asking anybody', async () => {
    const finding = await alipay.gateway.createOrder(order);
    if (finding.kind !== 'open' || finding.payUrl === null) throw new Error(JSON.stringify(finding));
    const { searchParams: fields } = new URL(finding.payUrl);
    const signature = fields.get('sign');
    fields.delete('sign');
    const text = [...fields]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((field) => field.join('='))
      .join('&');
    expect(text).toBe(file('request.txt'));
    expect(signature).toBe(file('request.sig'));
    expect([finding.payUrl.startsWith(`${alipay.origin}/gateway.do?`), alipay.got]).toEqual([true, []]);
  });

  it('of a phone and the way back are another method and one field more', async () => {
    const returnUrl = 'https://hehuo.example/pledges/plg_1';
    const finding = await alipay.gateway.createOrder({ ...order, scene: 'phone', returnUrl });
    if (finding.kind !== 'open' || finding.payUrl === null) throw new Error(JSON.stringify(finding));
    const { searchParams: fields } = new URL(finding.payUrl);
    expect([fields.get('method'), fields.get('return_url')]).toEqual(['alipay.trade.wap.pay', returnUrl]);
    expect(fields.get('biz_content')).toContain('"product_code":"QUICK_WAP_WAY"');
    const shown = { ...ref, payUrl: finding.payUrl };
    expect(await alipay.gateway.present({ ...shown, scene: 'phone' })).toEqual({
      kind: 'link',
      url: finding.payUrl,
    });
    expect(await alipay.gateway.present({ ...shown, scene: 'code' })).toEqual({
      kind: 'code',
      text: finding.payUrl,
    });
  });

  it('has a subject that Alipay takes, whatever was written', async () => {
    const description = `a/b=c&d,"e"\n楼道 ${'长'.repeat(300)}`;
    const finding = await alipay.gateway.createOrder({ ...order, description });
    const { payUrl } = finding as { payUrl: string };
    const { subject } = JSON.parse(new URL(payUrl).searchParams.get('biz_content') ?? '') as {
      subject: string;
    };
    expect(subject).toMatch(/^a b c d e 楼道 长+$/);
    expect(subject).toHaveLength(128);
  });

  it('is not made without keys, without usable keys or beyond what a row holds', async () => {
    const elsewhere = { ...order, merchantRef: '2088000000000009' };
    expect(await alipay.gateway.createOrder(elsewhere)).toEqual({ kind: 'unknown', why: 'no_keys' });
    alipay.keyring.sets = [{ ...keys, privateKey: 'rubbish' }];
    expect(await alipay.gateway.createOrder(order)).toEqual({ kind: 'unknown', why: 'keys_not_usable' });
    alipay.keyring.sets = [keys];
    const returnUrl = `https://hehuo.example/${'x'.repeat(4_000)}`;
    expect(await alipay.gateway.createOrder({ ...order, returnUrl })).toMatchObject({ kind: 'refused' });
    expect(await alipay.gateway.createOrder({ ...order, scene: 'wechat' })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('a request', () => {
  it('is signed over every field, in Beijing time, with the content in the body', async () => {
    const qr = 'https://qr.alipay.com/bavh4wjlxf12tper3a';
    alipay.script = {
      body: answerOf('alipay.trade.precreate', { ...ok, out_trade_no: number, qr_code: qr }),
    };
    expect(await alipay.gateway.createOrder({ ...order, scene: 'code' })).toEqual({
      kind: 'open',
      payUrl: qr,
    });
    const [{ query, body, method }] = alipay.got as [(typeof alipay.got)[0]];
    const fields = new Map([...query, ...body]);
    const signature = fields.get('sign') ?? '';
    fields.delete('sign');
    const text = [...fields]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((field) => field.join('='))
      .join('&');
    expect(createVerify('RSA-SHA256').update(text).verify(file('app.pub.pem'), signature, 'base64')).toBe(
      true,
    );
    expect([method, [...body.keys()], fields.get('timestamp'), fields.get('sign_type')]).toEqual([
      ...['POST', ['biz_content'], '2026-11-25 12:00:00', 'RSA2'],
    ]);
    expect(JSON.parse(fields.get('biz_content') ?? '')).toEqual({
      ...{ out_trade_no: number, total_amount: '88.88', subject: '楼道粉刷', seller_id: merchantRef },
      time_expire: '2026-11-26 00:00:00',
    });
  });

  it('for a refund carries its number; asking after it asks for its date', async () => {
    const refunded = { ...ok, out_trade_no: number, fund_change: 'Y', refund_fee: '60.00' };
    alipay.script = { body: answerOf('alipay.trade.refund', refunded) };
    const wish = { ...refundRef, orderAmount: 8_888n, amount: 3_000n, notifyUrl: null };
    expect(await alipay.gateway.refund(wish)).toEqual({ kind: 'processing' });
    const done = {
      ...{ ...ok, out_trade_no: number, out_request_no: refundRef.number, trade_no: '2026' },
      ...{ refund_status: 'REFUND_SUCCESS', refund_amount: '30.00', gmt_refund_pay: '2026-11-25 12:00:01' },
    };
    alipay.script = { body: answerOf('alipay.trade.fastpay.refund.query', done) };
    expect(await alipay.gateway.queryRefund(refundRef)).toEqual({
      ...{ kind: 'done', amount: 3_000n, transactionNo: '2026', doneAt: new Date('2026-11-25T04:00:01Z') },
    });
    expect(alipay.got.map(({ body }) => JSON.parse(body.get('biz_content') ?? ''))).toEqual([
      { out_trade_no: number, out_request_no: refundRef.number, refund_amount: '30.00' },
      { out_trade_no: number, out_request_no: refundRef.number, query_options: ['gmt_refund_pay'] },
    ]);
  });

  it('is sent once: a broken line is not tried again by itself', async () => {
    alipay.script = 'hang up';
    expect((await alipay.gateway.queryOrder(ref)).kind).toBe('unknown');
    expect(alipay.got).toHaveLength(1);
  });

  it('is never made inside an open transaction', async () => {
    const uow = new TypeOrmUnitOfWork(world.database);
    for (const work of [() => alipay.gateway.queryOrder(ref), () => alipay.gateway.createOrder(order)]) {
      await expect(uow.run<unknown>(work)).rejects.toThrow('inside an open transaction');
    }
    expect(alipay.got).toEqual([]);
  });

  it('needs keys that can be used', async () => {
    alipay.keyring.sets = [];
    expect(await alipay.gateway.queryOrder(ref)).toEqual({ kind: 'unknown', why: 'no_keys' });
    alipay.keyring.sets = [{ appId }];
    expect(await alipay.gateway.queryOrder(ref)).toEqual({ kind: 'unknown', why: 'keys_not_usable' });
    expect(alipay.got).toEqual([]);
  });
});

const good = answerOf('alipay.trade.query', paid);

describe('an answer', () => {
  it('that openssl signed is taken, whatever its texts look like', async () => {
    alipay.script = { body: file('answer.txt') };
    expect(await alipay.gateway.queryOrder(ref)).toEqual({
      ...{ kind: 'paid', amount: 8_888n, transactionNo: '2026112522001400000000000001' },
      paidAt: new Date('2026-11-25T04:34:56Z'),
    });
  });

  const twice = good.replace(
    /}$/,
    `,"alipay_trade_query_response":${JSON.stringify({ ...paid, total_amount: '1.00' })}}`,
  );
  it.each<[string, Script, string]>([
    ['a good one', { body: good }, 'paid'],
    ['silence', 'silence', 'unknown'],
    ['a cut line', 'hang up', 'unknown'],
    ['another key', { body: answerOf('alipay.trade.query', paid, 'app.pem') }, 'unknown'],
    ['other content', { body: good.replace('88.88', '88.89') }, 'unknown'],
    ['no signature', { body: JSON.stringify({ alipay_trade_query_response: paid }) }, 'unknown'],
    [
      'an empty signature',
      { body: JSON.stringify({ alipay_trade_query_response: paid, sign: '' }) },
      'unknown',
    ],
    [
      'a refusal that nobody signed',
      { body: JSON.stringify({ alipay_trade_query_response: notThere }) },
      'unknown',
    ],
    ['a refusal under a wrong key', { body: answerOf('alipay.trade.query', notThere, 'app.pem') }, 'unknown'],
    ['an error without a name', { body: JSON.stringify({ error_response: notThere, sign: 'x' }) }, 'unknown'],
    ['the answer to another call', { body: answerOf('alipay.trade.close', paid) }, 'unknown'],
    ['broken JSON', { body: '{"alipay_trade_query_response":{' }, 'unknown'],
    ['a page of a proxy', { body: '<html>502</html>' }, 'unknown'],
    ['a list', { body: '[]' }, 'unknown'],
    ['too much', { body: ' '.repeat(300_000) }, 'unknown'],
    ['an error of the server', { status: 502, body: good }, 'unknown'],
    ['not there', { body: answerOf('alipay.trade.query', notThere) }, 'absent'],
  ])('of %s is taken for what it proves', async (_, scripted, kind) => {
    alipay.script = scripted;
    expect((await alipay.gateway.queryOrder(ref)).kind).toBe(kind);
  });

  it('that holds its content twice is read where it was verified', async () => {
    alipay.script = { body: twice };
    expect(JSON.parse(twice)).toMatchObject({ alipay_trade_query_response: { total_amount: '1.00' } });
    expect(await alipay.gateway.queryOrder(ref)).toMatchObject({ kind: 'paid', amount: 8_888n });
  });

  it('leaves no part of itself and of the keys in what is told', async () => {
    alipay.script = { body: answerOf('alipay.trade.query', paid, 'app.pem') };
    const told = JSON.stringify(await alipay.gateway.queryOrder(ref), (_key, value: unknown) =>
      String(value),
    );
    expect(told).not.toMatch(/88\.88|MII|BEGIN/);
  });

  it('under certificates is checked with the one that Alipay uses', async () => {
    alipay.keyring.sets = [certified];
    const [appSerial, alipaySerial, rootSerial] = file('serials.txt').trim().split('\n');
    const serial = (value: string) => good.replace(',"sign"', `,"alipay_cert_sn":"${value}","sign"`);
    alipay.script = { body: serial(alipaySerial ?? '') };
    expect((await alipay.gateway.queryOrder(ref)).kind).toBe('paid');
    expect([
      alipay.got[0]?.query.get('app_cert_sn'),
      alipay.got[0]?.query.get('alipay_root_cert_sn'),
    ]).toEqual([...[appSerial, rootSerial]]);
    alipay.script = { body: serial('0'.repeat(32)) };
    expect(await alipay.gateway.queryOrder(ref)).toMatchObject({ kind: 'unknown' });
  });
});

describe('keys', () => {
  const refusal = (reason: string) => ({ code: '40002', msg: 'Invalid Arguments', sub_code: reason });
  const bare = (fields: object) => JSON.stringify({ alipay_trade_query_response: fields });
  it.each<[string, Script, string]>([
    ['nothing is there, well signed', { body: answerOf('alipay.trade.query', notThere) }, 'works'],
    [
      'nothing is there, signed by another',
      { body: answerOf('alipay.trade.query', notThere, 'app.pem') },
      'unknown',
    ],
    ['nothing is there, not signed', { body: bare(notThere) }, 'unknown'],
    [
      'our signature is wrong',
      { body: answerOf('alipay.trade.query', refusal('isv.invalid-signature')) },
      'refused',
    ],
    ['our signature is wrong, not signed', { body: bare(refusal('isv.invalid-signature')) }, 'refused'],
    ['the app is unknown', { body: bare(refusal('isv.invalid-app-id')) }, 'refused'],
    ['the app is missing', { body: bare({ code: '40001', sub_code: 'isv.missing-app-id' }) }, 'refused'],
    [
      'the app may not',
      { body: bare({ code: '40006', sub_code: 'isv.insufficient-isv-permissions' }) },
      'refused',
    ],
    [
      'something broke',
      { body: answerOf('alipay.trade.query', { code: '20000', sub_code: 'isp.unknow-error' }) },
      'unknown',
    ],
    ['an order of this number was paid', { body: answerOf('alipay.trade.query', paid) }, 'unknown'],
    ['nothing comes', 'silence', 'unknown'],
  ])('are probed: when %s', async (_, scripted, kind) => {
    alipay.script = scripted;
    expect((await alipay.gateway.probe(merchantRef, keys)).kind).toBe(kind);
  });
});
