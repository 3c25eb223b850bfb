import type { Readable } from 'node:stream';
import type { Id } from '@hehuo/kernel';
import { Storage, storageKey } from '../storage/storage.js';
import { FileError } from './errors.js';
import type { FileType, StoredFile } from './file.js';
import { FileReaders, type FileReader } from './file-readers.js';
import { FileStore } from './file.store.js';

export interface OpenedFile {
  readonly type: FileType;
  readonly bytes: number;
  readonly content: Readable;
}

/** Hands out a file to its uploader while it belongs to no object, then to whoever may read the object. */
export class ReadFile {
  constructor(
    private readonly store: FileStore,
    private readonly storage: Storage,
    private readonly readers: FileReaders,
  ) {}

  /** `reader` is null for whoever is not signed in. Throws `file_not_found` for everybody else too. A document has one size only. */
  async execute(reader: FileReader | null, fileId: Id<'fil'>, size: 'full' | 'small'): Promise<OpenedFile> {
    const file = await this.store.find(fileId);
    if (!file || !(await this.mayRead(reader, file)))
      throw new FileError('file_not_found', 'there is no such file');
    const { id, type, sha256, bytes, smallSha256, smallBytes } = file;
    if (size === 'small' && smallSha256 !== null && smallBytes !== null) {
      return { type, bytes: smallBytes, content: await this.storage.get(storageKey(smallSha256, id)) };
    }
    return { type, bytes, content: await this.storage.get(storageKey(sha256, id)) };
  }

  private async mayRead(reader: FileReader | null, file: StoredFile): Promise<boolean> {
    const { state, objectType, objectId, communityId } = file;
    if (state !== 'stored' && state !== 'attached') return false;
    if (objectType === null || objectId === null || communityId === null || !this.readers.hasRule(objectType))
      return file.ownerId === reader?.personId;
    return this.readers.mayRead(reader, { objectType, objectId, communityId });
  }
}
