import Table from 'cli-table3';

export type Cell = string | number | bigint | null;

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Longer texts are wrapped at this width. */
  readonly widthMax?: number;
}

/** A plain table without colours, so that it reads the same in a terminal, a log and a test. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const widths = columns.map(({ widthMax }) => (widthMax === undefined ? null : widthMax));
  const made = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    ...(widths.some((width) => width !== null) ? { colWidths: fitted(columns, rows), wordWrap: true } : {}),
    style: { head: [], border: [], compact: true },
  });
  made.push(...rows.map((row) => row.map(shown)));
  return made.toString();
}

/** RFC 4180: CRLF between lines, quotes only where they are needed. */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => row.map((cell) => quoted(shown(cell))).join(',')).join('\r\n');
}

function shown(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

// A spreadsheet would run a text that begins like a formula; numbers with a sign stay numbers.
function quoted(text: string): string {
  const safe = /^[=+@\t\r-]/.test(text) && !/^-?[0-9.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const paddingColumns = 2;

function fitted(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map(({ title, widthMax }, at) => {
    const longest = Math.max(width(title), ...rows.map((row) => width(shown(row[at] ?? null))));
    return Math.min(longest, widthMax ?? Infinity) + paddingColumns;
  });
}

/** Chinese characters take two columns. */
function width(text: string): number {
  return Math.max(
    ...text.split('\n').map((line) => [...line].reduce((sum, one) => sum + (one > '\u1100' ? 2 : 1), 0)),
  );
}
