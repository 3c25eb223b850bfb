import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse, CsvError as ParserError, type Info } from 'csv-parse';
import {
  importBytesMax,
  importErrorsMax,
  importRowsMax,
  readHeader,
  readRecord,
  type CsvError,
  type CsvRecord,
  type ImportKind,
} from '../domain/csv.js';
import { CommunityError } from '../domain/errors.js';

export type CsvSource = AsyncIterable<Uint8Array | string> | string;

const recordCharactersMax = 4_000;

/**
 * Reads a whole file, at most 4 MiB and 20,000 lines. Throws `import_too_large`, and `import_refused` with up to 100
 * errors by line: a file is taken whole or not at all.
 */
export async function readCsv(kind: ImportKind, source: CsvSource): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  const errors: CsvError[] = [];
  let order: string[] | undefined;
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordCharactersMax,
  });
  // Destroys the parser with the error of the source; the loop below throws it.
  pipeline(Readable.from(decoded(source)), parser, () => undefined);
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: Info; record: string[] }>) {
      if (order === undefined) {
        const header = readHeader(kind, record);
        if (header.errors.length > 0) throw refused(header.errors);
        order = header.order;
        continue;
      }
      if (records.length >= importRowsMax) throw tooLarge(`at most ${importRowsMax} lines`);
      const one = readRecord(kind, order, info.lines, record);
      records.push(one.record);
      errors.push(...one.errors);
      if (errors.length >= importErrorsMax) break;
    }
  } catch (error) {
    throw error instanceof ParserError ? refused([lineOf(error)]) : error;
  }
  if (order === undefined) throw refused([{ line: 1, column: null, message: 'the file is empty' }]);
  if (errors.length > 0) throw refused(errors);
  return records;
}

export function refused(errors: readonly CsvError[]): CommunityError {
  return new CommunityError(
    'import_refused',
    'nothing was stored; correct the lines in "errors" and send it again',
    {
      errors: errors.slice(0, importErrorsMax),
    },
  );
}

async function* decoded(source: CsvSource): AsyncGenerator<string> {
  // A byte order mark is taken off; bytes that are no UTF-8 throw. Office programs like to write GB 18030.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let lines = 1;
  const chunks = typeof source === 'string' ? [Buffer.from(source)] : source;
  for await (const chunk of chunks) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += piece.length;
    if (bytes > importBytesMax) throw tooLarge(`at most ${importBytesMax / 1024 / 1024} MiB`);
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
    throw refused([{ line, column: null, message: 'the file is not UTF-8: save it as "CSV UTF-8"' }]);
  }
}

function lineOf(error: ParserError): CsvError {
  const line = Number((error as unknown as { lines?: number }).lines ?? 1);
  return { line, column: null, message: 'cannot be read: look at its quotation marks and commas' };
}

function tooLarge(limit: string): CommunityError {
  return new CommunityError('import_too_large', `a file has ${limit}; split it`);
}
