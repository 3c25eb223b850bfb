import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey, readAtMost, sqlOf } from '@hehuo/platform';
import { bankFault, statementBytesMax, type BankEntry } from '../domain/bank-statement.js';
import type { CustodyAccount } from '../domain/custody.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { BankLineStore, type NewBankLine } from '../store/bank-line.store.js';
import { BankStatementStore, type BankStatement } from '../store/bank-statement.store.js';
import { again, Moved } from './again.js';
import { readStatementFile, refused, tooLarge, type StatementFile } from './read-statement-file.js';
import { ReadCustody } from './read-custody.js';
import { Trail } from './trail.js';

export interface ImportBankStatementInput {
  readonly actor: Officer;
  readonly accountId: Id<'cus'>;
  readonly source: AsyncIterable<Uint8Array>;
}

interface KeyedEntry {
  readonly entry: BankEntry;
  readonly key: string;
}

/**
 * Reads a file that the bank gave for an account: whole or not at all, each line once however often and in whatever file
 * it comes. What came in is kept; what went out is counted and forgotten. Nothing is booked.
 */
@Injectable()
export class ImportBankStatement {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly custody: ReadCustody,
    private readonly statements: BankStatementStore,
    private readonly lines: BankLineStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `custody_account_not_found`, `payment_forbidden`, `bank_statement_refused` or `bank_statement_too_large`. */
  async execute({ actor, accountId, source }: ImportBankStatementInput): Promise<BankStatement> {
    const account = (await this.custody.byId(accountId))?.account;
    if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
    requireOneOf(actor, ['community_staff'], account.communityId);
    const bytes = await readAtMost(source, statementBytesMax, tooLarge);
    const fileSha256 = createHash('sha256').update(bytes).digest('hex');
    const known = await this.statements.find(accountId, fileSha256);
    if (known) return known;
    const file = await readStatementFile(bytes, this.clock.now());
    const wanted = { account, by: actor.personId, fileSha256, file, entries: this.keyed(file.incoming) };
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.store(tx, wanted));
      } catch (error) {
        // The same file or the same lines at once: the second finds what the first wrote.
        if (isDuplicateKey(error, 'bank_statement_once') || isDuplicateKey(error, 'bank_line_once'))
          throw new Moved();
        throw error;
      }
    });
  }

  private async store(
    tx: Tx,
    wanted: {
      readonly account: CustodyAccount;
      readonly by: Id<'per'>;
      readonly fileSha256: string;
      readonly file: StatementFile;
      readonly entries: readonly KeyedEntry[];
    },
  ): Promise<BankStatement> {
    const { account, by, fileSha256, file, entries } = wanted;
    const there = await this.statements.find(account.id, fileSha256, sqlOf(tx));
    if (there) return there;
    const known = await this.lines.known(
      tx,
      account.id,
      entries.map(({ key }) => key),
    );
    assertSameSums(entries, known);
    const fresh = entries.filter(({ key }) => !known.has(key));
    const id = newId('bks', this.clock.now().getTime());
    const of = { statementId: id, custodyAccountId: account.id, communityId: account.communityId };
    await this.statements.insert(tx, {
      ...{ id, custodyAccountId: account.id, communityId: account.communityId, fileSha256, importedBy: by },
      ...{ lines: file.lines, reversals: file.reversals, incoming: entries.length, created: fresh.length },
      known: entries.length - fresh.length,
    });
    await this.keep(
      tx,
      fresh.map(({ entry, key }) => this.lineOf(of, entry, key)),
    );
    const statement = await this.statements.find(account.id, fileSha256, sqlOf(tx));
    if (!statement) throw new Moved();
    return statement;
  }

  private async keep(tx: Tx, lines: readonly NewBankLine[]): Promise<void> {
    await this.lines.insert(tx, lines);
    await this.trail.leave(
      tx,
      lines.map(({ id }) => ({
        ...{ objectType: 'bank_line', objectId: id, from: null, to: 'unmatched', event: 'import' },
      })),
    );
  }

  private lineOf(
    of: Pick<NewBankLine, 'statementId' | 'custodyAccountId' | 'communityId'>,
    { serial, occurredAt, amount, payer, remark }: BankEntry,
    key: string,
  ): NewBankLine {
    const id = newId('bkl', this.clock.now().getTime());
    return { ...of, id, key, serial, occurredAt, amount, payer, remark };
  }

  // Two transfers without a number may be equal in everything, so the second of a file is another line than the first.
  private keyed(entries: readonly BankEntry[]): KeyedEntry[] {
    const seen = new Map<string, number>();
    return entries.map((entry) => {
      const { serial, occurredAt, amount, payer, remark } = entry;
      if (serial !== null) return { entry, key: `s:${serial}` };
      const print = this.lines.fingerprint([occurredAt.toISOString(), amount, payer, remark].join('|'));
      const nth = (seen.get(print) ?? 0) + 1;
      seen.set(print, nth);
      return { entry, key: `h:${print}:${nth}` };
    });
  }
}

/** A number of the bank's that came before with another sum is a mistake of the file, and not a line to pass over. */
function assertSameSums(entries: readonly KeyedEntry[], known: ReadonlyMap<string, bigint>): void {
  const errors = entries
    .filter(({ entry, key }) => known.has(key) && known.get(key) !== entry.amount)
    .map(({ entry }) => bankFault(entry.line, 'serial', 'serial_other_sum'));
  if (errors.length > 0) throw refused(errors);
}
