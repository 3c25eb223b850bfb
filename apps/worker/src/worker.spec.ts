import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { Queue } from 'bullmq';
import { RegisterPerson } from '@hehuo/identity';
import { Outbox, UnitOfWork } from '@hehuo/kernel';
import { createLogger, loadConfig, placeOf, WorkerConfig, workerConnection } from '@hehuo/platform';
import { createTestDatabase, startRedis, until, type PassingRedis, type TestDatabase } from '@hehuo/testing';
import { createWorker, type RunningWorker } from './worker.js';

let testDatabase: TestDatabase;
let redis: PassingRedis;
let worker: RunningWorker;
let url: string;
let log = '';
const newKey = (): string => randomBytes(32).toString('base64');
const [fieldKey, indexKey] = [newKey(), newKey()] as const;

const logger = createLogger(
  'worker',
  'info',
  new Writable({
    write(chunk: Buffer, _encoding, done): void {
      log += chunk.toString();
      done();
    },
  }),
);

function config(settings: Record<string, string> = {}): WorkerConfig {
  return loadConfig(WorkerConfig, {
    MYSQL_URL: testDatabase.url,
    MYSQL_POOL_MAX: '8',
    NODE_ENV: 'test',
    REDIS_URL: redis.url,
    REDIS_PREFIX: 'worker-spec',
    FIELD_KEY: fieldKey,
    BLIND_INDEX_KEY: indexKey,
    WORKER_PORT: '0',
    ...settings,
  });
}

/** Something that happened, as any use case tells it. */
async function tell(topic: string, ref: string): Promise<void> {
  const outbox = worker.app.get(Outbox, { strict: false });
  await worker.app.get(UnitOfWork, { strict: false }).run((tx) => outbox.add(tx, [{ topic, ref }]));
}

async function outboxRows(): Promise<number> {
  const row = await testDatabase.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM outbox');
  return Number(row?.n);
}

beforeAll(async () => {
  [testDatabase, redis] = await Promise.all([createTestDatabase(), startRedis()]);
  worker = await createWorker(config(), logger);
  url = await worker.start();
});

afterAll(async () => {
  await worker?.stop();
  await Promise.all([testDatabase?.drop(), redis?.kill()]);
});

describe('the worker', () => {
  it('tells the machine that it lives and is ready, and nothing else', async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('hehuo_outbox_age_seconds 0');
    // A reading that cannot be read says NaN.
    expect(metrics.split('\n').filter((line) => /^hehuo_.* NaN/i.test(line))).toEqual([]);
    expect((await fetch(`${url}/v1/campaigns`)).status).toBe(404);
  });

  it('carries an event to its job and checks the books at boot', async () => {
    await tell('pledges.changed', 'cmp_x');
    await until('the event is carried away', 10, async () => (await outboxRows()) === 0);
    await until('the fold has run', 10, async () =>
      /hehuo_job_seconds_count\{[^}]*job="fold-ledger",outcome="done"\} [1-9]/.test(
        await (await fetch(`${url}/metrics`)).text(),
      ),
    );
    await until('the books are checked', 10, () => log.includes('every invariant holds'));
  });

  it('refuses a job that the catalogue does not name, loudly', async () => {
    const connection = workerConnection(redis.url);
    const stranger = new Queue('upkeep', { connection, prefix: 'worker-spec' });
    await stranger.add('drop-tables', { ref: 'x' });
    await until('it is refused', 10, () => log.includes('unknown job drop-tables'));
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/job="unknown",outcome="failed"\} 1/);
    await stranger.close();
    connection.disconnect();
  });

  it('keeps events while Redis is away and carries them when it is back, empty', async () => {
    await redis.kill();
    await tell('pledges.changed', 'cmp_y');
    await until('the relay has noticed', 10, () => /round failed/.test(log));
    expect(await outboxRows()).toBe(1);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    await redis.restart();
    await until('the event is carried away', 15, async () => (await outboxRows()) === 0);
    await redis.flush();
    await tell('pledges.changed', 'cmp_z');
    await until('the next one too', 15, async () => (await outboxRows()) === 0);
  });

  it('does not start with the keys of another installation, or with one key for both', async () => {
    const person = { phone: '19900000008', name: '王小二', birthDate: '1990-01-01' };
    const register = worker.app.get(RegisterPerson, { strict: false });
    await worker.app.get(UnitOfWork, { strict: false }).run((tx) => register.execute(tx, person));
    const start = (settings: Record<string, string>) => createWorker(config(settings), logger);
    await expect(start({ FIELD_KEY: newKey() })).rejects.toThrow(/FIELD_KEY: .* another key/);
    await expect(start({ BLIND_INDEX_KEY: newKey() })).rejects.toThrow(/BLIND_INDEX_KEY: .* another key/);
    expect(() => config({ BLIND_INDEX_KEY: fieldKey })).toThrow(
      'BLIND_INDEX_KEY: must be another key than FIELD_KEY',
    );
  });

  it('does not start with half of a gateway', () => {
    expect(() => config({ SANDBOX_URL: 'http://127.0.0.1:3002' })).toThrow(
      'SANDBOX_URL: needs SANDBOX_SECRET, too',
    );
  });

  it('takes a folder or a bucket for files, and a bucket with its key', () => {
    const bucket = {
      STORAGE_S3_URL: 'https://s3.example.com/hehuo-files',
      STORAGE_S3_KEY_ID: 'key-of-files',
      STORAGE_S3_SECRET: 'secret-of-files',
    };
    expect(placeOf(config({}))).toBeUndefined();
    expect(placeOf(config({ STORAGE_FOLDER: '/files' }))).toEqual({ folder: '/files' });
    expect(placeOf(config(bucket))).toMatchObject({ bucket: { region: 'us-east-1', keyId: 'key-of-files' } });
    expect(() => config({ ...bucket, STORAGE_FOLDER: '/files' })).toThrow(
      'takes the place of STORAGE_FOLDER',
    );
    expect(() => config({ STORAGE_S3_URL: bucket.STORAGE_S3_URL })).toThrow(
      'needs STORAGE_S3_KEY_ID, STORAGE_S3_SECRET, too',
    );
  });

  it('names the port that another program has', async () => {
    const { port } = new URL(url);
    const second = await createWorker(config({ WORKER_PORT: port }), logger);
    await expect(second.start()).rejects.toThrow(`WORKER_PORT: ${port} cannot be used: another program`);
    await second.stop();
  });

  it('does not start on a Redis that may drop waiting jobs', async () => {
    const connection = workerConnection(redis.url);
    await connection.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(createWorker(config(), logger)).rejects.toThrow(/noeviction/);
    await connection.config('SET', 'maxmemory-policy', 'noeviction');
    connection.disconnect();
  });
});
