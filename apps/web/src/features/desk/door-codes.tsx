import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Button, ButtonLink } from '../../ui/button';
import { Check } from '../../ui/field';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskPage } from '../console';
import styles from './desk.module.css';
import { EstateChoice, useHouseholds } from './households';

type Code = Schemas['DoorCodeItem'];

/** Notices for the doors: whoever lives behind one joins by its code. */
export function DoorCodesPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`印门口通知`}
      lead={t`每户一张，上面的号码只有这一户用得上。`}
      roles={['community_staff']}
    >
      {({ communityId }) => <DoorCodes communityId={communityId} />}
    </DeskPage>
  );
}

function DoorCodes({ communityId }: { readonly communityId: string }) {
  const [codes, setCodes] = useState<readonly Code[]>([]);
  if (codes.length > 0) return <Notices communityId={communityId} codes={codes} />;
  return <ChooseDoors communityId={communityId} onIssued={setCodes} />;
}

interface ChooseDoorsProps {
  readonly communityId: string;
  readonly onIssued: (codes: readonly Code[]) => void;
}

function ChooseDoors({ communityId, onIssued }: ChooseDoorsProps) {
  const { t } = useLingui();
  const [estateId, setEstateId] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { data, error, isPending, refetch } = useHouseholds(communityId, estateId);
  const doors = data?.items ?? [];
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <EstateChoice
        communityId={communityId}
        value={estateId}
        onChange={(id) => {
          setEstateId(id);
          setChosen([]);
        }}
      />
      <div className={styles.acts}>
        <Button onClick={() => setChosen(doors.map(({ id }) => id))}>{t`全选`}</Button>
        <Act
          label={t`给 ${chosen.length} 户发号码`}
          look="main"
          fields={[
            { name: 'uses', label: t`一个号码能用几次`, kind: 'number', start: '4' },
            { name: 'days', label: t`多少天有效`, kind: 'number', start: '30' },
          ]}
          run={async ({ uses, days }) => {
            const { items } = await must(
              http.POST('/v1/communities/{id}/door-codes', {
                params: { path: { id: communityId } },
                body: { householdIds: [...chosen], uses: Number(uses), days: Number(days) },
              }),
            );
            onIssued(items);
          }}
        />
      </div>
      {isPending && <Waiting lines={5} />}
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {data && doors.length === 0 && <Empty says={t`这里还没有住户。先导入户表。`} />}
      <ul className={styles.doors}>
        {doors.map(({ id, estateName, door, members }) => (
          <li key={id}>
            <Check
              label={t`${estateName} ${door}（${members} 人已认证）`}
              checked={chosen.includes(id)}
              onChange={() => toggle(id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The codes are shown here once; nobody can read them again. */
function Notices({ communityId, codes }: { readonly communityId: string; readonly codes: readonly Code[] }) {
  const { t } = useLingui();
  const community = api.useQuery('get', '/v1/communities/{id}', { params: { path: { id: communityId } } });
  return (
    <>
      <div className={styles.acts}>
        <Button look="main" onClick={() => window.print()}>{t`打印`}</Button>
        <ButtonLink to="/console/residents">{t`回到居民`}</ButtonLink>
      </div>
      <p className={styles.screenOnly}>{t`离开这一页，号码就再也看不到了。`}</p>
      {codes.map(({ householdId, estateName, door, code }) => (
        <section key={householdId} className={styles.notice}>
          <h2>{community.data?.name}</h2>
          <p>{t`${estateName} ${door} 的邻居，您好：`}</p>
          <p>{t`打开“合伙”，在“我的”里点“居民认证”，填上这个号码，就能和邻居一起办事。`}</p>
          <p className={`num ${styles.code}`}>{code}</p>
          {community.data?.phone && (
            <p>{t`不会用手机，请打社区电话 ${community.data.phone}，或者到社区来办。`}</p>
          )}
        </section>
      ))}
    </>
  );
}
