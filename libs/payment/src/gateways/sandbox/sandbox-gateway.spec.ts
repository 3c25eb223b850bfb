import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock, TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { SandboxGateway } from './sandbox-gateway.js';

const secret = 'a-secret-of-the-adapter-spec';
const clock = new SystemClock();
const hmac = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
const seconds = (): number => Math.floor(clock.now().getTime() / 1000);

interface Scripted {
  readonly status: number;
  readonly body: string;
  readonly signature?: (status: number, body: string) => string;
}

const sign = (status: number, body: string, t = seconds()): string =>
  `t=${t},v1=${hmac(`${t}.${status}.${body}`)}`;
const number = 'C01hxyz0123456789abcdefghjk';
const ref = { number, merchantRef: 'committee-1' };
const order = { orderNo: number, amountFen: '500' };

let server: Server;
let gateway: SandboxGateway;
let answer: Scripted | 'silence' | 'hang up' = { status: 200, body: '{}' };
let got: { request: IncomingMessage; body: string }[] = [];
let world: TestDatabase;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ request, body: Buffer.concat(chunks).toString() });
      if (answer === 'silence') return;
      if (answer === 'hang up') {
        request.socket.destroy();
        return;
      }
      const { status, body, signature = sign } = answer;
      response.writeHead(status, { 'sandbox-signature': signature(status, body) }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  gateway = new SandboxGateway({ url, secret, timeoutMs: 300 }, clock);
  world = await createTestDatabase();
});
afterAll(async () => {
  await gateway.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.drop();
});
beforeEach(() => {
  got = [];
});

describe('the adapter', () => {
  it('signs method, path and the very bytes', async () => {
    answer = { status: 200, body: JSON.stringify({ ...order, state: 'open', payUrl: 'http://pay/x' }) };
    const expiresAt = new Date('2026-11-24T00:00:00Z');
    const finding = await gateway.createOrder({
      ...{ ...ref, amount: 500n, description: '楼道粉刷', expiresAt, notifyUrl: null, returnUrl: null },
      ...{ scene: 'page', payerHint: null },
    });
    expect(finding).toEqual({ kind: 'open', payUrl: 'http://pay/x' });
    const [{ request, body }] = got as [(typeof got)[0]];
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers['sandbox-signature'])) ?? [];
    expect(v1).toBe(hmac(`${t}.POST./orders.${body}`));
    expect(JSON.parse(body)).toEqual({
      ...{ orderNo: number, amountFen: '500', description: '楼道粉刷', payeeAccount: 'committee-1' },
      expiresAt: '2026-11-24T00:00:00.000Z',
    });
  });

  const paid = JSON.stringify({
    ...order,
    state: 'paid',
    paidAt: '2026-11-23T08:00:00Z',
    transactionNo: 'T1',
  });
  it.each<[string, typeof answer, string]>([
    ['a good answer', { status: 200, body: paid }, 'paid'],
    ['silence', 'silence', 'unknown'],
    ['a cut line', 'hang up', 'unknown'],
    ['no signature', { status: 200, body: paid, signature: () => '' }, 'unknown'],
    [
      'the signature of another status',
      { status: 200, body: paid, signature: (_, b) => sign(201, b) },
      'unknown',
    ],
    ['the signature of other bytes', { status: 200, body: paid, signature: (s) => sign(s, 'x') }, 'unknown'],
    [
      'an old signature',
      { status: 200, body: paid, signature: (s, b) => sign(s, b, seconds() - 301) },
      'unknown',
    ],
    ['broken JSON', { status: 200, body: '{"orderNo":' }, 'unknown'],
    ['too much', { status: 200, body: ' '.repeat(70_000) }, 'unknown'],
    [
      'a refusal that nobody signed',
      { status: 404, body: '{"code":"order_not_found"}', signature: () => 'x' },
      'unknown',
    ],
    ['not there', { status: 404, body: '{"code":"order_not_found"}' }, 'absent'],
    ['an error', { status: 500, body: '{"code":"internal_error"}' }, 'unknown'],
  ])('takes %s for what it proves', async (_name, scripted, kind) => {
    answer = scripted;
    expect((await gateway.queryOrder(ref)).kind).toBe(kind);
  });

  it('takes a gateway that is not there for unknown', async () => {
    const nobody = new SandboxGateway({ url: 'http://127.0.0.1:9', secret, timeoutMs: 300 }, clock);
    expect((await nobody.queryRefund({ ...ref, orderNumber: number })).kind).toBe('unknown');
    await nobody.close();
  });

  it('refuses to work inside an open transaction', async () => {
    const uow = new TypeOrmUnitOfWork(world.database);
    await expect(uow.run(() => gateway.queryOrder(ref))).rejects.toThrow('inside an open transaction');
    expect(got).toEqual([]);
  });
});
