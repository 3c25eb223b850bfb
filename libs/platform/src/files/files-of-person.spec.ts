import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { checkInvariants } from '../database/invariants.js';
import { SqlStateLog } from '../database/state-log.js';
import { TypeOrmUnitOfWork } from '../database/unit-of-work.js';
import { SystemClock } from '../observability/system-clock.js';
import { FolderStorage } from '../storage/folder-storage.js';
import { FileStore } from './file.store.js';
import { Files } from './files.js';
import { FilesOfPerson } from './files-of-person.js';
import { ForgetFiles } from './forget-files.js';
import { FILE_INVARIANTS } from './invariants.js';
import { UploadFile } from './upload-file.js';

const clock = new SystemClock();
const id = <P extends string>(prefix: P): Id<P> => newId(prefix, clock.now().getTime());
const slip = Buffer.from('%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n');

let db: TestDatabase;
let folder: string;
beforeAll(async () => {
  [db, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'files-of-person-'))]);
});
afterAll(async () => {
  expect(await checkInvariants(db.database, FILE_INVARIANTS)).toEqual([]);
  await Promise.all([db.drop(), rm(folder, { recursive: true })]);
});

it('lets go of what is tied to nothing when its owner leaves, and keeps what proves something', async () => {
  const [unitOfWork, log, store] = [
    new TypeOrmUnitOfWork(db.database),
    new SqlStateLog(),
    new FileStore(db.database),
  ];
  const storage = new FolderStorage(folder);
  const [files, ofPerson] = [new Files(store, log), new FilesOfPerson(store, log)];
  const upload = new UploadFile({ unitOfWork, store, storage, log, clock });
  const forget = new ForgetFiles(unitOfWork, store, storage, log);
  const up = (by: Id<'per'>) => upload.execute({ by, purpose: 'receipt', source: Readable.from([slip]) });
  const attach = (fileId: Id<'fil'>, by: Id<'per'>) =>
    unitOfWork.run((tx) =>
      files.attach(tx, [fileId], {
        ...{ objectType: 'offline_receipt', objectId: id('rct'), communityId: id('com'), by },
      }),
    );
  const lying = async (fileId: string): Promise<number> =>
    (await readdir(folder, { recursive: true })).filter((name) => name.includes(fileId.slice(4))).length;

  const [by, neighbour] = [id('per'), id('per')];
  const [loose, proof, other] = [await up(by), await up(by), await up(neighbour)];
  await attach(proof.id, by);
  expect((await ofPerson.list(by)).map(({ state }) => state)).toEqual(['stored', 'attached']);

  await unitOfWork.run((tx) => ofPerson.forget(tx, by));
  expect((await ofPerson.list(by)).map((file) => file.id)).toEqual([proof.id]);
  await expect(attach(loose.id, by)).rejects.toMatchObject({ code: 'file_not_usable' });
  expect(await forget.due(10)).toEqual([loose.id]);
  expect(await forget.execute(loose.id)).toBe(true);
  expect([await lying(loose.id), await lying(proof.id), await lying(other.id)]).toEqual([0, 1, 1]);
  expect((await ofPerson.list(neighbour)).map((file) => file.id)).toEqual([other.id]);
});
