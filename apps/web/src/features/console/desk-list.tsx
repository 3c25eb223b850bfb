import type { ReactNode } from 'react';
import { http } from '../../api/client';
import { Paged, type PageOf } from '../../app/paged';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';

interface DeskListProps<Row> {
  readonly caption: string;
  readonly path: string;
  readonly of?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly empty: string;
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly acts?: (row: Row) => ReactNode;
  readonly actsHead?: string;
}

/** A list of the api as a table: page by page, with its four states. */
export function DeskList<Row>({ path, of, query, empty, ...table }: DeskListProps<Row>) {
  return (
    <Paged<PageOf<Row>>
      queryKey={['get', path, { path: of, query }, 'pages']}
      read={(cursor) => readAnswer<PageOf<Row>>(path, of, { ...query, ...cursor })}
      empty={<Empty says={empty} />}
    >
      {(rows) => rows.length > 0 && <DataTable rows={rows} {...table} />}
    </Paged>
  );
}

/** A list is told its path as text, which the types of the document cannot follow: this is the one place that believes the caller. */
export function readAnswer<Answer>(
  path: string,
  of: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): Promise<{ data?: Answer; error?: unknown }> {
  return http.GET(path as never, { params: { path: of, query } } as never) as never;
}
