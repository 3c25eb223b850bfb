import { createHash, createVerify, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { call, nowMs, secret, temporaryFolder } from '../../test/harness.js';
import { startSandbox, type Sandbox } from '../sandbox.js';

// Written against the documentation of WeChat Pay APIv3, not with the sandbox's own signing code.
const mchid = '1900007291';
const serial = '1DDE55AD98ED71D6';
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const merchant = {
  ...{ mchid, appid: 'wx8888888888888888', serial, publicKey: keys.publicKey, mode: 'public-key' },
  apiV3Key: 'TestOnlyTestOnlyTestOnlyTestOnly',
};
let sandbox: Sandbox;
let folder = '';
let offsetMs = 0;
let seen: Record<string, unknown> = {};

beforeAll(async () => {
  folder = await temporaryFolder();
  sandbox = await startSandbox(
    {
      ...{ host: '127.0.0.1', port: 0, secret, booksFolder: folder, publicUrl: undefined },
      ...{ callbackUrl: 'http://127.0.0.1:9/', logLevel: 'silent' },
    },
    pino({ level: 'silent' }),
    () => undefined,
    { nowMs: () => nowMs() + offsetMs },
  );
  seen = (await call(sandbox.url, 'PUT', '/wechat/merchants', [merchant])).body;
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

async function ask(method: string, path: string, content?: object, spoil = '') {
  const body = content === undefined ? '' : JSON.stringify(content);
  const [seconds, nonce] = [Math.floor((nowMs() + offsetMs) / 1000), '593BEC0C930BF1AFEB40B4A08C8FB242'];
  const text = `${method}\n${path}\n${seconds}\n${nonce}\n${body}${spoil}\n`;
  const signature = sign('sha256', Buffer.from(text), keys.privateKey).toString('base64');
  const authorization =
    `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",` +
    `timestamp="${seconds}",serial_no="${serial}"`;
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  });
  const raw = await answer.text();
  const header = (name: string): string => answer.headers.get(`wechatpay-${name}`) ?? '';
  const isSigned = createVerify('sha256')
    .update(`${header('timestamp')}\n${header('nonce')}\n${raw}\n`)
    .verify(String(seen['publicKey']), header('signature'), 'base64');
  return { status: answer.status, raw, isSigned, serial: header('serial') };
}

const expiry = `${new Date(nowMs() + 6 * 86_400_000).toISOString().slice(0, 19)}+08:00`;
const order = (number: string) => ({
  time_expire: expiry,
  ...{ appid: merchant.appid, mchid, description: '楼道粉刷', out_trade_no: number },
  ...{ notify_url: 'http://127.0.0.1:9/notify', amount: { total: 500, currency: 'CNY' } },
});

describe('the words of WeChat Pay', () => {
  it('make, show, pay, refund and bill an order, every answer signed', async () => {
    const placed = await ask('POST', '/v3/pay/transactions/native', order('W00001'));
    expect(placed).toMatchObject({ status: 200, isSigned: true, serial: seen['publicKeyId'] });
    expect(JSON.parse(placed.raw).code_url).toMatch(/^http.*\/pay\/W00001\?token=/);
    const path = `/v3/pay/transactions/out-trade-no/W00001?mchid=${mchid}`;
    expect(JSON.parse((await ask('GET', path)).raw)).toMatchObject({ trade_state: 'NOTPAY' });
    await call(sandbox.url, 'POST', '/test/pay', { orderNo: 'W00001' });
    expect(JSON.parse((await ask('GET', path)).raw)).toMatchObject({
      ...{ trade_state: 'SUCCESS', mchid, amount: { total: 500, currency: 'CNY' } },
    });
    const refund = { out_trade_no: 'W00001', out_refund_no: 'R1' };
    const sums = { refund: 200, total: 500, currency: 'CNY' };
    const accepted = await ask('POST', '/v3/refund/domestic/refunds', { ...refund, amount: sums });
    expect(accepted).toMatchObject({ status: 200, isSigned: true });
    expect(JSON.parse((await ask('GET', path)).raw)).toMatchObject({ trade_state: 'REFUND' });
    const again = await ask('POST', '/v3/pay/transactions/native', order('W00001'));
    expect([again.status, JSON.parse(again.raw).code]).toEqual([400, 'ORDERPAID']);
    const day = new Date(nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
    const bill = `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`;
    expect(JSON.parse((await ask('GET', bill)).raw).code).toBe('NO_STATEMENT_EXIST');
    offsetMs = 2 * 86_400_000;
    const offered = JSON.parse((await ask('GET', bill)).raw);
    const { pathname, search } = new URL(offered.download_url);
    const file = await ask('GET', pathname + search);
    expect(createHash('sha1').update(file.raw).digest('hex')).toBe(offered.hash_value);
    expect(file).toMatchObject({ status: 200, isSigned: false });
    expect(file.raw).toContain('`W00001,');
  });

  it('close with 204, and refuse in documented codes', async () => {
    await ask('POST', '/v3/pay/transactions/native', order('W00002'));
    const path = '/v3/pay/transactions/out-trade-no/W00002/close';
    expect(await ask('POST', path, { mchid })).toMatchObject({ status: 204, raw: '', isSigned: true });
    const wrong = await ask('POST', path, { mchid }, ' ');
    expect([wrong.status, JSON.parse(wrong.raw).code, wrong.isSigned]).toEqual([401, 'SIGN_ERROR', true]);
    const lost = await ask('GET', `/v3/pay/transactions/out-trade-no/W99999?mchid=${mchid}`);
    expect([lost.status, JSON.parse(lost.raw).code]).toEqual([404, 'ORDER_NOT_EXIST']);
    const other = await ask('POST', '/v3/pay/transactions/native', { ...order('W00003'), appid: 'wx1' });
    expect(JSON.parse(other.raw).code).toBe('APPID_MCHID_NOT_MATCH');
    const bare = await ask('POST', '/v3/pay/transactions/jsapi', order('W00004'));
    expect([bare.status, JSON.parse(bare.raw).code]).toEqual([400, 'PARAM_ERROR']);
  });

  it('give a certificate that others can read, with the platform’s key in it', () => {
    const certificate = new X509Certificate(String(seen['certificate']));
    expect(certificate.serialNumber).toBe(seen['certificateSerial']);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ type: 'spki', format: 'pem' })).toBe(seen['publicKey']);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(nowMs());
  });
});
