import { DomainError } from '@hehuo/kernel';

export type BookErrorCode =
  | 'book_not_found'
  | 'book_line_not_found'
  | 'challenge_not_found'
  | 'challenge_open_already'
  | 'challenge_over'
  | 'challenge_full'
  | 'challenge_limit'
  | 'challenge_forbidden'
  | 'message_not_found'
  | 'message_hidden'
  | 'book_members_only'
  | 'book_text_invalid'
  | 'book_changed_meanwhile'
  | 'statement_not_found'
  | 'payer_receipt_not_found'
  | 'payer_receipt_not_paid'
  | 'charity_receipt_invalid';

/**
 * Suggested statuses: `*_not_found` 404, `*_forbidden` and `book_members_only` 403, `challenge_limit` 429, `*_invalid` 422,
 * the rest 409.
 */
export class BookError extends DomainError<BookErrorCode> {}
