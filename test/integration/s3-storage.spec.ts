import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { S3Storage, storageKey, StoredBytesMissing } from '@hehuo/platform';
import { startApi } from '../support/api.js';
import { S3Simulator } from '../support/s3-simulator.js';

const account = {
  bucket: 'hehuo-files',
  region: 'cn-east-1',
  keyId: 'key-of-files',
  secret: 's3cret/with+signs=',
};
const simulator = new S3Simulator(account);
let url: string;
let storage: S3Storage;
beforeAll(async () => {
  url = await simulator.start();
  storage = new S3Storage({ ...account, url });
});
beforeEach(() => {
  simulator.book.length = 0;
});
afterAll(() => simulator.stop());

const bytes = Buffer.from('a slip of paper');
const key = storageKey(createHash('sha256').update(bytes).digest('hex'), `fil_${'0'.repeat(26)}`);

async function read(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await storage.get(key)) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString();
}

describe('bytes in a bucket', () => {
  it('are there after a put, the same after another, and gone after a remove', async () => {
    expect(await storage.exists(key)).toBe(false);
    await expect(storage.get(key)).rejects.toThrow(StoredBytesMissing);
    await storage.put(key, bytes);
    await storage.put(key, bytes);
    expect([await storage.exists(key), await read()]).toEqual([true, 'a slip of paper']);
    expect([...simulator.objects]).toEqual([[key, bytes]]);
    await storage.remove(key);
    await storage.remove(key);
    expect([await storage.exists(key), simulator.objects.size]).toEqual([false, 0]);
    expect(simulator.book.map(({ method, status }) => `${method} ${status}`)).toEqual([
      ...['HEAD 404', 'GET 404', 'PUT 200', 'PUT 200', 'HEAD 200', 'GET 200'],
      ...['DELETE 204', 'DELETE 204', 'HEAD 404'],
    ]);
  });

  it.each([
    ['another secret', { secret: 'guessed' }],
    ['another account', { keyId: 'key-of-another' }],
    ['another region', { region: 'cn-north-1' }],
  ])('are refused with %s, and no answer is taken for an absence', async (_what, wrong) => {
    const stranger = new S3Storage({ ...account, url, ...wrong });
    for (const act of ['exists', 'get', 'remove'] as const)
      await expect(stranger[act](key)).rejects.toThrow(/answered [A-Z]+ with 403/);
    await expect(stranger.put(key, bytes)).rejects.toThrow('answered PUT with 403');
    expect(simulator.objects.size).toBe(0);
  });

  it('are put once more when the store is busy, and refused when it stays broken', async () => {
    simulator.troubles.push(503, 500);
    await storage.put(key, bytes);
    expect(simulator.book.map(({ status }) => status)).toEqual([503, 500, 200]);
    simulator.troubles.push(500, 500, 500, 500);
    await expect(storage.exists(key)).rejects.toThrow('answered HEAD with 500');
    expect(simulator.troubles).toEqual([]);
    await storage.remove(key);
  });

  it('end with an error and never early when the store goes away in the middle', async () => {
    await storage.put(key, bytes);
    simulator.troubles.push('half');
    await expect(read()).rejects.toThrow();
    expect(await read()).toBe('a slip of paper');
    await storage.remove(key);
  });

  it('are given up when the store says nothing', async () => {
    const hurried = new S3Storage({ ...account, url }, 200);
    simulator.troubles.push('silence', 'silence');
    await expect(hurried.put(key, bytes)).rejects.toThrow('timeout');
    await expect(hurried.get(key)).rejects.toThrow('timeout');
    expect(simulator.objects.size).toBe(0);
  });

  it('are tried at boot: a bucket that answers is left empty, another is told without its keys', async () => {
    await storage.probe();
    expect(simulator.objects.size).toBe(0);
    const settings = { NODE_ENV: 'test', STORAGE_S3_URL: url, STORAGE_S3_REGION: account.region };
    const keys = { STORAGE_S3_KEY_ID: account.keyId, STORAGE_S3_SECRET: 'not-the-secret' };
    const boot = startApi({ settings: { ...settings, ...keys } });
    const refusal = await boot.then(
      () => 'it started',
      (error: Error) => error.message,
    );
    expect(refusal).toContain('STORAGE_FOLDER or STORAGE_S3_URL: files cannot be written there');
    expect(refusal).toContain('answered PUT with 403');
    expect(refusal).not.toMatch(/not-the-secret|key-of-files/);
  });

  it('never lie under a key of another form, and nothing is asked', async () => {
    for (const bad of ['../../other-bucket/x', '', 'x?versions'])
      for (const act of [() => storage.put(bad, bytes), () => storage.get(bad), () => storage.remove(bad)])
        await expect((async () => act())()).rejects.toThrow('content hash');
    expect(simulator.book).toEqual([]);
  });
});
