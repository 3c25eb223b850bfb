import type { Readable } from 'node:stream';
import type { Id } from '@hehuo/kernel';
import { Storage, storageKey } from '../storage/storage.js';
import { FileError } from './errors.js';
import type { FileType, StoredFile } from './file.js';
import { FileReaders, type FileAccess, type FileReader } from './file-readers.js';
import { FileStore } from './file.store.js';
import type { PictureSize } from './picture.js';

export interface OpenedFile {
  readonly type: FileType;
  readonly bytes: number;
  readonly content: Readable;
  /** How long anybody may keep a copy; 0 for what is not public, or may be hidden at any time. */
  readonly keepSeconds: number;
}

/** Hands out a file to its uploader while it belongs to no object, then to whoever may read the object. */
export class ReadFile {
  constructor(
    private readonly store: FileStore,
    private readonly storage: Storage,
    private readonly readers: FileReaders,
  ) {}

  /** `reader` is null for whoever is not signed in. Throws `file_not_found` for everybody else too. A document has one size only. */
  async execute(reader: FileReader | null, fileId: Id<'fil'>, size: PictureSize): Promise<OpenedFile> {
    const file = await this.store.find(fileId);
    const access = file && (await this.accessTo(reader, file));
    if (!access) throw new FileError('file_not_found', 'there is no such file');
    const { sha256, bytes } = storedAs(file, size);
    const content = await this.storage.get(storageKey(sha256, file.id));
    return { type: file.type, bytes, content, ...access };
  }

  private async accessTo(reader: FileReader | null, file: StoredFile): Promise<FileAccess | null> {
    const { state, objectType, objectId, communityId } = file;
    if (state !== 'stored' && state !== 'attached') return null;
    if (objectType === null || objectId === null || communityId === null || !this.readers.hasRule(objectType))
      return file.ownerId === reader?.personId ? { keepSeconds: 0 } : null;
    return this.readers.accessTo(reader, { objectType, objectId, communityId });
  }
}

/** A size that there is not of this file is its full one. */
function storedAs(file: StoredFile, size: PictureSize): { sha256: string; bytes: number } {
  const { mediumSha256, mediumBytes, smallSha256, smallBytes } = file;
  if (size === 'small' && smallSha256 !== null && smallBytes !== null)
    return { sha256: smallSha256, bytes: smallBytes };
  if (size === 'medium' && mediumSha256 !== null && mediumBytes !== null)
    return { sha256: mediumSha256, bytes: mediumBytes };
  return { sha256: file.sha256, bytes: file.bytes };
}
