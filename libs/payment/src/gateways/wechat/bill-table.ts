/** One line of a bill: its cells by the names of their columns. */
export type BillRow = (column: string) => string;

export interface BillTable {
  readonly rows: readonly BillRow[];
  /** The line of sums at the end, by the names of its columns. */
  readonly summary: BillRow;
}

export class UnreadableBill extends Error {
  override readonly name = 'UnreadableBill';
}

/**
 * Reads a bill of WeChat Pay: a line of names, lines of cells that each start with a backtick, a second line of names
 * that starts with `summaryStart`, and one line of sums. Nothing is quoted, so `freeText`, which holds whatever a merchant
 * wrote, may hold the separator too: columns before it are counted from the left, columns after it from the right.
 * Throws UnreadableBill for anything else.
 */
export function tableOf(text: string, freeText: string, summaryStart: string): BillTable {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const names = namesOf(lines[0] ?? '');
  const end = lines.findIndex((line, index) => index > 0 && namesOf(line)[0] === summaryStart);
  const sums = lines[end + 1];
  if (end < 1 || sums === undefined || lines.length !== end + 2) {
    throw new UnreadableBill('the bill does not end with its sums');
  }
  const free = names.indexOf(freeText);
  if (free < 0) throw new UnreadableBill(`the bill has no column ${freeText}`);
  return {
    rows: lines.slice(1, end).map((line) => rowOf(names, cellsOf(line), free)),
    summary: rowOf(namesOf(lines[end] ?? ''), cellsOf(sums), Number.MAX_SAFE_INTEGER),
  };
}

function namesOf(line: string): readonly string[] {
  return line.split(',').map((name) => name.replaceAll('`', '').trim());
}

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('`')) throw new UnreadableBill('a line of the bill does not start with a backtick');
  return line.slice(1).split(',`');
}

function rowOf(names: readonly string[], cells: readonly string[], free: number): BillRow {
  if (cells.length < names.length) throw new UnreadableBill('a line of the bill is too short');
  return (column) => {
    const index = names.indexOf(column);
    const cell = index <= free ? cells[index] : cells[cells.length - (names.length - index)];
    if (index < 0 || cell === undefined) throw new UnreadableBill(`the bill has no column ${column}`);
    return cell.trim();
  };
}
