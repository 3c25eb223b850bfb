import type { Id, Tx } from '@hehuo/kernel';
import type { CsvError, CsvRecord } from '../../domain/csv.js';

export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface ImportTask {
  readonly records: readonly CsvRecord[];
  /** The community that estates, grids and households belong to; null for regions and communities. */
  readonly communityId: Id<'com'> | null;
}

/** Writes one kind of file. Running the same file again changes nothing. Errors stop the whole import. */
export interface Importer {
  apply(tx: Tx, task: ImportTask): Promise<ImportCounts | readonly CsvError[]>;
}

/** Marks a record whose key stands in the file twice. */
export function repeatsOf(records: readonly CsvRecord[], keyOf: (record: CsvRecord) => string): CsvError[] {
  const firstLine = new Map<string, number>();
  return records.flatMap((record) => {
    const key = keyOf(record);
    const earlier = firstLine.get(key);
    firstLine.set(key, earlier ?? record.line);
    return earlier === undefined
      ? []
      : [{ line: record.line, column: null, message: `is the same as line ${earlier}` }];
  });
}
