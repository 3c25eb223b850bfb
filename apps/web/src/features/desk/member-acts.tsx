import { useLingui } from '@lingui/react/macro';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { Act } from '../console';
import type { Member } from './things';

export function MemberActs({ member }: { readonly member: Member }) {
  const { state } = member;
  if (state === 'requested') return <Decide id={member.id} />;
  if (state === 'verified') return <Keep member={member} />;
  return null;
}

function Decide({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const params = { path: { id } };
  return (
    <>
      <Act
        label={t`确认`}
        look="main"
        lead={t`确认他真的住在这里。`}
        run={() => must(http.POST('/v1/memberships/{id}/verify', { params }))}
      />
      <Act
        label={t`不通过`}
        fields={[{ name: 'reason', label: t`为什么`, kind: 'text', hint: t`本人会看到这句话。` }]}
        run={(body) => must(http.POST('/v1/memberships/{id}/refuse', { params, body }))}
      />
      <Reveal id={id} />
    </>
  );
}

function Reveal({ id }: { readonly id: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`看全名和电话`}
      lead={t`谁在什么时候为什么看过，会一直记着。`}
      fields={[{ name: 'reason', label: t`为什么要看`, kind: 'text' }]}
      run={(body) => must(http.POST('/v1/memberships/{id}/reveal', { params: { path: { id } }, body }))}
      done={({ name, phone, birthDate }) => (
        <dl>
          <dt>{t`姓名`}</dt>
          <dd>{name ?? t`没有留`}</dd>
          <dt>{t`电话`}</dt>
          <dd className="num">{phone ?? t`没有留`}</dd>
          <dt>{t`生日`}</dt>
          <dd>{birthDate ? date(birthDate) : t`没有留`}</dd>
        </dl>
      )}
    />
  );
}

function Keep({ member: { id, personId, communityId, ageClass } }: { readonly member: Member }) {
  const { t } = useLingui();
  const params = { path: { id } };
  return (
    <>
      <Reveal id={id} />
      <Act
        label={t`改生日`}
        fields={[
          { name: 'birthDate', label: t`生日`, kind: 'date' },
          { name: 'reason', label: t`凭什么改`, kind: 'text' },
        ]}
        run={(body) => must(http.PUT('/v1/memberships/{id}/birth-date', { params, body }))}
      />
      {ageClass === 'adult' && (
        <Act
          label={t`设为信得过的邻居`}
          lead={t`他可以替不会用手机的邻居办事，每次都有记录。`}
          fields={[{ name: 'days', label: t`多少天`, kind: 'number', start: '90' }]}
          run={({ days }) =>
            must(
              http.POST('/v1/communities/{id}/trusted-neighbours', {
                params: { path: { id: communityId } },
                body: { personId, days: Number(days) },
              }),
            )
          }
        />
      )}
      <Act
        label={t`不住这里了`}
        look="danger"
        fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
        run={(body) => must(http.POST('/v1/memberships/{id}/end', { params, body }))}
      />
    </>
  );
}
