export { listenRefusal, refuseUnfitServices } from './boot.js';
export { Installation } from './config/installation.js';
export { loadConfig, Setting, settingsOf, ConfigError, type SettingDoc } from './config/setting.js';
export { ApiConfig, MigrateConfig, OpsConfig, WorkerConfig } from './config/schemas.js';
export { connectDatabase, flavourOf, type ConnectOptions } from './database/connect.js';
export { Database, Sql, SqlTx, sqlOf, type Changed, type SqlValue } from './database/database.js';
export {
  isCheckViolation,
  isCommitLost,
  isDatabaseAway,
  isDuplicateKey,
  isRetryable,
  sqlStateOf,
} from './database/errors.js';
export { APPEND_ONLY_TABLES, migrate, type MigrateResult } from './database/migrate.js';
export { probeDatabase } from './database/probe.js';
export { insideTransaction, TypeOrmUnitOfWork } from './database/unit-of-work.js';
export { PLATFORM_ROWS } from './database/rows.js';
export { logSelected, SqlStateLog, type SelectedChanges } from './database/state-log.js';
export { loggedStateInvariant, StateLogReader, type StateLogEntry } from './database/state-log-reader.js';
export { type Invariant, type InvariantBreach, checkInvariants } from './database/invariants.js';
export {
  IdempotencyKeyReused,
  IdempotencyStore,
  type IdempotentRequest,
  type Once,
} from './idempotency/idempotency.store.js';
export {
  JOBS,
  PUBLIC_TOPICS,
  QUEUES,
  stalledTimesMax,
  TOPICS,
  type JobName,
  type QueueName,
  type Topic,
} from './messaging/catalogue.js';
export { Leases } from './messaging/leases.js';
export { Loop, type LoopOptions } from './messaging/loop.js';
export { OutboxReader, SqlOutbox, type OutboxMessage } from './messaging/outbox.js';
export { Hints, type HintData } from './messaging/queues.js';
export { producerConnection, workerConnection } from './messaging/redis.js';
export { Relay } from './messaging/relay.js';
export {
  Announcer,
  isAnnouncementId,
  isEarlier,
  keptAnnouncements,
  readAnnouncements,
  type Announcement,
} from './messaging/stream.js';
export { currentContext, runInContext, type WorkContext } from './observability/context.js';
export { createLogger, type Logger } from './observability/logger.js';
export { SystemClock } from './observability/system-clock.js';
export {
  readTable,
  TableRefused,
  TableTooLarge,
  type TableFault,
  type TableFlaw,
  type TableReader,
  type TableSource,
} from './csv/read-table.js';
export { documentFont } from './documents/document-font.js';
export { readAtMost } from './files/read-at-most.js';
export { FileError, type FileErrorCode } from './files/errors.js';
export {
  bytesPerDayMax,
  FILE_MACHINE,
  FILE_PURPOSES,
  filesPerDayMax,
  filesPerObjectMax,
  unattachedHours,
  type FilePurpose,
  type FileState,
  type FileTarget,
  type FileType,
  type StoredFile,
} from './files/file.js';
export {
  FileReaders,
  type AttachedTo,
  type FileReader,
  type IsPublic,
  type MayRead,
} from './files/file-readers.js';
export { PICTURE_SIDES, sizesOfPicture, type PictureSize } from './files/picture.js';
export { Files } from './files/files.js';
export { FilesOfPerson } from './files/files-of-person.js';
export { ForgetFiles } from './files/forget-files.js';
export { FILE_INVARIANTS } from './files/invariants.js';
export { ReadFile, type OpenedFile } from './files/read-file.js';
export {
  documentBytesMax,
  notAPicture,
  uploadBytesMax,
  UploadFile,
  type UploadInput,
} from './files/upload-file.js';
export { S3Storage, type S3Bucket } from './storage/s3-storage.js';
export { placeOf, type StoragePlace } from './storage/storage-of.js';
export { FolderStorage } from './storage/folder-storage.js';
export { Storage, storageKey, StoredBytesMissing } from './storage/storage.js';
export { FieldCipher } from './secrets/field-cipher.js';
export { PlatformModule, type PlatformOptions } from './platform.module.js';
