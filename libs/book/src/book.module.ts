import { Module, type DynamicModule } from '@nestjs/common';
import { CampaignModule } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IdentityModule, PersonalDataSources } from '@hehuo/identity';
import { LedgerModule } from '@hehuo/ledger';
import { ChallengeStore } from './store/challenge.store.js';
import { CharityReceiptStore } from './store/charity-receipt.store.js';
import { HeadStore } from './store/head.store.js';
import { KeyStore } from './store/key.store.js';
import { LineStore } from './store/line.store.js';
import { MessageStore } from './store/message.store.js';
import { StatementStore } from './store/statement.store.js';
import { ReceiptPrinter } from './paper/receipt-printer.js';
import { AnswerFiles } from './use-cases/answer-files.js';
import { BookData } from './use-cases/book-data.js';
import { BookPlaces } from './use-cases/book-places.js';
import { ChallengeLine } from './use-cases/challenge-line.js';
import { EndChallenge } from './use-cases/end-challenge.js';
import { EnterCharityReceipt } from './use-cases/enter-charity-receipt.js';
import { DueStatements, FreezeMonth, SealMonth } from './use-cases/freeze-month.js';
import { HideMessage } from './use-cases/hide-message.js';
import { MonthLines } from './use-cases/month-lines.js';
import { Officers } from './use-cases/officers.js';
import { PublicLines } from './use-cases/public-lines.js';
import { RaiseOverdue } from './use-cases/raise-overdue.js';
import { ReadBook } from './use-cases/read-book.js';
import { ReadChallenges } from './use-cases/read-challenges.js';
import { PaymentFacts, ReadPayerReceipt } from './use-cases/read-payer-receipt.js';
import { ReadStatements } from './use-cases/read-statements.js';
import { Speak } from './use-cases/speak.js';
import { StatementKeys } from './use-cases/statement-keys.js';
import { Threads } from './use-cases/threads.js';
import { Trail } from './use-cases/trail.js';
import { VerifyStatements } from './use-cases/verify-statements.js';
import { WriteBook } from './use-cases/write-book.js';

export interface BookOptions {
  /** PKCS8 of the Ed25519 key in base64; null makes one of its own and keeps it sealed. */
  readonly statementKey: string | null;
  /** The module that exports payment's use cases. */
  readonly payment: DynamicModule;
}

const stores = [
  ChallengeStore,
  CharityReceiptStore,
  HeadStore,
  KeyStore,
  LineStore,
  MessageStore,
  StatementStore,
];
const parts = [
  AnswerFiles,
  BookData,
  BookPlaces,
  MonthLines,
  Officers,
  PaymentFacts,
  PublicLines,
  SealMonth,
  Threads,
  Trail,
];
const useCases = [
  ...[ChallengeLine, DueStatements, EndChallenge, EnterCharityReceipt, FreezeMonth, HideMessage],
  ...[RaiseOverdue, ReadBook, ReadChallenges, ReadPayerReceipt, ReadStatements, Speak],
  ...[VerifyStatements, WriteBook],
];

@Module({})
export class BookModule {
  constructor(sources: PersonalDataSources, data: BookData) {
    sources.register(data);
  }

  static with({ statementKey, payment }: BookOptions): DynamicModule {
    const keys = {
      provide: StatementKeys,
      useFactory: (store: KeyStore) => new StatementKeys(store, statementKey),
      inject: [KeyStore],
    };
    return {
      module: BookModule,
      imports: [LedgerModule, IdentityModule, CommunityModule, CampaignModule, payment],
      providers: [...stores, ...parts, keys, ReceiptPrinter, ...useCases],
      exports: [StatementKeys, ReceiptPrinter, ...useCases],
    };
  }
}
