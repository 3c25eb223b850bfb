import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '../database/database.js';
import { FileError } from './errors.js';
import { filesPerObjectMax, type FileTarget, type StoredFile } from './file.js';
import { FileStore } from './file.store.js';

/** What other rooms do with uploads: tie them to an object of theirs, and show which it has. */
export class Files {
  constructor(
    private readonly store: FileStore,
    private readonly log: StateLog,
  ) {}

  /**
   * Ties uploads to an object, in the transaction that makes the object. Throws `files_too_many`, and `file_not_usable`
   * when one is unknown, somebody else's, or belongs to an object already; all of these look the same to the caller.
   */
  async attach(tx: Tx, fileIds: readonly Id<'fil'>[], target: FileTarget): Promise<void> {
    if (fileIds.length === 0) return;
    const wanted = [...new Set(fileIds)];
    if (wanted.length > filesPerObjectMax) {
      throw new FileError('files_too_many', `at most ${filesPerObjectMax} files belong to one object`);
    }
    const found = await this.store.lock(tx, wanted);
    const usable = found.filter(({ ownerId, state }) => ownerId === target.by && state === 'stored');
    if (usable.length !== wanted.length) {
      throw new FileError('file_not_usable', 'attach files that you uploaded and that belong to nothing yet');
    }
    if ((await this.store.attach(tx, wanted, target)) !== wanted.length)
      throw new Error('locked files moved: the lock does not hold');
    await this.log.append(
      tx,
      wanted.map((objectId) => ({
        ...{ objectType: 'stored_file', objectId, from: 'stored', to: 'attached', event: 'attach' },
        reason: `${target.objectType} ${target.objectId}`,
      })),
    );
  }

  /**
   * Makes these the files of an object that the caller holds locked: ties the new ones to it and lets go of those that
   * are not among them. Throws like {@link attach}.
   */
  async replace(tx: Tx, fileIds: readonly Id<'fil'>[], target: FileTarget): Promise<void> {
    const { objectType, objectId } = target;
    const current = await this.store.ofObjects(objectType, [objectId], sqlOf(tx));
    const kept = new Set(current.map(({ id }) => id));
    await this.letGo(
      tx,
      current.filter(({ id }) => !fileIds.includes(id)),
    );
    await this.attach(
      tx,
      fileIds.filter((id) => !kept.has(id)),
      target,
    );
  }

  /** Lets go of all files of the objects: nobody reads them any more, and the sweep removes their bytes. */
  async release(tx: Tx, objectType: string, objectIds: readonly string[]): Promise<void> {
    await this.letGo(tx, await this.store.ofObjects(objectType, objectIds, sqlOf(tx)));
  }

  private async letGo(tx: Tx, files: readonly StoredFile[]): Promise<void> {
    for (const file of files) {
      const { id: objectId, objectType, objectId: from } = file;
      if (!(await this.store.release(tx, file)))
        throw new Error('files of a locked object moved: the lock does not hold');
      const change = {
        objectType: 'stored_file',
        objectId,
        from: file.state,
        to: 'removing',
        event: 'release',
      };
      await this.log.append(tx, [{ ...change, reason: `${objectType} ${from}` }]);
    }
  }

  /** The files of each object, in the order in which they were uploaded. With `tx`, as that transaction sees them. */
  async of(objectType: string, objectIds: readonly string[], tx?: Tx): Promise<Map<string, StoredFile[]>> {
    const files = await this.store.ofObjects(objectType, objectIds, tx && sqlOf(tx));
    const lists = new Map<string, StoredFile[]>();
    for (const file of files) {
      const key = file.objectId ?? '';
      lists.set(key, [...(lists.get(key) ?? []), file]);
    }
    return lists;
  }
}
