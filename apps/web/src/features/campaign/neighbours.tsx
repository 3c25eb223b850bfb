import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { http } from '../../api/client';
import { day } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { Trouble } from '../../ui/trouble';
import type { CampaignPage } from './campaign-page';
import styles from './neighbours.module.css';

/** Who lit a window: as masked as they wish. */
export function Neighbours({ campaign }: { readonly campaign: CampaignPage }) {
  const { t, i18n } = useLingui();
  const pledges = useInfiniteQuery({
    queryKey: ['get', '/v1/campaigns/{id}/pledges', campaign.id],
    queryFn: async ({ pageParam }) => {
      const query = pageParam ? { limit: 12, cursor: pageParam } : { limit: 12 };
      const { data, error } = await http.GET('/v1/campaigns/{id}/pledges', {
        params: { path: { id: campaign.id }, query },
      });
      if (error) throw error;
      return data;
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = pledges.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="neighbours">
      <h2 id="neighbours">{t`亮灯的邻居`}</h2>
      {pledges.error && <Trouble error={pledges.error} retry={() => void pledges.refetch()} />}
      {pledges.data && items.length === 0 && <Empty says={t`第一盏灯等您来亮。`} />}
      <ul className={styles.list}>
        {items.map((pledge) => {
          const ask = campaign.asks.find(({ id }) => id === pledge.askId);
          return (
            <li key={pledge.id}>
              <Seal kind={kindOf(pledge.kind)} small />
              <span>{pledge.name ?? t`匿名邻居`}</span>
              <span className={styles.what}>
                {ask ? `${i18n._(KIND[kindOf(pledge.kind)].name)} ${amount(ask, pledge.quantity)}` : ''}
                {pledge.onBehalf && ` · ${t`社区代办`}`}
              </span>
              <time dateTime={pledge.createdAt}>{day(pledge.createdAt)}</time>
            </li>
          );
        })}
      </ul>
      {pledges.hasNextPage && (
        <Button look="quiet" busy={pledges.isFetchingNextPage} onClick={() => void pledges.fetchNextPage()}>
          {t`再看一些`}
        </Button>
      )}
    </section>
  );
}
