import { yuanToFen } from '@hehuo/kernel';

export const statementBytesMax = 1024 * 1024;
export const statementLinesMax = 5_000;
export const statementFaultsMax = 100;
/** Banks put the account and the period above the header. */
export const linesAboveHeaderMax = 20;

const payerCharactersMax = 60;
const remarkCharactersMax = 200;
/** China has one time, and a bank's file does not name it. */
const bankZone = '+08:00';

export type BankColumn = 'date' | 'income' | 'expense' | 'payer' | 'remark' | 'serial';

/**
 * What a column may be called, in the banks' words and in ours; units in brackets are left away. Other columns are
 * passed over. Several columns of remarks are read as one text.
 */
export const BANK_COLUMNS: Readonly<Record<BankColumn, readonly string[]>> = {
  date: ['日期', '交易日期', '交易时间', '记账日期', 'date'],
  income: ['收入', '收入金额', '贷方发生额', '贷方金额', 'income', 'credit'],
  expense: ['支出', '支出金额', '借方发生额', '借方金额', 'expense', 'debit'],
  payer: ['对方户名', '对方账户名称', '对方名称', 'payer', 'counterparty'],
  remark: ['摘要', '附言', '用途', '备注', '交易摘要', 'remark', 'memo', 'summary'],
  serial: ['流水号', '交易流水号', '银行流水号', 'serial'],
};

const NAMES = new Map<string, BankColumn>(
  Object.entries(BANK_COLUMNS).flatMap(([column, names]) =>
    names.map((name) => [name, column as BankColumn] as const),
  ),
);

/** What can be wrong in the file of a bank. */
const FLAWS = {
  no_text: 'the file is neither UTF-8 nor GBK text',
  no_header: 'no line names the columns: 日期 and 收入, or date and income',
  column_twice: 'stands in the header twice',
  day_ahead: 'is still to come; a bank tells what has happened',
  day_invalid: 'is no day such as 2026-11-25 or 2026/11/25 09:30',
  sum_invalid: 'is no sum in yuan such as 1,234.50',
  both_ways: 'stands beside an expense; a line is one of both',
  serial_twice: 'stands in another line too, which "twin" names',
  serial_other_sum: 'came in an earlier file with another sum',
} as const;
export type BankFlaw = keyof typeof FLAWS;

export interface BankFault {
  readonly line: number;
  readonly column: BankColumn | null;
  readonly code: BankFlaw;
  readonly message: string;
  /** The earlier line that has the same number. */
  readonly twin?: number;
}

export function bankFault(line: number, column: BankColumn | null, code: BankFlaw): BankFault {
  return { line, column, code, message: FLAWS[code] };
}

/** One line of money that came in. */
export interface BankEntry {
  readonly line: number;
  readonly serial: string | null;
  readonly occurredAt: Date;
  /** Fen. */
  readonly amount: bigint;
  readonly payer: string;
  readonly remark: string;
}

export type BankHeader = readonly (BankColumn | null)[];

/** The columns of a header; null for a line that is none, because it names no day or no income. */
export function readBankHeader(cells: readonly string[]): BankHeader | null {
  const header = cells.map((cell) => NAMES.get(headerName(cell)) ?? null);
  return header.includes('date') && header.includes('income') ? header : null;
}

/** Columns that stand there twice, so that nobody knows which one counts; remarks may. */
export function headerFaults(header: BankHeader, line: number): BankFault[] {
  const doubled = header.filter(
    (column, at) => column !== null && column !== 'remark' && header.indexOf(column) !== at,
  );
  return doubled.map((column) => bankFault(line, column, 'column_twice'));
}

export type ReadEntry =
  | { readonly kind: 'incoming'; readonly entry: BankEntry }
  /** Money that went out, or a sum of nothing: not for the matcher. */
  | { readonly kind: 'other' }
  /** The bank took something back that had come in: a person must look what it cancels. */
  | { readonly kind: 'reversal' }
  | { readonly kind: 'wrong'; readonly faults: readonly BankFault[] };

