import { useLingui } from '@lingui/react/macro';
import { http } from '../../api/client';
import { must } from '../../api/must';
import type { PageOf } from '../../app/paged';
import { Act, useAnswer } from '../console';
import { useHouseholds } from './households';
import type { Member } from './things';

/** Somebody who came to the desk in person, with or without a telephone. */
export function RegisterResident({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const households = useHouseholds(communityId, '');
  const members = useAnswer<PageOf<Member>>(
    '/v1/communities/{id}/memberships',
    { id: communityId },
    { state: 'verified', limit: '100' },
  );
  const adults = members.data?.items.filter(({ ageClass }) => ageClass === 'adult') ?? [];
  return (
    <Act
      label={t`当面登记一位居民`}
      look="main"
      lead={t`请看过证件，让本人（未成年的由监护人）在纸上签过字再登记。`}
      fields={[
        { name: 'name', label: t`姓名` },
        { name: 'birthDate', label: t`生日`, kind: 'date' },
        { name: 'phone', label: t`手机号`, hint: t`没有手机就空着。`, optional: true },
        {
          name: 'householdId',
          label: t`住哪一户`,
          kind: 'choice',
          options: (households.data?.items ?? []).map(
            ({ id, estateName, door }) => [id, `${estateName} ${door}`] as const,
          ),
        },
        {
          name: 'guardianId',
          label: t`监护人`,
          hint: t`未成年的才选，要是同一户认证过的大人。`,
          kind: 'choice',
          optional: true,
          options: adults.map(
            ({ personId, maskedName, door }) => [personId, `${maskedName} ${door}`] as const,
          ),
        },
        { name: 'signedOnPaper', label: t`隐私告知已经在纸上签字`, kind: 'check' },
      ]}
      run={({ name, birthDate, phone, householdId, guardianId, signedOnPaper }) =>
        must(
          http.POST('/v1/communities/{id}/residents', {
            params: { path: { id: communityId } },
            body: {
              name,
              birthDate,
              householdId,
              phone: phone || undefined,
              guardianId: guardianId || undefined,
              signedOnPaper: signedOnPaper === 'yes',
            },
          }),
        )
      }
    />
  );
}
