import { readTable, TableRefused, TableTooLarge, type TableSource } from '@hehuo/platform';
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

export type CsvSource = TableSource;

const LIMITS = { bytesMax: importBytesMax, rowsMax: importRowsMax, faultsMax: importErrorsMax };

/**
 * Reads a whole file, at most 4 MiB and 20,000 lines. Throws `import_too_large`, and `import_refused` with up to 100
 * errors by line: a file is taken whole or not at all.
 */
export async function readCsv(kind: ImportKind, source: CsvSource): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  let order: string[] = [];
  try {
    await readTable(source, LIMITS, {
      header: (cells) => {
        const header = readHeader(kind, cells);
        order = header.order;
        return header.errors;
      },
      record: (cells, line) => {
        const { record, errors } = readRecord(kind, order, line, cells);
        records.push(record);
        return errors;
      },
    });
  } catch (error) {
    if (error instanceof TableRefused) throw refused(error.faults);
    if (error instanceof TableTooLarge) throw tooLarge(error.limit);
    throw error;
  }
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

function tooLarge(limit: string): CommunityError {
  return new CommunityError('import_too_large', `a file has ${limit}; split it`);
}
