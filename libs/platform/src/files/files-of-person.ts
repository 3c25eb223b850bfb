import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { FILE_MACHINE, type StoredFile } from './file.js';
import { FileStore } from './file.store.js';

/** The uploads of one person, for export and for leaving. */
export class FilesOfPerson {
  constructor(
    private readonly store: FileStore,
    private readonly log: StateLog,
  ) {}

  /** Everything whose bytes are still there, the oldest first. */
  list(personId: Id<'per'>): Promise<StoredFile[]> {
    return this.store.ofOwner(personId);
  }

  /**
   * Lets go of what is tied to nothing: nobody can read or attach it any more, and the sweep removes its bytes. A file that
   * proves something, as the slip of a receipt does, stays as long as its object, and its owner is an opaque id.
   */
  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    for (const file of await this.store.lockOfOwner(tx, personId)) {
      if (!FILE_MACHINE.can(file.state, 'expire')) continue;
      const to = FILE_MACHINE.next(file.state, 'expire');
      if (!(await this.store.step(tx, file, to)))
        throw new Error('a locked file moved: the lock does not hold');
      await this.log.append(tx, [
        { objectType: 'stored_file', objectId: file.id, from: file.state, to, event: 'expire' },
      ]);
    }
  }
}
