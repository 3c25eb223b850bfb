import { StateLog, UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '../database/database.js';
import { Storage, storageKey } from '../storage/storage.js';
import { FILE_MACHINE, type FileEvent, type StoredFile } from './file.js';
import { FileStore } from './file.store.js';

/**
 * Removes uploads that were attached to nothing in time, and those that their object let go of: first the row says so, so that nobody can attach it any more,
 * then the bytes go, then the row says that they are gone. Killed anywhere, the next round ends it.
 */
export class ForgetFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: FileStore,
    private readonly storage: Storage,
    private readonly log: StateLog,
  ) {}

  due(limit: number): Promise<Id<'fil'>[]> {
    return this.store.dueToGo(limit);
  }

  /** False when it was attached meanwhile, or its time is not over. */
  async execute(fileId: Id<'fil'>): Promise<boolean> {
    const file = await this.store.find(fileId);
    if (!file || file.state === 'removed') return false;
    const removing = file.state === 'removing' ? file : await this.step(file, 'expire');
    if (!removing) return false;
    for (const sha256 of [file.sha256, file.mediumSha256, file.smallSha256])
      if (sha256 !== null) await this.storage.remove(storageKey(sha256, file.id));
    return (await this.step(removing, 'remove')) !== null;
  }

  private step(file: StoredFile, event: FileEvent): Promise<StoredFile | null> {
    return this.unitOfWork.run(async (tx) => {
      const current = await this.store.find(file.id, sqlOf(tx));
      if (!current || !FILE_MACHINE.can(current.state, event)) return null;
      if (event === 'expire' && !(await this.store.isLeftOver(tx, file.id))) return null;
      const to = FILE_MACHINE.next(current.state, event);
      if (!(await this.store.step(tx, current, to))) return null;
      const change = { objectType: 'stored_file', objectId: file.id, from: current.state, to, event };
      await this.log.append(tx, [change]);
      return { ...current, state: to, version: current.version + 1 };
    });
  }
}
