import { defineMachine, type Id } from '@hehuo/kernel';

/** What an upload is for. It says nothing about who may read it; that comes with the object it is attached to. */
export const FILE_PURPOSES = ['receipt', 'voucher', 'answer', 'photo'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

export type FileType = 'image/jpeg' | 'application/pdf';

export type FileState = 'arriving' | 'stored' | 'attached' | 'removing' | 'removed';
export type FileEvent = 'keep' | 'attach' | 'release' | 'expire' | 'remove';

/**
 * `arriving`: the row is written and the bytes may or may not be there. `stored`: they are. `removing`: nobody can use
 * it any more and its bytes may still be there. A file that is attached stays until its object lets go of it.
 */
export const FILE_MACHINE = defineMachine<FileState, FileEvent>('stored file', 'arriving', {
  arriving: { keep: 'stored', expire: 'removing' },
  stored: { attach: 'attached', expire: 'removing' },
  attached: { release: 'removing' },
  removing: { remove: 'removed' },
  removed: {},
});

export interface StoredFile {
  readonly id: Id<'fil'>;
  readonly ownerId: Id<'per'>;
  /** Null until it is attached. */
  readonly communityId: Id<'com'> | null;
  readonly purpose: FilePurpose;
  readonly type: FileType;
  /** Of the bytes as they are stored, in hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Of the picture for a page; null for a document and for what was uploaded before there was this size. */
  readonly mediumSha256: string | null;
  readonly mediumBytes: number | null;
  /** Of the picture for lists; null for a document. */
  readonly smallSha256: string | null;
  readonly smallBytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: FileState;
  readonly version: number;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly createdAt: Date;
}

/** The object that files belong to. `by` is who attaches them: they must be the uploader. */
export interface FileTarget {
  /** At most 30 characters of a stable word, such as `offline_receipt`. */
  readonly objectType: string;
  readonly objectId: string;
  readonly communityId: Id<'com'>;
  readonly by: Id<'per'>;
}

/** Files of one object at most. */
export const filesPerObjectMax = 10;
/** An upload that is attached to nothing goes after this long. */
export const unattachedHours = 24;
/** What one person may upload within any 24 hours. */
export const filesPerDayMax = 100;
export const bytesPerDayMax = 200 * 1024 * 1024;
