import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Digits stand under digits, at the right. */
  readonly figures?: boolean;
}

interface DataTableProps<Row> {
  /** What is in it; read aloud only. */
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  /** What can be done with a row; below its card on a phone. */
  readonly acts?: (row: Row) => ReactNode;
  readonly actsHead?: string;
}

/** Rows side by side on a desk, one card below the other on a phone. */
export function DataTable<Row>({ caption, rows, keyOf, columns, acts, actsHead }: DataTableProps<Row>) {
  return (
    <table className={styles.table}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, figures }) => (
            <th key={head} scope="col" className={figures ? styles.figures : undefined}>
              {head}
            </th>
          ))}
          {acts && <th scope="col">{actsHead}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, at) => (
              <Cell key={column.head} column={column} row={row} first={at === 0} />
            ))}
            {acts && (
              <td className={styles.acts}>
                <div>{acts(row)}</div>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly first: boolean;
}

function Cell<Row>({ column, row, first }: CellProps<Row>) {
  const look = column.figures ? styles.figures : undefined;
  if (first) {
    return <th scope="row">{column.cell(row)}</th>;
  }
  return (
    <td className={look} data-head={column.head}>
      <span>{column.cell(row)}</span>
    </td>
  );
}
