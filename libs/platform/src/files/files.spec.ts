import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import sharp from 'sharp';
import { checkInvariants } from '../database/invariants.js';
import { SqlStateLog } from '../database/state-log.js';
import { TypeOrmUnitOfWork } from '../database/unit-of-work.js';
import { SystemClock } from '../observability/system-clock.js';
import { FolderStorage } from '../storage/folder-storage.js';
import { Storage } from '../storage/storage.js';
import { filesPerDayMax, type FileTarget } from './file.js';
import { FileReaders } from './file-readers.js';
import { FileStore } from './file.store.js';
import { Files } from './files.js';
import { ForgetFiles } from './forget-files.js';
import { FILE_INVARIANTS } from './invariants.js';
import { ReadFile } from './read-file.js';
import { documentBytesMax, UploadFile, uploadBytesMax } from './upload-file.js';

const clock = new SystemClock();
const id = <P extends string>(prefix: P): Id<P> => newId(prefix, clock.now().getTime());

let db: TestDatabase;
let folder: string;
let parts: ReturnType<typeof room>;
let photo: Buffer;

function room(storage: Storage) {
  const [unitOfWork, log] = [new TypeOrmUnitOfWork(db.database), new SqlStateLog()];
  const [store, readers] = [new FileStore(db.database), new FileReaders()];
  return {
    ...{ unitOfWork, store, storage, readers },
    files: new Files(store, log),
    upload: new UploadFile({ unitOfWork, store, storage, log, clock }),
    read: new ReadFile(store, storage, readers),
    forget: new ForgetFiles(unitOfWork, store, storage, log),
  };
}

beforeAll(async () => {
  [db, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'files-spec-'))]);
  parts = room(new FolderStorage(folder));
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await Promise.all([db.drop(), rm(folder, { recursive: true })]);
});
afterEach(async () => {
  expect(await checkInvariants(db.database, FILE_INVARIANTS)).toEqual([]);
});

const up = (by: Id<'per'>, bytes: Buffer = photo) =>
  parts.upload.execute({ by, purpose: 'receipt', source: Readable.from([bytes]) });

const target = (by: Id<'per'>): FileTarget => ({
  ...{ objectType: 'offline_receipt', objectId: id('rct'), communityId: id('com'), by },
});

const attach = (ids: readonly Id<'fil'>[], to: FileTarget) =>
  parts.unitOfWork.run((tx) => parts.files.attach(tx, ids, to));

async function bytesOf(personId: Id<'per'>, fileId: Id<'fil'>, size: 'full' | 'small'): Promise<number> {
  const { content } = await parts.read.execute({ personId, roles: [] }, fileId, size);
  let bytes = 0;
  for await (const part of content) bytes += (part as Buffer).length;
  return bytes;
}

/** Names of everything that lies in the folder for a file. */
async function lying(fileId: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.includes(fileId.slice(4)));
}

const age = (fileId: string, hours: number) =>
  db.database.change('UPDATE stored_file SET created_at = created_at - INTERVAL ? HOUR WHERE id = ?', [
    hours,
    fileId,
  ]);

