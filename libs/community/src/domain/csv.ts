/** The files that set a community up. One header line, UTF-8, one record a line. */
export const IMPORT_KINDS = ['regions', 'communities', 'estates', 'grids', 'households'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const importBytesMax = 4 * 1024 * 1024;
export const importRowsMax = 20_000;
export const importErrorsMax = 100;

interface Column {
  /** What a person may write into the header instead. */
  readonly zh: string;
  readonly charactersMax: number;
  readonly required: boolean;
  /** Names are joined by slashes into paths, so only what is no name may have one. */
  readonly slashes?: true;
}

const REGION = {
  city: { zh: '城市', charactersMax: 40, required: true },
  district: { zh: '区县', charactersMax: 40, required: false },
  street: { zh: '街道', charactersMax: 40, required: false },
} as const satisfies Record<string, Column>;

export const IMPORT_COLUMNS: Readonly<Record<ImportKind, Readonly<Record<string, Column>>>> = {
  regions: REGION,
  communities: {
    city: REGION.city,
    district: { ...REGION.district, required: true },
    street: { ...REGION.street, required: true },
    community: { zh: '社区', charactersMax: 40, required: true },
    household_count: { zh: '户数', charactersMax: 7, required: true },
    time_zone: { zh: '时区', charactersMax: 40, required: false, slashes: true },
    phone: { zh: '电话', charactersMax: 40, required: false, slashes: true },
  },
  estates: { estate: { zh: '院落', charactersMax: 60, required: true } },
  grids: {
    general_grid: { zh: '一般网格', charactersMax: 60, required: true },
    micro_grid: { zh: '微网格', charactersMax: 60, required: false },
  },
  households: {
    estate: { zh: '院落', charactersMax: 60, required: true },
    door: { zh: '门牌', charactersMax: 60, required: true },
    micro_grid: { zh: '微网格', charactersMax: 60, required: false },
  },
};

/** One thing that is wrong in a file. Lines count from 1, the header is line 1. */
export interface CsvError {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

export interface CsvRecord {
  readonly line: number;
  /** Every column of the kind; an empty text where the file has none. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Which column stands where. Either language; unknown, missing and double columns are errors of line 1. */
export function readHeader(
  kind: ImportKind,
  header: readonly string[],
): { order: string[]; errors: CsvError[] } {
  const columns = IMPORT_COLUMNS[kind];
  const byName = new Map(
    Object.entries(columns).flatMap(([name, { zh }]) => [[name, name] as const, [zh, name] as const]),
  );
  const order: string[] = [];
  const errors: CsvError[] = [];
  for (const text of header) {
    const name = byName.get(text.trim().toLowerCase());
    if (name === undefined)
      errors.push({ line: 1, column: text.slice(0, 40), message: 'is not a column of this file' });
    else if (order.includes(name))
      errors.push({ line: 1, column: name, message: 'stands in the header twice' });
    order.push(name ?? '');
  }
  for (const [name, { required }] of Object.entries(columns)) {
    if (required && !order.includes(name))
      errors.push({ line: 1, column: name, message: 'is missing in the header' });
  }
  return { order, errors };
}

/** Reads one line under its header. */
export function readRecord(
  kind: ImportKind,
  order: readonly string[],
  line: number,
  fields: readonly string[],
): { record: CsvRecord; errors: CsvError[] } {
  const cells: Record<string, string> = Object.fromEntries(
    Object.keys(IMPORT_COLUMNS[kind]).map((name) => [name, '']),
  );
  const errors: CsvError[] = [];
  if (fields.length !== order.length) {
    errors.push({
      line,
      column: null,
      message: `has ${fields.length} cells, the header has ${order.length}`,
    });
  }
  for (const [at, name] of order.entries()) {
    const column = IMPORT_COLUMNS[kind][name];
    if (!column) continue;
    const text = plainCell(fields[at] ?? '');
    cells[name] = text;
    const message = faultOf(text, column);
    if (message !== null) errors.push({ line, column: name, message });
  }
  return { record: { line, cells }, errors };
}

function faultOf(text: string, { required, charactersMax, slashes }: Column): string | null {
  if (text === '') return required ? 'is empty' : null;
  if ([...text].length > charactersMax) return `is longer than ${charactersMax} characters`;
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(text)) return 'has invisible or control characters';
  if (!slashes && text.includes('/')) return 'has a slash';
  return null;
}

function plainCell(text: string): string {
  const plain = text.normalize('NFKC').trim();
  // What an export put before a formula's sign comes off again.
  return /^'[=+\-@]/.test(plain) ? plain.slice(1) : plain;
}

/**
 * One line of a CSV file. A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
 * injection), and everything is quoted that could be read in another way.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
