import { TextDecoder } from 'node:util';
import { readTable, TableRefused, TableTooLarge, type TableFault } from '@hehuo/platform';
import {
  bankFault,
  headerFaults,
  linesAboveHeaderMax,
  readBankEntry,
  readBankHeader,
  statementBytesMax,
  statementFaultsMax,
  statementLinesMax,
  type BankEntry,
  type BankFault,
  type BankHeader,
} from '../domain/bank-statement.js';
import { PaymentError } from '../domain/errors.js';

export interface StatementFile {
  readonly lines: number;
  readonly incoming: readonly BankEntry[];
  /** How many lines take back what had come in. */
  readonly reversals: number;
}

const LIMITS = { bytesMax: 2 * statementBytesMax, rowsMax: statementLinesMax, faultsMax: statementFaultsMax };

/** Throws `bank_statement_refused` with up to 100 errors by line, and `bank_statement_too_large`. */
export async function readStatementFile(bytes: Buffer, now: Date): Promise<StatementFile> {
  const incoming: BankEntry[] = [];
  const [text, seen] = [textOf(bytes), new Map<string, number>()];
  let header: BankHeader = [];
  let [above, lines, reversals] = [0, 0, 0];
  const record = (cells: readonly string[], line: number): readonly BankFault[] => {
    lines += 1;
    const read = readBankEntry(header, line, cells, now);
    if (read.kind === 'reversal') reversals += 1;
    if (read.kind !== 'incoming') return read.kind === 'wrong' ? read.faults : [];
    const { serial } = read.entry;
    const twin = serial === null ? undefined : seen.get(serial);
    if (serial !== null) seen.set(serial, line);
    incoming.push(read.entry);
    return twin === undefined ? [] : [{ ...bankFault(line, 'serial', 'serial_twice'), twin }];
  };
  try {
    await readTable(text, LIMITS, {
      header: (cells, line) => {
        const found = readBankHeader(cells);
        above += 1;
        if (found) header = found;
        else return above <= linesAboveHeaderMax ? 'not_yet' : [noHeader()];
        return headerFaults(found, line);
      },
      record,
    });
  } catch (error) {
    if (error instanceof TableRefused) throw refused(header.length > 0 ? error.faults : [noHeader()]);
    if (error instanceof TableTooLarge) throw tooLarge();
    throw error;
  }
  return { lines, incoming, reversals };
}

export function refused(errors: readonly TableFault[]): PaymentError {
  return new PaymentError(
    'bank_statement_refused',
    'nothing was stored; correct the lines in "errors" and send it again',
    { errors },
  );
}

export function tooLarge(): PaymentError {
  return new PaymentError(
    'bank_statement_too_large',
    `a statement has at most ${statementBytesMax / 1024 / 1024} MiB and ${statementLinesMax} lines; split it by days`,
  );
}

function noHeader(): BankFault {
  return bankFault(1, null, 'no_header');
}

/** Banks export GBK; what is UTF-8 is hardly ever valid GBK by chance the other way round, so UTF-8 is tried first. */
function textOf(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw refused([bankFault(1, null, 'no_text')]);
}
