import { useLingui } from '@lingui/react/macro';
import { api } from '../../api/client';
import { yuan } from '../../lib/quantities';
import styles from './outcome.module.css';

const askAgainMs = 3_000;

/** How far the money is on its way back to everybody who paid; it moves while one looks. */
export function Refunds({ campaignId }: { readonly campaignId: string }) {
  const { t } = useLingui();
  const { data } = api.useQuery(
    'get',
    '/v1/campaigns/{id}/refunds',
    { params: { path: { id: campaignId } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some((item) => item.state !== 'done') ? askAgainMs : false,
    },
  );
  const items = data?.items ?? [];
  const of = (...states: string[]) => items.filter(({ state }) => states.includes(state));
  const count = (of: typeof items) => of.reduce((sum, { refunds }) => sum + refunds, 0);
  const sum = (of: typeof items) => of.reduce((all, { amount }) => all + BigInt(amount), 0n).toString();
  const [all, done, stuck] = [count(items), count(of('done')), count(of('needs_human'))];
  if (all === 0) return null;
  return (
    <div>
      <h3 className={styles.refunds}>{t`退款`}</h3>
      <progress className={styles.progress} aria-label={t`已退 ${done} / ${all} 笔`} value={done} max={all}>
        {done}
      </progress>
      <p>{t`已退 ${done} / ${all} 笔，¥${yuan(sum(of('done')))} / ¥${yuan(sum(items))}`}</p>
      {stuck > 0 && <p>{t`有 ${stuck} 笔没退成，社区工作人员在处理。`}</p>}
      {done < all && <p>{t`还在退，这里会自己更新。`}</p>}
    </div>
  );
}
