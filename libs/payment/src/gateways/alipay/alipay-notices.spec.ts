import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answerOf,
  appId,
  bytes,
  file,
  keys,
  merchantRef,
  number,
  ok,
  ScriptedAlipay,
} from './fixtures/scripted-alipay.js';

const alipay = new ScriptedAlipay();
beforeAll(() => alipay.start());
afterAll(() => alipay.stop());
beforeEach(() => alipay.reset());

const other = { appId, privateKey: file('alipay.pem'), alipayPublicKey: file('app.pub.pem') };

describe('a notice', () => {
  const arrives = new Date('2026-11-25T04:35:00Z');
  const receive = (body: Buffer, merchant: string | null = merchantRef) =>
    alipay.gateway.verifyCallback({ merchantRef: merchant, headers: {}, body }, arrives);
  const refused = (body: Buffer, merchant?: string) =>
    expect(receive(body, merchant)).rejects.toMatchObject({ code: 'callback_refused' });
  const paidForm = bytes('notice.paid.form');

  it('that openssl signed is taken, at an address of its own and at one for all', async () => {
    expect(await receive(paidForm)).toMatchObject({ kind: 'charge.paid', amount: 8_888n, merchantRef });
    expect(await receive(paidForm, null)).toMatchObject({ orderNumber: number });
    const later = new Date('2026-11-25T05:00:02Z');
    const body = bytes('notice.refund.form');
    expect(await alipay.gateway.verifyCallback({ merchantRef, headers: {}, body }, later)).toMatchObject({
      kind: 'refund.done',
    });
  });

  it('under keys that were replaced is taken while they are kept', async () => {
    alipay.keyring.sets = [other, keys];
    expect(await receive(paidForm)).toMatchObject({ kind: 'charge.paid' });
    alipay.keyring.sets = [other];
    await refused(paidForm);
  });

  it('is refused when it asks for SHA-1, though Alipay’s own key signed it', async () => {
    await refused(bytes('notice.sha1.form'));
    await refused(Buffer.from(file('notice.paid.form').replace('sign_type=RSA2', 'sign_type=RSA')));
    await refused(Buffer.from(file('notice.sha1.form').replace('sign_type=RSA', 'sign_type=RSA2')));
    await refused(Buffer.from(file('notice.paid.form').replace('&sign_type=RSA2', '')));
  });

  const encoded = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');
  const changed = (from: string, to: string) => () =>
    Buffer.from(file('notice.paid.form').replace(encoded(from), encoded(to)));
  it.each<[string, () => Buffer]>([
    ['signed with another key', () => bytes('notice.other-key.form')],
    ['of one fen more', changed('88.88', '88.89')],
    ['of another app', changed(appId, '2021000000000002')],
    ['of another seller', changed(merchantRef, '2088000000000002')],
    ['without a signature', () => Buffer.from(file('notice.paid.form').replace(/&sign=[^&]*/, ''))],
    ['with an empty signature', () => Buffer.from(file('notice.paid.form').replace(/&sign=[^&]*/, '&sign='))],
    ['with a field more', () => Buffer.concat([paidForm, Buffer.from('&extra=1')])],
  ])('%s is refused', async (_, make) => {
    await refused(make());
  });

  it('for one merchant is refused at the address of another, and keys are not looked for under rubbish', async () => {
    await refused(paidForm, '2088000000000002');
    alipay.keyring.asked = [];
    await refused(Buffer.from('seller_id=2088&sign_type=RSA2&sign=x'), merchantRef);
    expect(alipay.keyring.asked).toEqual([]);
  });

  it('that is three days old is refused', async () => {
    const late = new Date('2026-11-28T04:35:00Z');
    const callback = { merchantRef, headers: {}, body: paidForm };
    await expect(alipay.gateway.verifyCallback(callback, late)).rejects.toMatchObject({
      code: 'callback_refused',
    });
  });

  it('that is no form is malformed', async () => {
    await expect(receive(Buffer.from('{"a":1}'))).rejects.toMatchObject({ code: 'callback_malformed' });
  });

  it('is answered with the one word that ends its repetitions', () => {
    expect(alipay.gateway.acknowledgement).toEqual({ contentType: 'text/plain', body: 'success' });
  });
});

describe('a daily bill', () => {
  const method = 'alipay.data.dataservice.bill.downloadurl.query';
  const day = '2026-11-25';
  const addressed = (url: string) => ({ body: answerOf(method, { ...ok, bill_download_url: url }) });

  it('is fetched where a signed answer says, and read', async () => {
    alipay.clock.set(new Date('2026-11-26T02:00:00Z'));
    alipay.script = addressed(`${alipay.origin}/bill?fileId=1`);
    const finding = await alipay.gateway.bill(merchantRef, day);
    expect(finding).toEqual({ kind: 'bill', raw: bytes('bill.zip'), lines: expect.anything() });
    expect(finding.kind === 'bill' && finding.lines.map(({ kind }) => kind)).toEqual([
      'payment',
      'refund',
      'payment',
    ]);
    expect(JSON.parse(alipay.got[0]?.body.get('biz_content') ?? '')).toEqual({
      bill_type: 'trade',
      bill_date: day,
    });
  });

  it('is not asked for before ten of the next morning, and may be empty', async () => {
    alipay.clock.set(new Date('2026-11-26T01:59:59Z'));
    expect(await alipay.gateway.bill(merchantRef, day)).toEqual({ kind: 'not_ready' });
    alipay.clock.set(new Date('2026-11-26T02:00:00Z'));
    expect(alipay.got).toEqual([]);
    alipay.script = { body: answerOf(method, { code: '40004', sub_code: 'isp.bill_not_exist' }) };
    expect(await alipay.gateway.bill(merchantRef, day)).toEqual({ kind: 'empty' });
  });

  it('is not fetched elsewhere, not taken for another day or merchant, and a broken one is unknown', async () => {
    alipay.script = addressed('http://169.254.169.254/latest');
    expect(await alipay.gateway.bill(merchantRef, day)).toEqual({ kind: 'unknown', why: 'bill_elsewhere' });
    alipay.script = addressed(`${alipay.origin}/bill`);
    expect(await alipay.gateway.bill(merchantRef, '2026-11-24')).toMatchObject({ kind: 'unknown' });
    alipay.script = addressed(`${alipay.origin}/gateway.do`);
    expect(await alipay.gateway.bill(merchantRef, day)).toMatchObject({ kind: 'unknown' });
    expect(await alipay.gateway.bill(merchantRef, '2026-02-31')).toEqual({ kind: 'unknown', why: 'no_day' });
    alipay.script = { body: answerOf(method, { code: '20000', sub_code: 'isp.unknow-error' }) };
    expect(await alipay.gateway.bill(merchantRef, day)).toMatchObject({ kind: 'unknown' });
  });
});
