import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { insideTransaction } from '../database/unit-of-work.js';

/** SHA-256 of the bytes in hex, a dash, and the 26 characters of the id of the row that owns them. */
const KEY = /^[0-9a-f]{64}-[0-9a-hjkmnp-tv-z]{26}$/;

const PROBE = Buffer.from('may this process write here?');
/** No row has this id, so nothing of anybody lies there. */
const PROBE_KEY = `${createHash('sha256').update(PROBE).digest('hex')}-${'0'.repeat(26)}`;

/** A row says that there are bytes, and there are none: lost, or another place than the one they were put into. */
export class StoredBytesMissing extends Error {
  constructor(key: string) {
    super(
      `no bytes are stored under ${key}; is STORAGE_FOLDER or STORAGE_S3_URL the place of this installation?`,
    );
    this.name = 'StoredBytesMissing';
  }
}

/**
 * Bytes under keys, outside of the database. A key is made from the bytes and the id of the row that owns them, never
 * from what somebody sent, so a put may be repeated, two rows never share bytes, and nothing is ever overwritten with
 * something else. Like every effect outside, it is called between transactions and never in one.
 */
export abstract class Storage {
  /** Resolves when the bytes are safe: they survive the loss of power from here on. Doing it again changes nothing. */
  abstract put(key: string, bytes: Uint8Array): Promise<void>;
  /** Throws {@link StoredBytesMissing} before any byte is sent. */
  abstract get(key: string): Promise<Readable>;
  /** Also when there is nothing: to remove is to make sure that it is gone. */
  abstract remove(key: string): Promise<void>;
  abstract exists(key: string): Promise<boolean>;

  /** Throws `files_not_set_up` where nothing can be put, so that it is known before anything is written. */
  assertReady(): void {}

  /** Throws what a first upload would: a place that cannot be written to is known before anybody sends a photo. */
  async probe(): Promise<void> {
    await this.put(PROBE_KEY, PROBE);
    await this.remove(PROBE_KEY);
  }

  /** Throws for a key of another form and inside a transaction; every adapter calls it first. */
  protected accept(key: string): void {
    if (!KEY.test(key)) throw new Error('a key of stored bytes is a content hash with the id of its row');
    if (insideTransaction()) throw new Error('stored bytes are put, read and removed outside transactions');
  }
}

/** The key of bytes whose hash is `sha256` and whose row is `rowId`. */
export function storageKey(sha256: string, rowId: string): string {
  return `${sha256}-${rowId.slice(rowId.indexOf('_') + 1)}`;
}
