import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FolderStorage } from './folder-storage.js';
import { NoStorage } from './no-storage.js';
import { storageKey, StoredBytesMissing } from './storage.js';

let folder: string;
let storage: FolderStorage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storage-spec-'));
  storage = new FolderStorage(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const bytes = Buffer.from('a slip of paper');
const hash = createHash('sha256').update(bytes).digest('hex');
const key = storageKey(hash, `fil_${'0'.repeat(26)}`);

async function read(at: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await storage.get(at)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

describe('bytes in a folder', () => {
  it('are there after a put, the same after another, and gone after a remove', async () => {
    expect(await storage.exists(key)).toBe(false);
    await expect(storage.get(key)).rejects.toThrow(StoredBytesMissing);
    await storage.put(key, bytes);
    await storage.put(key, bytes);
    expect([await storage.exists(key), await read(key)]).toEqual([true, 'a slip of paper']);
    expect(await readdir(join(folder, key.slice(0, 2)))).toEqual([key]);
    await storage.remove(key);
    await storage.remove(key);
    expect(await storage.exists(key)).toBe(false);
  });

  it('take over what a kill left half-written', async () => {
    await storage.put(key, bytes);
    const draft = join(folder, key.slice(0, 2), `${key}.draft`);
    await writeFile(draft, 'a sl');
    expect(await read(key)).toBe('a slip of paper');
    await storage.put(key, bytes);
    expect(await readFile(join(folder, key.slice(0, 2), key), 'utf8')).toBe('a slip of paper');
    await writeFile(draft, 'a sl');
    await storage.remove(key);
    expect(await readdir(join(folder, key.slice(0, 2)))).toEqual([]);
  });

  it.each(['../../etc/passwd', `${hash}/../x`, hash, `${hash}-${'0'.repeat(25)}`, ''])(
    'never lie under %s',
    async (bad) => {
      for (const act of [() => storage.put(bad, bytes), () => storage.get(bad), () => storage.remove(bad)])
        await expect(act()).rejects.toThrow('content hash');
    },
  );

  it('are refused with the reason where no folder is named', async () => {
    const none = new NoStorage();
    for (const act of [() => none.put(), () => none.get(), () => none.remove(), () => none.exists()])
      await expect(act()).rejects.toMatchObject({ code: 'files_not_set_up' });
  });
});
