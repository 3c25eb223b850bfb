import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestCode, SignIn, WebhookSmsSender, type SmsMessage } from '@hehuo/identity';
import { createLogger, loadConfig, SystemClock, WorkerConfig } from '@hehuo/platform';
import { createTestDatabase, startRedis, until, type PassingRedis, type TestDatabase } from '@hehuo/testing';
import { createWorker, type RunningWorker } from './worker.js';

const secret = randomBytes(24).toString('hex');
const phone = '19900000021';

interface Posted {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A small service of an operator, as the docs describe it. */
const posted: Posted[] = [];
let answers: (number | 'silence')[] = [];
const service = createServer((request, response) => {
  void text(request).then((body) => {
    posted.push({ headers: request.headers, body });
    const status = answers.shift() ?? 202;
    if (status === 'silence') return;
    response.writeHead(status, { location: '/elsewhere' }).end(`took ${body}`);
  });
});

let url = '';
let testDatabase: TestDatabase;
let redis: PassingRedis;
let worker: RunningWorker;
let log = '';

function settings(more: Record<string, string> = {}): WorkerConfig {
  return loadConfig(WorkerConfig, {
    ...{ MYSQL_URL: testDatabase.url, MYSQL_POOL_MAX: '8', NODE_ENV: 'test', WORKER_PORT: '0' },
    ...{ REDIS_URL: redis.url, REDIS_PREFIX: 'sms-spec' },
    ...{ FIELD_KEY: randomBytes(32).toString('base64'), BLIND_INDEX_KEY: randomBytes(32).toString('base64') },
    ...more,
  });
}

beforeAll(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/texts`;
  [testDatabase, redis] = await Promise.all([createTestDatabase(), startRedis()]);
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      log += chunk.toString();
      done();
    },
  });
  const webhook = { SMS_SENDER: 'webhook', SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret };
  worker = await createWorker(settings(webhook), createLogger('worker', 'trace', sink));
  await worker.start();
});
afterAll(async () => {
  await worker?.stop();
  await Promise.all([testDatabase?.drop(), redis?.kill()]);
  service.closeAllConnections();
  service.close();
});

describe('the webhook of text messages', () => {
  it('brings a code to the phone, signed, and again after a failure, and the log never holds it', async () => {
    answers = [503];
    const get = worker.app.get.bind(worker.app);
    await get(RequestCode, { strict: false }).execute({ phone, address: '127.0.0.1' });
    await until('it was posted twice', 60, () => posted.length >= 2);
    const [first, again] = posted;
    expect(again?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(again?.body).toBe(first?.body);
    for (const { headers, body } of posted) {
      const stamp = String(headers['hehuo-timestamp']);
      expect(stamp).toMatch(/^[0-9]{10}$/);
      const hmac = createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex');
      expect(headers['hehuo-signature']).toBe(`v1=${hmac}`);
    }
    const sent = JSON.parse(first?.body ?? '') as SmsMessage;
    expect(sent).toMatchObject({
      phone,
      template: 'sign_in_code',
      reference: first?.headers['idempotency-key'],
    });
    const { code } = sent.values;
    const entered = { phone, code, address: '127.0.0.1', acceptsPrivacyNotice: true };
    expect(await get(SignIn, { strict: false }).execute(entered)).toMatchObject({ isNew: true });
    await until('the row is settled', 10, async () => {
      const row = await testDatabase.database.row<{ state: string }>('SELECT state FROM sms_outbox');
      return row?.state === 'sent';
    });
    expect(log).toContain('it answered 503');
    expect([code, phone, secret].filter((canary) => log.includes(canary))).toEqual([]);
  });

  const sender = (timeoutMs = 5_000) => new WebhookSmsSender({ url, secret, timeoutMs }, new SystemClock());
  const message: SmsMessage = {
    ...{ reference: 'sms_1', phone, maskedPhone: '199****0021', template: 'sign_in_code' },
    values: { code: '493817' },
  };

  it.each([302, 307, 400, 500])(
    'takes %i for a text that was not taken, and goes nowhere else',
    async (status) => {
      answers = [status];
      posted.length = 0;
      const refusal = await sender()
        .send(message)
        .catch((error: unknown) => error);
      expect(String(refusal)).toContain(`answered ${status}`);
      expect(String(refusal)).not.toMatch(/493817|19900000021/);
      expect(posted).toHaveLength(1);
    },
  );

  it('does not wait for ever', async () => {
    answers = ['silence'];
    await expect(sender(200).send(message)).rejects.toThrow('timeout');
  });
});

describe('the settings of text messages', () => {
  it.each([
    [{ NODE_ENV: 'production' }, 'SMS_SENDER is missing'],
    [{ SMS_SENDER: 'pigeon' }, 'SMS_SENDER: must be one of webhook, log'],
    [{ SMS_SENDER: 'webhook' }, 'SMS_WEBHOOK_URL is missing'],
    [{ SMS_SENDER: 'webhook', SMS_WEBHOOK_URL: 'ftp://x' }, 'SMS_WEBHOOK_URL: '],
    [
      { SMS_SENDER: 'webhook', SMS_WEBHOOK_URL: 'http://x', SMS_WEBHOOK_SECRET: 'short' },
      'SMS_WEBHOOK_SECRET: ',
    ],
  ])('%j is refused by name', (given, words) => {
    expect(() => settings(given)).toThrow(words);
  });

  it('let a production write codes into the log where it says so', () => {
    expect(settings({ NODE_ENV: 'production', SMS_SENDER: 'log' }).SMS_SENDER).toBe('log');
  });
});
