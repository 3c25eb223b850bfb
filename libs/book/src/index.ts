export { BookModule, type BookOptions } from './book.module.js';
export {
  CHALLENGE_MACHINE,
  type Challenge,
  type ChallengeEvent,
  type ChallengeState,
  type Speaker,
} from './domain/challenge.js';
export { BookError, type BookErrorCode } from './domain/errors.js';
export * as BOOK_LIMITS from './domain/limits.js';
export { held, type BookCode, type Flow, type Line } from './domain/line.js';
export { freezeDays, momentIn } from './domain/month.js';
export type { CharityReceipt, PayerReceipt, ReceiptLanguage } from './domain/payer-receipt.js';
export { canonicalStatement, type CampaignFigures, type Statement } from './domain/statement.js';
export { METHOD_WORDS, reasonWords, type BookWords } from './domain/words.js';
export { ReceiptPrinter } from './paper/receipt-printer.js';
export type { Head } from './store/head.store.js';
export { BOOK_INVARIANTS } from './store/invariants.js';
export type { PublicKey } from './store/key.store.js';
export type { Book } from './store/line.store.js';
export { BOOK_ROWS } from './store/rows.js';
export { ChallengeLine, type ChallengeLineInput } from './use-cases/challenge-line.js';
export { EndChallenge } from './use-cases/end-challenge.js';
export { EnterCharityReceipt, type EnterCharityReceiptInput } from './use-cases/enter-charity-receipt.js';
export { DueStatements, FreezeMonth } from './use-cases/freeze-month.js';
export { HideMessage, type HideMessageInput } from './use-cases/hide-message.js';
export type { Payer, PublicLine } from './use-cases/public-lines.js';
export { RaiseOverdue } from './use-cases/raise-overdue.js';
export { ReadBook, type BookExport, type BookPage } from './use-cases/read-book.js';
export {
  ReadChallenges,
  type NamedChallenge,
  type NamedMessage,
  type Thread,
} from './use-cases/read-challenges.js';
export { ReadPayerReceipt } from './use-cases/read-payer-receipt.js';
export { ReadStatements, type StatementView } from './use-cases/read-statements.js';
export { Speak, type AnswerInput, type SpeakInput } from './use-cases/speak.js';
export { isSigned, StatementKeys } from './use-cases/statement-keys.js';
export { VerifyStatements, type StatementFault, type Verdict } from './use-cases/verify-statements.js';
export { WriteBook } from './use-cases/write-book.js';
