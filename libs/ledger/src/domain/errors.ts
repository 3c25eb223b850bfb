import { DomainError } from '@hehuo/kernel';

export type LedgerErrorCode =
  'ledger_transfer_invalid' | 'ledger_transfer_conflict' | 'ledger_insufficient' | 'ledger_already_resolved';

export class LedgerError extends DomainError<LedgerErrorCode> {}
