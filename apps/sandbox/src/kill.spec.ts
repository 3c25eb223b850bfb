import { transformFile } from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { call, nowMs, order, Receiver, secret, temporaryFolder, until, type Reply } from '../test/harness.js';

const source = join(process.cwd(), 'apps/sandbox/src');
let folder: string;
const children: ChildProcess[] = [];

/** Compiles the program as it stands into the folder, so that the test never runs a stale build. */
async function compile(): Promise<void> {
  const files = (await readdir(source, { recursive: true })).filter((file) => /(?<!\.spec)\.ts$/.test(file));
  for (const file of files) {
    const { code } = await transformFile(join(source, file), {
      ...{ swcrc: false, configFile: false, module: { type: 'es6' } },
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    });
    const target = join(folder, 'program', file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
}

interface Child {
  readonly process: ChildProcess;
  readonly url: string;
  readonly log: () => string;
}

async function boot(callbackUrl: string): Promise<Child> {
  const child = spawn(process.execPath, [join(folder, 'program/main.js')], {
    env: {
      ...{ PATH: process.env['PATH'], SANDBOX_PORT: '0', SANDBOX_SECRET: secret, LOG_LEVEL: 'info' },
      ...{ SANDBOX_BOOKS: join(folder, 'books'), SANDBOX_CALLBACK_URL: callbackUrl },
    },
  });
  children.push(child);
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until('the sandbox listens', () => {
    if (child.exitCode !== null) throw new Error(`The sandbox ended: ${log}`);
    return log.includes('sandbox ready');
  });
  return { process: child, url: /"url":"([^"]+)"/.exec(log)?.[1] ?? '', log: () => log };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

/** Orders, pays and refunds as fast as it can and keeps what was acknowledged, until the line goes dead. */
async function customer(url: string, name: string, acknowledged: string[]): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const orderNo = `${name}-${turn}`;
    const steps: [string, string, object][] = [
      ['created', '/orders', order(orderNo, { amountFen: '100' })],
      ['paid', '/test/pay', { orderNo }],
      ['refunded', '/refunds', { refundNo: `R${orderNo}`, orderNo, amountFen: '40' }],
    ];
    for (const [step, path, body] of steps) {
      const reply: Reply | undefined = await call(url, 'POST', path, body).catch(() => undefined);
      if (!reply) return;
      expect(reply.status).toBeLessThan(300);
      acknowledged.push(`${step} ${orderNo}`);
    }
  }
}

async function readBooks(url: string) {
  const orders: { orderNo: string; state: string; refunds: { state: string }[] }[] = [];
  let totals: unknown;
  for (let after: unknown = '0'; after !== null;) {
    const { body } = await call(url, 'GET', `/books?after=${String(after)}&limit=1000`);
    orders.push(...(body['orders'] as typeof orders));
    ({ next: after, totals } = body);
  }
  return { orders: new Map(orders.map((item) => [item.orderNo, item])), totals };
}

describe('kill -9', () => {
  const receiver = new Receiver();
  let callbackUrl: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    callbackUrl = await receiver.start();
    await compile();
  });
  afterAll(async () => {
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGKILL');
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  it('loses nothing that was acknowledged, three times over', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const child = await boot(callbackUrl);
      const goal = acknowledged.length + 300 + round * 111;
      const customers = Array.from({ length: 16 }, (_, index) =>
        customer(child.url, `C${round}-${index}`, acknowledged),
      );
      await until('enough was acknowledged', () => acknowledged.length >= goal);
      await end(child.process, 'SIGKILL');
      await Promise.all(customers);
    }
    // What a crash in the middle of a write leaves behind.
    await appendFile(join(folder, 'books/journal.jsonl'), '{"n":99999,"at":1,"entr');

    const child = await boot(callbackUrl);
    expect(child.log()).toContain('torn last line');
    const { orders } = await readBooks(child.url);
    const missing = acknowledged.filter((item) => {
      const [step, orderNo = ''] = item.split(' ');
      const found = orders.get(orderNo);
      if (step === 'created') return !found;
      return step === 'paid' ? found?.state !== 'paid' : found?.refunds.length !== 1;
    });
    expect(missing).toEqual([]);

    // What was under way goes on by itself: every refund is settled and every event told.
    const paid = [...orders.values()].filter(({ state }) => state === 'paid').map(({ orderNo }) => orderNo);
    const refunds = [...orders.values()].reduce((count, item) => count + item.refunds.length, 0);
    const totals = { paidFen: String(paid.length * 100), refundedFen: String(refunds * 40) };
    await until('all is settled', async () => {
      const { body } = await call(child.url, 'GET', '/books?limit=1');
      return (
        body['callbacksPending'] === 0 && (body['totals'] as typeof totals).refundedFen === totals.refundedFen
      );
    });
    expect((await readBooks(child.url)).totals).toMatchObject(totals);
    const told = new Set(receiver.of('charge.paid').map(({ body }) => body['orderNo']));
    expect(paid.filter((orderNo) => !told.has(orderNo))).toEqual([]);
    expect(new Set(receiver.of('refund.done').map(({ body }) => body['refundNo'])).size).toBe(refunds);

    expect(child.log()).not.toMatch(/楼道粉刷|token=|127\.0\.0\.1:\d+\/callbacks/);
    expect(await end(child.process, 'SIGTERM')).toBe(0);
  });

  it('refuses to start with a bad setting, or on books in use, and says why', async () => {
    const child = await boot(callbackUrl);
    await expect(boot(callbackUrl)).rejects.toThrow('in use by another process');
    const startedMs = nowMs();
    await call(child.url, 'PUT', '/faults', [
      { match: { operation: 'query-order' }, fault: 'apply-then-timeout' },
    ]);
    const held = call(child.url, 'GET', '/orders/x').catch(() => 'cut');
    await until('the line is held', async () => {
      const { body } = await call(child.url, 'GET', '/faults');
      return (body['rules'] as { used: number }[])[0]?.used === 1;
    });
    expect(await end(child.process, 'SIGINT')).toBe(0);
    expect(await held).toBe('cut');
    expect(nowMs() - startedMs).toBeLessThan(5_000);
  });
});
