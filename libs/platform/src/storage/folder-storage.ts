import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Storage, StoredBytesMissing } from './storage.js';

/**
 * Bytes as files of one folder, for an installation on one machine or on a shared volume. What is being written stands
 * beside its place under another name and takes its name when it is on the disk, so nobody ever reads half a file; what
 * a kill left there goes with the next put or remove of the same key.
 */
export class FolderStorage extends Storage {
  constructor(private readonly folder: string) {
    super();
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const place = this.placeOf(key);
    await mkdir(dirname(place), { recursive: true, mode: 0o750 });
    const draft = draftOf(place);
    const file = await open(draft, 'w', 0o640);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, place);
    // The name lies in the folder: without this, power lost now would lose the name and keep the bytes.
    await syncFolder(dirname(place));
  }

  async get(key: string): Promise<Readable> {
    try {
      const file = await open(this.placeOf(key), 'r');
      return file.createReadStream();
    } catch (error) {
      throw isAbsent(error) ? new StoredBytesMissing(key) : error;
    }
  }

  async remove(key: string): Promise<void> {
    const place = this.placeOf(key);
    await Promise.all([rm(place, { force: true }), rm(draftOf(place), { force: true })]);
  }

  async exists(key: string): Promise<boolean> {
    try {
      await access(this.placeOf(key), constants.R_OK);
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  }

  // 256 folders keep each of them short.
  private placeOf(key: string): string {
    this.accept(key);
    return join(this.folder, key.slice(0, 2), key);
  }
}

function draftOf(place: string): string {
  return `${place}.draft`;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