describe('an upload', () => {
  it('is stored at two sizes and read by its uploader alone', async () => {
    const by = id('per');
    const file = await up(by);
    expect(file).toMatchObject({ state: 'stored', type: 'image/jpeg', width: 640, height: 480, ownerId: by });
    expect(await bytesOf(by, file.id, 'full')).toBe(file.bytes);
    expect(await bytesOf(by, file.id, 'small')).toBe(file.smallBytes);
    expect(await lying(file.id)).toHaveLength(2);
    const auditor = { personId: id('per'), roles: [{ role: 'auditor', communityId: null }] };
    await expect(parts.read.execute(auditor, file.id, 'full')).rejects.toMatchObject({
      code: 'file_not_found',
    });
  });

  it('of a document stays as it came', async () => {
    const by = id('per');
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n');
    const file = await up(by, pdf);
    expect(file).toMatchObject({ type: 'application/pdf', bytes: pdf.length, width: null });
    expect(await bytesOf(by, file.id, 'small')).toBe(pdf.length);
    const large = Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      Buffer.alloc(documentBytesMax),
      Buffer.from('%%EOF'),
    ]);
    await expect(up(by, large)).rejects.toMatchObject({ code: 'file_too_large' });
  });

  it('is read no further than its limit', async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read += 65_536;
        yield Buffer.alloc(65_536);
      }
    };
    const input = { by: id('per'), purpose: 'receipt', source: endless() } as const;
    await expect(parts.upload.execute(input)).rejects.toMatchObject({ code: 'file_too_large' });
    expect(read).toBe(uploadBytesMax + 65_536);
  });

  it('ends at the quota of a day', async () => {
    const by = id('per');
    const { id: model } = await up(by);
    for (let n = 1; n < filesPerDayMax; n += 1) await copyOf(model);
    await expect(up(by)).rejects.toMatchObject({ code: 'file_quota_reached' });
    await db.database.change(
      "UPDATE stored_file SET created_at = created_at - INTERVAL 25 HOUR WHERE owner_id = ? AND state = 'stored'",
      [by],
    );
    expect((await up(by)).state).toBe('stored');
  });

  it('of one person comes two at a time, and of many a dozen', async () => {
    const releases: (() => void)[] = [];
    const slow = () =>
      (async function* () {
        await new Promise<void>((resolve) => releases.push(resolve));
        yield photo;
      })();
    const begin = (by: Id<'per'>) => parts.upload.execute({ by, purpose: 'receipt', source: slow() });
    const one = id('per');
    const running = [begin(one), begin(one)];
    await expect(begin(one)).rejects.toMatchObject({ code: 'files_busy' });
    for (let n = 0; n < 10; n += 1) running.push(begin(id('per')));
    await expect(up(id('per'))).rejects.toMatchObject({ code: 'files_busy' });
    while (releases.length < 12) await new Promise(setImmediate);
    for (const release of releases) release();
    expect((await Promise.all(running)).every(({ state }) => state === 'stored')).toBe(true);
  });
});

/** A row like another, with its log, as if it had been uploaded too. */
async function copyOf(model: Id<'fil'>): Promise<void> {
  const copy = id('fil');
  await db.database.change(
    `INSERT INTO stored_file (id, owner_id, purpose, type, sha256, bytes, state)
     SELECT ?, owner_id, purpose, 'application/pdf', sha256, bytes, state FROM stored_file WHERE id = ?`,
    [copy, model],
  );
  await parts.unitOfWork.run((tx) =>
    new SqlStateLog().append(tx, [
      { objectType: 'stored_file', objectId: copy, from: 'arriving', to: 'stored', event: 'keep' },
    ]),
  );
}

describe('attaching', () => {
  it('takes own uploads that belong to nothing, all or none', async () => {
    const by = id('per');
    const [first, second, foreign] = [await up(by), await up(by), await up(id('per'))];
    const to = target(by);
    for (const ids of [
      [first.id, foreign.id],
      [first.id, id('fil')],
    ])
      await expect(attach(ids, to)).rejects.toMatchObject({ code: 'file_not_usable' });
    await attach([first.id, second.id, first.id], to);
    await expect(attach([first.id], target(by))).rejects.toMatchObject({ code: 'file_not_usable' });
    const list = (await parts.files.of('offline_receipt', [to.objectId])).get(to.objectId);
    expect(list?.map((file) => file.id)).toEqual([first.id, second.id]);
    const eleven = Array.from({ length: 11 }, () => id('fil'));
    await expect(attach(eleven, to)).rejects.toMatchObject({ code: 'files_too_many' });
  });

  it('of one upload to eight objects at once succeeds once', async () => {
    const by = id('per');
    const file = await up(by);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => attach([file.id], target(by))));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('opens a file to whom the rule of its object lets in', async () => {
    const by = id('per');
    const file = await up(by);
    const to = target(by);
    await attach([file.id], to);
    parts.readers.register('offline_receipt', (reader, object) =>
      reader.roles.some((grant) => grant.communityId === object.communityId),
    );
    const reader = (communityId: Id<'com'>) => ({
      personId: id('per'),
      roles: [{ role: 'auditor', communityId }],
    });
    const opened = await parts.read.execute(reader(to.communityId), file.id, 'full');
    expect((await buffer(opened.content)).length).toBe(file.bytes);
    // Whoever uploaded it is asked for the same as everybody else.
    for (const outsider of [reader(id('com')), { personId: by, roles: [] }, null]) {
      await expect(parts.read.execute(outsider, file.id, 'full')).rejects.toMatchObject({
        code: 'file_not_found',
      });
    }
    expect(() => parts.readers.register('offline_receipt', () => true)).toThrow('already');
  });
});

