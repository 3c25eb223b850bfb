import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { Trouble } from '../ui/trouble';
import { Waiting } from '../ui/waiting';

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** An answer of the client: the data, or the problem that it was refused with. */
interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
}

interface PagedProps<Page extends PageOf<unknown>> {
  readonly queryKey: QueryKey;
  readonly read: (cursor: { cursor?: string }) => Promise<Answer<Page>>;
  readonly empty: ReactNode;
  readonly children: (items: readonly Page['items'][number][], first: Page) => ReactNode;
}

/** A list that comes page by page, with its four states: on its way, broken, empty, and there. */
export function Paged<Page extends PageOf<unknown>>({ queryKey, read, empty, children }: PagedProps<Page>) {
  const { t } = useLingui();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam }) => {
      const { data, error } = await read(pageParam ? { cursor: pageParam } : {});
      if (data === undefined) throw error;
      return data;
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const [first] = list.data?.pages ?? [];
  if (list.isPending) return <Waiting lines={5} />;
  if (!first) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.length === 0 && empty}
      {children(items as readonly Page['items'][number][], first)}
      {list.hasNextPage && (
        <Button look="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t`再看一些`}
        </Button>
      )}
    </>
  );
}
