import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { Act, DeskList, DeskPage, Filter, type Desk } from '../console';
import { Facts } from './facts';
import styles from './funds.module.css';
import { Standing } from './standing';

type Grant = Schemas['RoleGrantItem'];

/** Who may do what. A role over money that one admin proposes counts when another one has confirmed it. */
export function GrantsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Grant['state']>('active');
  return (
    <DeskPage
      title={t`岗位`}
      lead={t`资金审批人管钱，一位管理员提名，另一位确认才算数。`}
      roles={['platform_admin', 'auditor']}
    >
      {(desk) => (
        <>
          {desk.is('platform_admin') && (
            <div className={styles.acts}>
              <GrantRole communityId={desk.communityId} />
              <EnrolStaff />
            </div>
          )}
          <Filter
            label={t`哪一些`}
            value={state}
            onChange={setState}
            options={[
              ['active', t`在岗`],
              ['proposed', t`等确认`],
              ['withdrawn', t`收回了`],
            ]}
          />
          <Grants state={state} desk={desk} />
        </>
      )}
    </DeskPage>
  );
}

function useRoleWords(): Record<Grant['role'], string> {
  const { t } = useLingui();
  return {
    community_staff: t`社区工作人员`,
    fund_approver: t`资金审批人`,
    auditor: t`审计员`,
    platform_admin: t`平台管理员`,
  };
}

function Grants({ state, desk }: { readonly state: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const roles = useRoleWords();
  return (
    <DeskList<Grant>
      caption={t`岗位`}
      path="/v1/role-grants"
      query={{ state }}
      empty={state === 'proposed' ? t`没有等着确认的岗位。` : t`这里没有岗位。`}
      keyOf={({ id }) => id}
      columns={[
        { head: t`谁`, cell: ({ maskedName, personId }) => `${maskedName} ${personId}` },
        { head: t`岗位`, cell: ({ role }) => roles[role] },
        { head: t`在哪里`, cell: ({ communityId }) => <Where communityId={communityId} /> },
        { head: t`日期`, cell: ({ createdAt, endedAt }) => date(endedAt ?? createdAt) },
        { head: t`状态`, cell: (row) => <Standing of="grant" state={row.state} /> },
      ]}
      acts={(grant) => desk.is('platform_admin') && <GrantActs grant={grant} desk={desk} />}
      actsHead={t`办理`}
    />
  );
}

function Where({ communityId }: { readonly communityId: string | null }) {
  const { t } = useLingui();
  const { data } = api.useQuery(
    'get',
    '/v1/communities/{id}',
    { params: { path: { id: communityId ?? '' } } },
    { enabled: communityId !== null },
  );
  return communityId === null ? t`整个平台` : (data?.name ?? communityId);
}

function GrantActs({ grant, desk }: { readonly grant: Grant; readonly desk: Desk }) {
  const { t } = useLingui();
  const roles = useRoleWords();
  const params = { path: { id: grant.id } };
  const role = roles[grant.role];
  if (grant.state === 'withdrawn') return null;
  return (
    <>
      {grant.state === 'proposed' && grant.grantedBy === desk.me.id && t`您提名的，等另一位管理员确认`}
      {grant.state === 'proposed' && grant.grantedBy !== desk.me.id && (
        <Act
          label={t`确认岗位`}
          look="main"
          lead={t`${grant.maskedName} 以后就是${role}。`}
          run={() => must(http.POST('/v1/role-grants/{id}/confirm', { params }))}
        />
      )}
      <Act
        label={grant.state === 'proposed' ? t`不要这个提名` : t`收回岗位`}
        look="danger"
        lead={t`${grant.maskedName} 的岗位“${role}”马上不算数了。`}
        run={() => must(http.DELETE('/v1/role-grants/{id}', { params }))}
      />
    </>
  );
}

const personField = (label: string, hint: string) => ({ name: 'personId', label, hint }) as const;

function GrantRole({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const roles = useRoleWords();
  return (
    <Act
      label={t`给人岗位`}
      look="main"
      fields={[
        personField(t`谁`, t`人的编号，per_ 开头。`),
        {
          name: 'role',
          label: t`岗位`,
          kind: 'choice',
          options: Object.entries(roles),
        },
        {
          name: 'where',
          label: t`在哪里`,
          kind: 'choice',
          options: [
            ['here', t`只在现在这个社区`],
            ['everywhere', t`整个平台`],
          ],
        },
      ]}
      run={({ personId, role, where }) =>
        must(
          http.POST('/v1/role-grants', {
            body: {
              personId,
              role: role as Grant['role'],
              communityId: where === 'here' ? communityId : undefined,
            },
          }),
        )
      }
    />
  );
}

function EnrolStaff() {
  const { t } = useLingui();
  return (
    <Act
      label={t`开工作账号`}
      lead={t`他原来的登录都会退出；以前的工作账号也不能用了。`}
      fields={[
        personField(t`谁`, t`人的编号，per_ 开头。`),
        { name: 'login', label: t`账号`, hint: t`3 到 40 个小写字母、数字、点或横线。` },
      ]}
      run={(body) => must(http.POST('/v1/staff', { body }))}
      done={({ login, password, totpUri }) => (
        <>
          <p>{t`只显示这一次，请当面交给本人：`}</p>
          <Facts
            rows={[
              [t`账号`, login],
              [t`密码`, password],
              [t`验证器`, totpUri],
            ]}
          />
        </>
      )}
    />
  );
}
