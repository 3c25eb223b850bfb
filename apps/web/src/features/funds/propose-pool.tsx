import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Act } from '../console';

type Body = Schemas['ProposeMatchPoolBody'];

/** A pool of money. Pools of hours and goods are entered through the api until somebody needs them here. */
export function ProposePool({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`登记资金池`}
      look="main"
      lead={t`照着出资单位的文件填。资金审批人启用以后才算数。`}
      fields={[
        { name: 'donorName', label: t`出资单位全称` },
        {
          name: 'donorKind',
          label: t`是谁`,
          kind: 'choice',
          options: [
            ['street', t`街道`],
            ['foundation', t`基金会`],
            ['firm', t`企业`],
          ],
        },
        { name: 'factor', label: t`邻居出 100 元，配多少元`, kind: 'number' },
        { name: 'total', label: t`一共出多少`, kind: 'yuan' },
        { name: 'capPerCampaign', label: t`一个众筹最多配`, kind: 'yuan' },
        { name: 'capPerPerson', label: t`一个人在一个众筹里最多配`, kind: 'yuan' },
        {
          name: 'conditionMinimum',
          label: t`邻居自己要先凑到`,
          hint: t`空着就是没有这个条件。`,
          kind: 'yuan',
          optional: true,
        },
        { name: 'startsAt', label: t`从什么时候起`, kind: 'moment' },
        { name: 'endsAt', label: t`到什么时候止`, kind: 'moment' },
        {
          name: 'donors',
          label: t`出资单位的人的编号`,
          hint: t`有就填，用逗号隔开。他们家出的不配。`,
          optional: true,
        },
      ]}
      run={({ donorKind, factor, conditionMinimum, donors, ...terms }, key) =>
        must(
          http.POST('/v1/match-pools', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              ...terms,
              donorKind: donorKind as Body['donorKind'],
              unit: 'fen',
              kinds: ['money'],
              factorBps: Number(factor) * 100,
              conditionMinimum: conditionMinimum || undefined,
              communityIds: [communityId],
              donorPersonIds: donors.split(/[,，\s]+/).filter(Boolean),
              donorHouseholdIds: [],
              donorPartnerIds: [],
            },
          }),
        )
      }
    />
  );
}
