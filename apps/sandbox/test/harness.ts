import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { rfc3339, systemClock } from '../src/clock.js';
import { startSandbox } from '../src/sandbox.js';

export const nowMs = (): number => systemClock.nowMs();

export const secret = 'sandbox-test-secret-0001';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Record<string, string>;
  readonly atMs: number;
}

/** The merchant's side of callbacks: keeps what came and answers what `answer` says. */
export class Receiver {
  readonly got: Received[] = [];
  answer: (callback: Received) => number = () => 200;
  /** The body of every answer; some merchants' gateways read it. */
  says = '';
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const callback = { headers: request.headers, raw, body: parse(raw), atMs: nowMs() } as Received;
      this.got.push(callback);
      response.writeHead(this.answer(callback)).end(this.says);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callbacks`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  of(event: string): Received[] {
    return this.got.filter(({ body }) => body['event'] === event);
  }
}

/** Written against the wire contract, not with the sandbox's own signing code. */
export function hmac(text: string, key = secret): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

export function isSignedCallback({ headers, raw }: Received): boolean {
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['sandbox-signature'])) ?? [];
  return v1 === hmac(`${t}.${raw}`);
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly isSigned: boolean;
  readonly headers: Headers;
  // Test assertions look into answers freely.
  readonly body: Record<string, unknown>;
}

/** Signs and sends one request; rejects when the connection is cut. */
export async function call(url: string, method: string, path: string, body?: unknown): Promise<Reply> {
  const raw = body === undefined ? '' : JSON.stringify(body);
  const t = Math.floor(nowMs() / 1000);
  const response = await fetch(url + path, {
    method,
    headers: {
      'sandbox-signature': `t=${t},v1=${hmac(`${t}.${method}.${path}.${raw}`)}`,
      ...(raw ? { 'content-type': 'application/json' } : {}),
    },
    ...(raw ? { body: raw } : {}),
  });
  const text = await response.text();
  const [, at, v1] = /^t=(\d+),v1=(\w+)$/.exec(response.headers.get('sandbox-signature') ?? '') ?? [];
  const isSigned = v1 === hmac(`${at}.${response.status}.${text}`);
  return { status: response.status, text, isSigned, headers: response.headers, body: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export function order(orderNo: string, part: Record<string, unknown> = {}) {
  return {
    ...{ orderNo, amountFen: '5000', description: '楼道粉刷', payeeAccount: 'committee-1' },
    expiresAt: rfc3339(nowMs() + 3_600_000),
    ...part,
  };
}

/** Polls until `probe` holds; fails after `ms` with what was waited for. */
export async function until(
  what: string,
  probe: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> {
  const deadline = nowMs() + ms;
  while (!(await probe())) {
    if (nowMs() > deadline) throw new Error(`Waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sandbox-spec-'));
}

/** A sandbox in this process with its receiver, on free ports, with books of its own. */
export class TestBed {
  readonly receiver = new Receiver();
  url = '';
  private folder = '';
  private callbackUrl = '';
  private stopSandbox: () => Promise<void> = async () => undefined;

  async start(): Promise<void> {
    this.callbackUrl = await this.receiver.start();
    this.folder = await temporaryFolder();
    await this.boot();
  }

  async restart(): Promise<void> {
    await this.stopSandbox();
    await this.boot();
  }

  async stop(): Promise<void> {
    await this.stopSandbox();
    await this.receiver.stop();
    await rm(this.folder, { recursive: true });
  }

  async pay(orderNo: string, part: Record<string, unknown> = {}): Promise<void> {
    await this.call('POST', '/orders', order(orderNo, part));
    await this.call('POST', '/test/pay', { orderNo });
  }

  faults(...rules: unknown[]): Promise<Reply> {
    return this.call('PUT', '/faults', rules);
  }

  call(method: string, path: string, body?: unknown): Promise<Reply> {
    return call(this.url, method, path, body);
  }

  private async boot(): Promise<void> {
    const { callbackUrl, folder } = this;
    const sandbox = await startSandbox(
      {
        host: '127.0.0.1',
        port: 0,
        secret,
        booksFolder: folder,
        callbackUrl,
        publicUrl: undefined,
        logLevel: 'silent',
      },
      pino({ level: 'silent' }),
      (error) => {
        throw error;
      },
    );
    this.url = sandbox.url;
    this.stopSandbox = () => sandbox.stop();
  }
}
