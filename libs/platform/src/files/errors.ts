import { DomainError } from '@hehuo/kernel';

export type FileErrorCode =
  | 'file_not_found'
  | 'file_type_refused'
  | 'file_damaged'
  | 'file_not_a_picture'
  | 'file_too_large'
  | 'file_not_usable'
  | 'files_too_many'
  | 'file_quota_reached'
  | 'files_busy'
  | 'files_not_set_up';

/**
 * Statuses: `file_not_found` 404, `file_too_large` 413, `file_type_refused` and
 * `file_not_a_picture` 415, `file_damaged`, `file_not_usable` and
 * `files_too_many` 422, `file_quota_reached` 429, `files_busy` and `files_not_set_up` 503.
 */
export class FileError extends DomainError<FileErrorCode> {}
