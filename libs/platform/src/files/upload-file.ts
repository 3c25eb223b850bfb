import { createHash } from 'node:crypto';
import { Clock, newId, StateLog, UnitOfWork, type Id } from '@hehuo/kernel';
import { Storage, storageKey } from '../storage/storage.js';
import { FileError } from './errors.js';
import {
  bytesPerDayMax,
  FILE_MACHINE,
  filesPerDayMax,
  type FilePurpose,
  type FileType,
  type StoredFile,
} from './file.js';
import { FileStore, type NewFile } from './file.store.js';
import { Gate } from './gate.js';
import { kindOfBytes } from './kind-of-bytes.js';
import { drawAnew } from './picture.js';
import { readAtMost } from './read-at-most.js';

export const uploadBytesMax = 8 * 1024 * 1024;
export const documentBytesMax = 4 * 1024 * 1024;
/** Whole uploads in memory of one process at once, and of one person among them. */
const uploadsAtOnceMax = 12;
const uploadsOfPersonMax = 2;
const drawingsAtOnce = 2;

export interface UploadInput {
  readonly by: Id<'per'>;
  readonly purpose: FilePurpose;
  /** Read to its end here, and no further than the limit. */
  readonly source: AsyncIterable<Uint8Array>;
}

interface Content {
  readonly type: FileType;
  readonly bytes: Buffer;
  readonly medium: Buffer | null;
  readonly small: Buffer | null;
  readonly width: number | null;
  readonly height: number | null;
}

export interface UploadParts {
  readonly unitOfWork: UnitOfWork;
  readonly store: FileStore;
  readonly storage: Storage;
  readonly log: StateLog;
  readonly clock: Clock;
}

/**
 * Takes a photo or a document as a proof. The row is committed before the bytes are put, so bytes without a row cannot
 * be left behind, and the row says `stored` only when they are safe.
 */
export class UploadFile {
  private readonly drawing = new Gate(drawingsAtOnce, uploadsAtOnceMax);
  private readonly uploading = new Map<Id<'per'>, number>();

  constructor(private readonly parts: UploadParts) {}

  /** Throws what a {@link FileError} can say about an upload. */
  async execute(input: UploadInput): Promise<StoredFile> {
    this.parts.storage.assertReady();
    this.enter(input.by);
    try {
      await this.assertQuota(input.by);
      const content = await this.contentOf(
        input.purpose,
        await readAtMost(input.source, uploadBytesMax, tooMuch),
      );
      return await this.keep(input, content);
    } finally {
      this.leave(input.by);
    }
  }

  private enter(by: Id<'per'>): void {
    const own = this.uploading.get(by) ?? 0;
    const all = [...this.uploading.values()].reduce((sum, n) => sum + n, 0);
    if (own >= uploadsOfPersonMax || all >= uploadsAtOnceMax) {
      throw new FileError('files_busy', 'other files are coming in; send it again in a moment', {
        retryAfterSeconds: 5,
      });
    }
    this.uploading.set(by, own + 1);
  }

  private leave(by: Id<'per'>): void {
    const left = (this.uploading.get(by) ?? 1) - 1;
    if (left > 0) this.uploading.set(by, left);
    else this.uploading.delete(by);
  }

  private async assertQuota(by: Id<'per'>): Promise<void> {
    const { files, bytes } = await this.parts.store.lastDay(by);
    if (files < filesPerDayMax && bytes < bytesPerDayMax) return;
    throw new FileError(
      'file_quota_reached',
      `one person uploads at most ${filesPerDayMax} files and ${bytesPerDayMax / 1024 / 1024} MiB within 24 hours`,
      { retryAfterSeconds: 3_600 },
    );
  }

  private async contentOf(purpose: FilePurpose, bytes: Buffer): Promise<Content> {
    const kind = kindOfBytes(bytes);
    if (kind !== 'pdf') {
      const picture = await this.drawing.run(() => drawAnew(bytes));
      return { ...picture, type: 'image/jpeg' };
    }
    if (purpose === 'photo') throw notAPicture();
    if (bytes.length > documentBytesMax) {
      throw new FileError('file_too_large', `a PDF has at most ${documentBytesMax / 1024 / 1024} MiB`);
    }
    return { type: 'application/pdf', bytes, medium: null, small: null, width: null, height: null };
  }

  private async keep({ by, purpose }: UploadInput, content: Content): Promise<StoredFile> {
    const { unitOfWork, store, storage, log, clock } = this.parts;
    const { type, bytes, medium, small, width, height } = content;
    const id = newId('fil', clock.now().getTime());
    const file: NewFile = {
      ...{ id, ownerId: by, purpose, type, width, height },
      ...{ sha256: hashOf(bytes), bytes: bytes.length },
      ...{ mediumSha256: medium && hashOf(medium), mediumBytes: medium && medium.length },
      ...{ smallSha256: small && hashOf(small), smallBytes: small && small.length },
    };
    const change = { objectType: 'stored_file', objectId: id };
    await unitOfWork.run(async (tx) => {
      await store.insert(tx, file);
      await log.append(tx, [{ ...change, from: null, to: 'arriving', event: 'upload' }]);
    });
    await storage.put(storageKey(file.sha256, id), bytes);
    if (medium && file.mediumSha256) await storage.put(storageKey(file.mediumSha256, id), medium);
    if (small && file.smallSha256) await storage.put(storageKey(file.smallSha256, id), small);
    const to = FILE_MACHINE.next('arriving', 'keep');
    await unitOfWork.run(async (tx) => {
      if (!(await store.step(tx, { id, state: 'arriving', version: 0 }, to)))
        throw new FileError('files_busy', 'this upload took too long; send it again');
      await log.append(tx, [{ ...change, from: 'arriving', to, event: 'keep' }]);
    });
    const stored = await store.find(id);
    if (!stored) throw new Error(`file ${id} was stored and is not there`);
    return stored;
  }
}

/** Where only pictures are shown, a document is none. */
export function notAPicture(): FileError {
  return new FileError('file_not_a_picture', 'only photos are shown here; send a JPEG, PNG or WebP');
}

function tooMuch(): FileError {
  return new FileError('file_too_large', `a file has at most ${uploadBytesMax / 1024 / 1024} MiB`);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
