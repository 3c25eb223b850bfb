import { useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client';
import { Empty } from '../../ui/empty';
import { Select } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './funds.module.css';

interface CustodyChoiceProps {
  readonly communityId: string;
  readonly children: (accountId: string) => ReactNode;
}

/** What belongs to one custody account; whoever has several chooses one. */
export function CustodyChoice({ communityId, children }: CustodyChoiceProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState('');
  const { data, error, refetch } = api.useQuery('get', '/v1/communities/{id}/custody-accounts', {
    params: { path: { id: communityId } },
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={5} />;
  const account = data.items.find(({ id }) => id === chosen) ?? data.items[0];
  if (!account) return <Empty says={t`这个社区还没有托管账户。`} />;
  return (
    <>
      {data.items.length > 1 ? (
        <div className={styles.form}>
          <Select label={t`托管账户`} value={account.id} onChange={({ target }) => setChosen(target.value)}>
            {data.items.map(({ id, ownerName }) => (
              <option key={id} value={id}>
                {ownerName}
              </option>
            ))}
          </Select>
        </div>
      ) : (
        <p className={styles.note}>{t`托管账户：${account.ownerName}`}</p>
      )}
      {children(account.id)}
    </>
  );
}
