import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { ButtonLink } from '../../ui/button';
import { PARTNER_KINDS } from '../../ui/partner-kinds';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskList, DeskPage, Filter } from '../console';
import { AddEvidence, PartnerFacts, PartnerMark } from '../partner-work';
import styles from './desk.module.css';

type Partner = Schemas['PartnerItem'];

const roles = ['community_staff', 'platform_admin'] as const;

/** Partners work across communities, so staff of any community see them all. */
export function PartnersDeskPage() {
  const { t, i18n } = useLingui();
  const [state, setState] = useState<Partner['state']>('applied');
  return (
    <DeskPage title={t`合伙人`} lead={t`看过证明材料的原件再核实。核实了，就写进公开的名单。`} roles={roles}>
      {() => (
        <>
          <Filter
            label={t`看哪些`}
            value={state}
            onChange={setState}
            options={[
              ['applied', t`等核实`],
              ['verified', t`已核实`],
              ['suspended', t`暂停`],
              ['refused', t`没通过`],
            ]}
          />
          <DeskList<Partner>
            caption={t`合伙人`}
            path="/v1/partners"
            query={{ state }}
            empty={t`现在没有。`}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t`名称`,
                cell: ({ id, name }) => (
                  <Link to="/console/partners/$id" params={{ id }}>
                    {name}
                  </Link>
                ),
              },
              { head: t`哪一种`, cell: ({ kind }) => i18n._(PARTNER_KINDS[kind]) },
              { head: t`申请日期`, cell: ({ createdAt }) => date(createdAt) },
            ]}
          />
        </>
      )}
    </DeskPage>
  );
}

export function PartnerDeskPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/partners/$id' });
  const { data } = api.useQuery('get', '/v1/partners/{id}', { params: { path: { id } } });
  return (
    <DeskPage title={data?.name ?? t`合伙人`} roles={roles}>
      {() => <OnePartner id={id} />}
    </DeskPage>
  );
}

function OnePartner({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const path = { params: { path: { id } } };
  const { data, error, refetch } = api.useQuery('get', '/v1/partners/{id}', path);
  const members = api.useQuery('get', '/v1/partners/{id}/members', path);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={6} />;
  const { state, reason } = data;
  return (
    <>
      <div className={styles.acts}>
        <PartnerMark state={state} />
        <ButtonLink to="/console/partners">{t`回到合伙人`}</ButtonLink>
      </div>
      {reason && state !== 'verified' && (
        <Banner tone="warn" title={t`上次写的原因`}>
          {reason}
        </Banner>
      )}
      <Decisions partner={data} />
      <PartnerFacts partner={data} />
      <AddEvidence partner={data} />
      <h2 className={styles.section}>{t`谁代表它`}</h2>
      {members.error && <Trouble error={members.error} retry={() => void members.refetch()} />}
      <ul>
        {members.data?.items.map(({ personId, maskedName, duty }) => (
          <li key={personId}>
            {maskedName} · {duty === 'owner' ? t`负责人` : t`成员`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Decisions({ partner: { id, state } }: { readonly partner: Partner }) {
  const { t } = useLingui();
  const of = { params: { path: { id } } };
  const why = [{ name: 'reason', label: t`为什么`, kind: 'text', hint: t`写给申请的人看。` }] as const;
  return (
    <div className={styles.acts}>
      {state === 'applied' && (
        <>
          <Act
            label={t`核实通过`}
            look="main"
            lead={t`材料的原件看过了，也还有效。通过以后，名单上就有它。`}
            run={() => must(http.POST('/v1/partners/{id}/verify', of))}
          />
          <Act
            label={t`不通过`}
            look="danger"
            lead={t`申请的人会看到原因，改好了可以再交。`}
            fields={why}
            run={(body) => must(http.POST('/v1/partners/{id}/refuse', { ...of, body }))}
          />
        </>
      )}
      {state === 'verified' && (
        <Act
          label={t`暂停`}
          look="danger"
          lead={t`从公开的名单上拿下来，不能再接新的事。`}
          fields={why}
          run={(body) => must(http.POST('/v1/partners/{id}/suspend', { ...of, body }))}
        />
      )}
      {state === 'suspended' && (
        <Act
          label={t`恢复`}
          look="main"
          lead={t`放回公开的名单。证明材料要还有效。`}
          run={() => must(http.POST('/v1/partners/{id}/restore', of))}
        />
      )}
    </div>
  );
}
