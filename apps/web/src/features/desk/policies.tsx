import { useLingui } from '@lingui/react/macro';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { DataTable } from '../../ui/data-table';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskPage } from '../console';
import styles from './desk.module.css';

type Policy = Schemas['PolicyView'];
type Version = Schemas['PolicyVersionView'];

/** The rules of the community: what holds now, what held before, and a new version. */
export function PoliciesPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`社区的规矩`}
      lead={t`新的规矩只管以后发起的众筹，已经开始的照旧。`}
      roles={['community_staff']}
    >
      {({ communityId }) => <Policies communityId={communityId} />}
    </DeskPage>
  );
}

function Policies({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = api.useQuery('get', '/v1/communities/{id}/policies', {
    params: { path: { id: communityId } },
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={6} />;
  return (
    <>
      <section className={styles.card} aria-labelledby="now">
        <h2 id="now">{t`现在的规矩`}</h2>
        <Facts policy={data.current} />
        <ChangePolicy communityId={communityId} policy={data.current} />
      </section>
      <h2 className={styles.section}>{t`以前怎么定的`}</h2>
      <DataTable<Version>
        caption={t`以前怎么定的`}
        rows={data.items}
        keyOf={({ version }) => String(version)}
        columns={[
          { head: t`第几版`, cell: ({ version }) => version },
          { head: t`从哪天起`, cell: ({ effectiveFrom }) => date(effectiveFrom) },
          { head: t`为什么`, cell: ({ reason }) => reason },
          {
            head: t`多少户关注算数`,
            cell: ({ attentionShare: { numerator, denominator } }) => `${numerator}/${denominator}`,
          },
          { head: t`公示几天`, cell: ({ noticeDays }) => noticeDays, figures: true },
        ]}
      />
    </>
  );
}

function Facts({ policy }: { readonly policy: Policy }) {
  const { t } = useLingui();
  const { numerator, denominator } = policy.attentionShare;
  const facts: readonly (readonly [string, string])[] = [
    [t`多少户关注算数`, `${numerator}/${denominator}`],
    [t`公示几天`, t`${policy.noticeDays} 天`],
    [t`收款多少小时`, t`${policy.collectionHours} 小时`],
    [t`众筹最长多少天`, t`${policy.campaignDaysMax} 天`],
    [
      t`一个人最多出多少钱`,
      policy.moneyPerPersonMax === null ? t`不限` : `¥${yuan(policy.moneyPerPersonMax)}`,
    ],
    [t`一个工算多少分钟`, t`${policy.workdayMinutes} 分钟`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ChangePolicy({ communityId, policy }: { readonly communityId: string; readonly policy: Policy }) {
  const { t } = useLingui();
  const max = policy.moneyPerPersonMax;
  const number = (name: string, label: string, value: number) =>
    ({ name, label, kind: 'number', start: String(value) }) as const;
  return (
    <Act
      label={t`定新的规矩`}
      fields={[
        {
          name: 'numerator',
          label: t`多少户关注算数：分子`,
          kind: 'number',
          start: String(policy.attentionShare.numerator),
        },
        {
          name: 'denominator',
          label: t`多少户关注算数：分母`,
          kind: 'number',
          start: String(policy.attentionShare.denominator),
        },
        number('noticeDays', t`公示几天`, policy.noticeDays),
        number('collectionHours', t`收款多少小时`, policy.collectionHours),
        number('campaignDaysMax', t`众筹最长多少天`, policy.campaignDaysMax),
        {
          name: 'moneyPerPersonMax',
          label: t`一个人最多出多少钱`,
          hint: t`空着就是不限。`,
          kind: 'yuan',
          optional: true,
          start: max === null ? '' : yuan(max).replaceAll(',', ''),
        },
        number('workdayMinutes', t`一个工算多少分钟`, policy.workdayMinutes),
        {
          name: 'effectiveFrom',
          label: t`从什么时候起`,
          hint: t`空着就是马上。`,
          kind: 'moment',
          optional: true,
        },
        { name: 'reason', label: t`为什么改`, kind: 'text', hint: t`比如哪一次居民会定的。` },
      ]}
      run={(typed: Record<string, string>) =>
        must(
          http.POST('/v1/communities/{id}/policies', {
            params: { path: { id: communityId } },
            body: policyOf(policy.version, typed),
          }),
        )
      }
    />
  );
}

function policyOf(after: number, typed: Record<string, string>): Schemas['PolicyBody'] {
  const figure = (name: string) => Number(typed[name]);
  return {
    after,
    attentionShare: { numerator: figure('numerator'), denominator: figure('denominator') },
    noticeDays: figure('noticeDays'),
    collectionHours: figure('collectionHours'),
    campaignDaysMax: figure('campaignDaysMax'),
    workdayMinutes: figure('workdayMinutes'),
    moneyPerPersonMax: typed.moneyPerPersonMax || undefined,
    effectiveFrom: typed.effectiveFrom || undefined,
    reason: typed.reason ?? '',
  };
}
