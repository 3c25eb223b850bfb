import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { date } from '../../lib/dates';
import { ButtonLink } from '../../ui/button';
import { DeskList, DeskPage, DeskState, Filter } from '../console';
import { RegisterResident } from './register-resident';
import { MemberActs } from './member-acts';
import styles from './desk.module.css';
import type { Member } from './things';

/** Who lives here, by how their membership stands; those who ask first. */
export function ResidentsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Member['state']>('requested');
  const ages = { adult: t`成年`, teen: t`少年`, child: t`儿童` };
  return (
    <DeskPage title={t`居民`} roles={['community_staff']}>
      {({ communityId }) => (
        <>
          <div className={styles.acts}>
            <RegisterResident communityId={communityId} />
            <ButtonLink to="/console/residents/codes">{t`印门口通知`}</ButtonLink>
            <ButtonLink to="/console/residents/trusted">{t`信得过的邻居`}</ButtonLink>
          </div>
          <Filter
            label={t`哪一些`}
            value={state}
            onChange={setState}
            options={[
              ['requested', t`等确认`],
              ['verified', t`已认证`],
              ['refused', t`没通过`],
              ['ended', t`已结束`],
            ]}
          />
          <DeskList<Member>
            caption={t`居民`}
            path="/v1/communities/{id}/memberships"
            of={{ id: communityId }}
            query={{ state }}
            empty={state === 'requested' ? t`没有人等着确认。` : t`这里还没有人。`}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t`姓名`,
                cell: ({ maskedName, maskedPhone }) =>
                  `${maskedName || t`还没有留名字`} ${maskedPhone ?? ''}`,
              },
              { head: t`住处`, cell: ({ estateName, door }) => `${estateName} ${door}` },
              {
                head: t`年龄`,
                cell: ({ ageClass, guardianId }) =>
                  ageClass !== 'adult' && guardianId === null
                    ? t`${ages[ageClass]}，监护人还没同意`
                    : ages[ageClass],
              },
              { head: t`留言`, cell: ({ note, reason }) => reason ?? note },
              { head: t`日期`, cell: ({ createdAt }) => date(createdAt) },
              { head: t`状态`, cell: (row) => <DeskState state={row.state} /> },
            ]}
            acts={(member) => <MemberActs member={member} />}
            actsHead={t`办理`}
          />
        </>
      )}
    </DeskPage>
  );
}