/** One line under its header. The day without an hour counts from its beginning: doubt goes to the payer. */
export function readBankEntry(
  header: BankHeader,
  line: number,
  fields: readonly string[],
  now: Date,
): ReadEntry {
  const cell = (column: BankColumn): string =>
    header
      .map((name, at) => (name === column ? plain(fields[at] ?? '') : ''))
      .filter((text) => text !== '')
      .join(' ');
  if (fields.every((field) => plain(field) === '')) return { kind: 'other' };
  const faults: BankFault[] = [];
  const occurredAt = instantOf(cell('date'));
  if (!occurredAt) faults.push(bankFault(line, 'date', 'day_invalid'));
  else if (occurredAt.getTime() > now.getTime() + dayMs) faults.push(bankFault(line, 'date', 'day_ahead'));
  const income = sumOf(cell('income'));
  const expense = sumOf(cell('expense'));
  if (income === null) faults.push(bankFault(line, 'income', 'sum_invalid'));
  if (expense === null) faults.push(bankFault(line, 'expense', 'sum_invalid'));
  if (income !== null && income > 0n && expense !== null && expense > 0n)
    faults.push(bankFault(line, 'income', 'both_ways'));
  if (faults.length > 0 || !occurredAt || income === null) return { kind: 'wrong', faults };
  if (income < 0n) return { kind: 'reversal' };
  if (income === 0n) return { kind: 'other' };
  const serial = cell('serial');
  const entry = {
    ...{ line, occurredAt, amount: income, serial: isSerial(serial) ? serial : null },
    payer: cut(cell('payer').replace(/\s+/g, ''), payerCharactersMax),
    remark: cut(cell('remark'), remarkCharactersMax),
  };
  return { kind: 'incoming', entry };
}

function headerName(cell: string): string {
  return plain(cell)
    .replace(/[(（[【].*$/u, '')
    .trim()
    .toLowerCase();
}

// Banks keep long numbers from being rounded by a tab, an apostrophe or `="…"` around them.
function plain(cell: string): string {
  const text = cell
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim();
  const quoted = /^="(.*)"$/.exec(text)?.[1];
  return (quoted ?? text).replace(/^'/, '').trim();
}

function isSerial(text: string): boolean {
  return /^[A-Za-z0-9_./-]{4,60}$/.test(text);
}

/** Fen; below zero for a reversal, null for what is no sum. An empty cell and a dash are zero. */
function sumOf(text: string): bigint | null {
  const grouped = text.replace(/[¥￥\s]/g, '').replace(/元$/, '');
  if (grouped === '' || /^-+$/.test(grouped)) return 0n;
  // A comma that does not part thousands may be meant as a decimal point: reading over it would make ten or a hundred times the sum.
  if (grouped.includes(',') && !THOUSANDS.test(grouped)) return null;
  const digits = grouped.replace(/,/g, '');
  const isBack = digits.startsWith('-');
  const fen = yuanToFen(digits.replace(/^[+-]/, ''));
  return fen === null ? null : isBack ? -fen : fen;
}

/** Banks and we may be in other time zones, and clocks differ. */
const dayMs = 86_400_000;
const THOUSANDS = /^[+-]?\d{1,3}(,\d{3})+(\.\d{1,2})?$/;

const DAY = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const PACKED = /^(\d{4})(\d{2})(\d{2})(?: *(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;

function instantOf(text: string): Date | null {
  const parts = PACKED.exec(text) ?? DAY.exec(text);
  if (!parts) return null;
  const [year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] = parts.slice(1);
  const two = (part: string): string => part.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const at = new Date(`${date}T${two(hour)}:${two(minute)}:${two(second)}${bankZone}`);
  if (Number.isNaN(at.getTime())) return null;
  // The 30th of February would silently be the 2nd of March.
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return local === date ? at : null;
}

function cut(text: string, charactersMax: number): string {
  return [...text].slice(0, charactersMax).join('');
}
