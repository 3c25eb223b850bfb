import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MerchantKeys, WechatGateway, type MerchantKeySet } from '@hehuo/payment';
import { pino } from 'pino';
import { startSandbox, type Sandbox } from '../../../apps/sandbox/src/sandbox.js';
import { call, secret, temporaryFolder, until } from '../../../apps/sandbox/test/harness.js';
import { keysOf, mchid, merchantOf, rsaPair } from './wechat-world.js';
import { nowMs } from './world.js';

const dayMs = 86_400_000;
const { publicKey, privateKey } = rsaPair();
/** Noon of Shanghai on the day of the bill; both sides live by this clock. */
const startMs = Date.parse('2026-11-24T12:00:00+08:00');
const offsetMs = startMs - nowMs();
let laterMs = 0;
const clock = { nowMs: () => nowMs() + offsetMs + laterMs };
let sandbox: Sandbox;
let gateway: WechatGateway;
let folder = '';
let sets: readonly MerchantKeySet[] = [];

class Keys extends MerchantKeys {
  async find(): Promise<readonly MerchantKeySet[]> {
    return sets;
  }
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = { host: '127.0.0.1', port: 0, secret, booksFolder: folder, publicUrl: undefined } as const;
  const own = { callbackUrl: 'http://127.0.0.1:9/', logLevel: 'silent' } as const;
  sandbox = await startSandbox({ ...config, ...own }, pino({ level: 'silent' }), () => undefined, clock);
  const ours = { now: () => new Date(clock.nowMs()) };
  gateway = new WechatGateway({ origin: sandbox.url }, new Keys(), ours);
});
afterAll(async () => {
  await gateway.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

describe('the bill of a day', () => {
  it('of the simulator holds every payment and refund to the fen, and comes on the next morning', async () => {
    // The routes of the sandbox itself are signed by its own clock, so they are asked before the clocks part.
    const started = laterMs;
    laterMs = -offsetMs;
    const { body } = await call(sandbox.url, 'PUT', '/wechat/merchants', [
      merchantOf(publicKey, 'public-key'),
    ]);
    laterMs = started;
    sets = [keysOf(privateKey, body, 'public-key')];
    const [number, merchantRef] = ['C01hxyz0123456789abcdefghjk', mchid];
    const order = {
      ...{ number, merchantRef, amount: 500n, description: '楼道`粉刷', returnUrl: null, payerHint: null },
      ...{ notifyUrl: 'http://127.0.0.1:9/notify', expiresAt: new Date(clock.nowMs() + 3_600_000) },
      scene: 'code' as const,
    };
    const opened = await gateway.createOrder(order);
    if (opened.kind !== 'open') throw new Error(JSON.stringify(opened));
    const page = new URL(String(opened.payUrl));
    const token = String(page.searchParams.get('token'));
    await fetch(page, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });
    expect(await gateway.queryOrder(order)).toMatchObject({ kind: 'paid', amount: 500n });
    const refund = { number: 'R01hxyz0123456789abcdefghjk', orderNumber: number, merchantRef };
    const wish = { ...refund, orderAmount: 500n, amount: 200n, notifyUrl: null };
    expect(await gateway.refund(wish)).toEqual({ kind: 'processing' });
    await until('it is done', async () => (await gateway.queryRefund(refund)).kind === 'done');
    const day = '2026-11-24';
    expect(await gateway.bill(merchantRef, day)).toEqual({ kind: 'not_ready' });
    laterMs = dayMs;
    const bill = await gateway.bill(merchantRef, day);
    if (bill.kind !== 'bill') throw new Error(JSON.stringify(bill));
    expect(bill.lines).toMatchObject([
      { kind: 'payment', ourNumber: number, amount: 500n, incoming: true, fee: 0n },
      { kind: 'refund', ourNumber: refund.number, orderNumber: number, amount: 200n, incoming: false },
    ]);
    expect(await gateway.bill(merchantRef, '2026-11-23')).toEqual({ kind: 'empty' });
  });
});
