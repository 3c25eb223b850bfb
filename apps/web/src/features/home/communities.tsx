import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { chooseCommunity, useCommunityId } from '../../app/community';
import { Page } from '../../app/page';
import { Empty } from '../../ui/empty';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './communities.module.css';

export function CommunitiesPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const chosen = useCommunityId();
  const [name, setName] = useState('');
  const query = { ...(name.trim() ? { name: name.trim() } : {}), limit: 50 };
  const { data, error, isPending, refetch } = api.useQuery('get', '/v1/communities', { params: { query } });
  const enter = (id: string) => {
    chooseCommunity(id);
    void navigate({ to: '/' });
  };
  return (
    <Page title={t`您住在哪个社区？`} lead={t`选了以后，这台手机会记住。`}>
      <Input
        label={t`社区名字`}
        type="search"
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {isPending && <Waiting lines={5} />}
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty says={t`没找到「${name}」。`} />}
      <ul className={styles.list}>
        {data?.items.map((community) => (
          <li key={community.id}>
            <button type="button" aria-pressed={community.id === chosen} onClick={() => enter(community.id)}>
              <b>{community.name}</b>
              <span>{community.path.split('/').slice(0, -1).join(' · ')}</span>
              <span>{plural(community.householdCount, { one: '# 户', other: '# 户' })}</span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}
