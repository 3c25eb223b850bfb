import type { FactoryProvider } from '@nestjs/common';
import { Clock, StateLog, UnitOfWork } from '@hehuo/kernel';
import { Database } from '../database/database.js';
import { storageOf, type StoragePlace } from '../storage/storage-of.js';
import { Storage } from '../storage/storage.js';
import { FileReaders } from './file-readers.js';
import { FilesOfPerson } from './files-of-person.js';
import { FileStore } from './file.store.js';
import { Files } from './files.js';
import { ForgetFiles } from './forget-files.js';
import { ReadFile } from './read-file.js';
import { UploadFile } from './upload-file.js';

/** Stored files and where their bytes lie; without a place files are refused and everything else works. */
export function fileProviders(place: StoragePlace | undefined): FactoryProvider[] {
  return [
    { provide: Storage, useFactory: () => storageOf(place) },
    { provide: FileReaders, useFactory: () => new FileReaders() },
    { provide: FileStore, useFactory: (database: Database) => new FileStore(database), inject: [Database] },
    {
      provide: Files,
      useFactory: (store: FileStore, log: StateLog) => new Files(store, log),
      inject: [FileStore, StateLog],
    },
    {
      provide: FilesOfPerson,
      useFactory: (store: FileStore, log: StateLog) => new FilesOfPerson(store, log),
      inject: [FileStore, StateLog],
    },
    {
      provide: UploadFile,
      useFactory: (unitOfWork: UnitOfWork, store: FileStore, storage: Storage, log: StateLog, clock: Clock) =>
        new UploadFile({ unitOfWork, store, storage, log, clock }),
      inject: [UnitOfWork, FileStore, Storage, StateLog, Clock],
    },
    {
      provide: ReadFile,
      useFactory: (store: FileStore, storage: Storage, readers: FileReaders) =>
        new ReadFile(store, storage, readers),
      inject: [FileStore, Storage, FileReaders],
    },
    {
      provide: ForgetFiles,
      useFactory: (unitOfWork: UnitOfWork, store: FileStore, storage: Storage, log: StateLog) =>
        new ForgetFiles(unitOfWork, store, storage, log),
      inject: [UnitOfWork, FileStore, Storage, StateLog],
    },
  ];
}
