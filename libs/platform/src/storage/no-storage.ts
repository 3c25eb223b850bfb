import { FileError } from '../files/errors.js';
import { Storage } from './storage.js';

/** An installation that named no place for files. Everything else works; files are refused with the reason. */
export class NoStorage extends Storage {
  override assertReady(): void {
    throw notSetUp();
  }

  /** Without a place there is nothing to be wrong with it. */
  override async probe(): Promise<void> {}

  put(): Promise<never> {
    return refused();
  }

  get(): Promise<never> {
    return refused();
  }

  remove(): Promise<never> {
    return refused();
  }

  exists(): Promise<never> {
    return refused();
  }
}

function refused(): Promise<never> {
  return Promise.reject(notSetUp());
}

function notSetUp(): FileError {
  return new FileError(
    'files_not_set_up',
    'this installation keeps no files; its operator sets STORAGE_FOLDER or STORAGE_S3_URL',
  );
}
