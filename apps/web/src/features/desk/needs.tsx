import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { Act, DeskList } from '../console';
import styles from './desk.module.css';

type Need = Schemas['NeedItem'];

export function Needs({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  return (
    <section aria-labelledby="needs">
      <h2 id="needs" className={styles.section}>{t`邻居说缺什么`}</h2>
      <DeskList<Need>
        caption={t`邻居说缺什么`}
        path="/v1/communities/{id}/needs"
        of={{ id: communityId }}
        query={{ state: 'open' }}
        empty={t`还没有人说缺什么。`}
        keyOf={({ id }) => id}
        columns={[
          { head: t`缺什么`, cell: ({ title }) => title },
          { head: t`在哪里`, cell: ({ placeText }) => placeText },
          { head: t`我家也缺`, cell: ({ echoes }) => echoes, figures: true },
          { head: t`日期`, cell: ({ createdAt }) => date(createdAt) },
        ]}
        acts={({ id }) => (
          <Act
            label={t`关掉`}
            lead={t`已经解决了，或者不合适留在这里。`}
            fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
            run={(body) => must(http.POST('/v1/needs/{id}/close', { params: { path: { id } }, body }))}
          />
        )}
        actsHead={t`办理`}
      />
    </section>
  );
}