describe('uploads that nobody attached', () => {
  it('go after a day, and what is attached stays', async () => {
    const by = id('per');
    const [left, kept, young] = [await up(by), await up(by), await up(by)];
    await attach([kept.id], target(by));
    for (const { id: fileId } of [left, kept]) await age(fileId, 24);
    const due = await parts.forget.due(500);
    expect([due.includes(left.id), due.includes(kept.id), due.includes(young.id)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await parts.forget.execute(left.id)).toBe(true);
    expect([await parts.forget.execute(kept.id), await parts.forget.execute(young.id)]).toEqual([
      false,
      false,
    ]);
    expect([await lying(left.id), (await lying(kept.id)).length]).toEqual([[], 2]);
    expect((await parts.store.find(left.id))?.state).toBe('removed');
    await expect(attach([left.id], target(by))).rejects.toMatchObject({ code: 'file_not_usable' });
    await expect(bytesOf(by, left.id, 'full')).rejects.toMatchObject({ code: 'file_not_found' });
  });

  it('go in the next round when the first was killed in between', async () => {
    const file = await up(id('per'));
    await age(file.id, 25);
    const broken = room(new FailingStorage(folder));
    await expect(broken.forget.execute(file.id)).rejects.toThrow('killed');
    expect((await parts.store.find(file.id))?.state).toBe('removing');
    expect(await parts.forget.due(500)).toContain(file.id);
    expect(await parts.forget.execute(file.id)).toBe(true);
    expect(await lying(file.id)).toEqual([]);
  });

  it('go when their bytes never arrived whole', async () => {
    const by = id('per');
    const broken = room(new FailingStorage(folder));
    const upload = broken.upload.execute({ by, purpose: 'receipt', source: Readable.from([photo]) });
    await expect(upload).rejects.toThrow('killed');
    const row = await db.database.row<{ id: Id<'fil'>; state: string }>(
      'SELECT id, state FROM stored_file WHERE owner_id = ?',
      [by],
    );
    expect(row?.state).toBe('arriving');
    await expect(attach([row!.id], target(by))).rejects.toMatchObject({ code: 'file_not_usable' });
    await age(row!.id, 25);
    expect(await parts.forget.execute(row!.id)).toBe(true);
  });

  it('are attached or removed, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const by = id('per');
      const file = await up(by);
      await age(file.id, 25);
      const [attached, removed] = await Promise.allSettled([
        attach([file.id], target(by)),
        parts.forget.execute(file.id),
      ]);
      const isRemoved = removed.status === 'fulfilled' && removed.value;
      expect([attached.status === 'fulfilled', isRemoved].filter(Boolean)).toHaveLength(1);
      expect((await lying(file.id)).length).toBe(isRemoved ? 0 : 2);
    }
  });
});

/** A process that dies where the bytes are written or removed. */
class FailingStorage extends FolderStorage {
  override put(): Promise<void> {
    return Promise.reject(new Error('killed'));
  }

  override remove(): Promise<void> {
    return Promise.reject(new Error('killed'));
  }
}
