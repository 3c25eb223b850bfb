import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse, CsvError as ParserError, type Info } from 'csv-parse';

export type TableSource = AsyncIterable<Uint8Array | string> | string;

/** What can be wrong with any file, whatever stands in it. */
const FLAWS = {
  empty: 'the file is empty',
  not_utf8: 'the file is not UTF-8: save it as "CSV UTF-8"',
  unreadable: 'cannot be read: look at its quotation marks and commas',
} as const;
export type TableFlaw = keyof typeof FLAWS;

/** One thing that is wrong in a file. Lines count from 1. */
export interface TableFault {
  readonly line: number;
  readonly column: string | null;
  /** Which mistake it is, for words in other languages; rooms that have no such words name none. */
  readonly code?: string;
  readonly message: string;
}

export interface TableLimits {
  readonly bytesMax: number;
  readonly rowsMax: number;
  readonly faultsMax: number;
}

/** What a room makes of the lines; each answers with what is wrong. */
export interface TableReader {
  /** `not_yet`: this line stands above the header, and the next one is asked. */
  header(cells: readonly string[], line: number): readonly TableFault[] | 'not_yet';
  record(cells: readonly string[], line: number): readonly TableFault[];
}

/** Nothing of the file was taken; the faults say why, line by line. */
export class TableRefused extends Error {
  constructor(readonly faults: readonly TableFault[]) {
    super('the file cannot be taken');
    this.name = 'TableRefused';
  }
}

export class TableTooLarge extends Error {
  constructor(readonly limit: string) {
    super(limit);
    this.name = 'TableTooLarge';
  }
}

const recordCharactersMax = 4_000;

/**
 * Reads a CSV file in UTF-8 to its end, bounded in bytes, lines and faults. Throws {@link TableRefused} with all that is
 * wrong at once, and {@link TableTooLarge}.
 */
export async function readTable(
  source: TableSource,
  limits: TableLimits,
  reader: TableReader,
): Promise<void> {
  const faults: TableFault[] = [];
  let [rows, hasHeader] = [0, false];
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordCharactersMax,
  });
  // Destroys the parser with the error of the source; the loop below throws it.
  pipeline(Readable.from(decoded(source, limits.bytesMax)), parser, () => undefined);
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: Info; record: string[] }>) {
      if (!hasHeader) {
        const found = reader.header(record, info.lines);
        if (found === 'not_yet') continue;
        if (found.length > 0) throw new TableRefused(found);
        hasHeader = true;
        continue;
      }
      rows += 1;
      if (rows > limits.rowsMax) throw new TableTooLarge(`at most ${limits.rowsMax} lines`);
      faults.push(...reader.record(record, info.lines));
      if (faults.length >= limits.faultsMax) break;
    }
  } catch (error) {
    throw error instanceof ParserError ? new TableRefused([lineOf(error)]) : error;
  }
  if (!hasHeader) throw new TableRefused([faultAt(1, 'empty')]);
  if (faults.length > 0) throw new TableRefused(faults.slice(0, limits.faultsMax));
}

async function* decoded(source: TableSource, bytesMax: number): AsyncGenerator<string> {
  // A byte order mark is taken off; bytes that are no UTF-8 throw. Office programs like to write GB 18030.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let lines = 1;
  const chunks = typeof source === 'string' ? [Buffer.from(source)] : source;
  for await (const chunk of chunks) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += piece.length;
    if (bytes > bytesMax) throw new TableTooLarge(`at most ${bytesMax / 1024 / 1024} MiB`);
    const text = decode(decoder, piece, lines);
    lines += text.split('\n').length - 1;
    yield text;
  }
  const rest = decode(decoder, undefined, lines);
  if (rest !== '') yield rest;
}

function decode(decoder: TextDecoder, piece: Uint8Array | undefined, line: number): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    throw new TableRefused([faultAt(line, 'not_utf8')]);
  }
}

function lineOf(error: ParserError): TableFault {
  return faultAt(Number((error as unknown as { lines?: number }).lines ?? 1), 'unreadable');
}

function faultAt(line: number, code: TableFlaw): TableFault {
  return { line, column: null, code, message: FLAWS[code] };
}
