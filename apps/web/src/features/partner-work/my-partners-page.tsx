import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, http } from '../../api/client';
import { must } from '../../api/must';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Button, ButtonLink } from '../../ui/button';
import { CardList } from '../../ui/card-list';
import { Empty } from '../../ui/empty';
import { PARTNER_KINDS } from '../../ui/partner-kinds';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { ApplyForm } from './apply-form';
import { PartnerMark } from './partner-facts';
import styles from './partner-work.module.css';

/** The organisations that somebody acts for. */
export function MyPartnersPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我的组织`} lead={t`组织、企业和有手艺的人，核实过就能接社区的事。`}>
      <NeedSignIn>
        {(me) => (
          <>
            <MyPartners />
            <MyNumber id={me.id} />
          </>
        )}
      </NeedSignIn>
      <p className={styles.more}>
        <Link to="/partners">{t`看看有哪些社会组织和合伙人`}</Link>
      </p>
    </Page>
  );
}

function MyPartners() {
  const { t, i18n } = useLingui();
  const { data, error, refetch } = api.useQuery('get', '/v1/me/partners', {});
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting lines={4} />;
  const apply = <ButtonLink look="main" to="/me/partner/apply">{t`申请当合伙人`}</ButtonLink>;
  if (data.items.length === 0) return <Empty says={t`您还不代表哪个组织。`}>{apply}</Empty>;
  return (
    <>
      <CardList>
        {data.items.map(({ id, name, kind, state, duty }) => (
          <li key={id}>
            <Link to="/me/partner/$id" params={{ id }}>
              <b>{name}</b>
              <span>
                {i18n._(PARTNER_KINDS[kind])} · {duty === 'owner' ? t`我是负责人` : t`我是成员`}
              </span>
              <div>
                <PartnerMark state={state} />
              </div>
            </Link>
          </li>
        ))}
      </CardList>
      <div className={styles.actions}>{apply}</div>
    </>
  );
}

/** Whoever is to be added to an organisation tells its owner this number. */
function MyNumber({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <section aria-labelledby="number">
      <h2 id="number" className={styles.section}>{t`我的编号`}</h2>
      <p>{t`组织的负责人要加您，就把这个编号给他。`}</p>
      <p className={styles.number}>{id}</p>
      {'clipboard' in navigator && (
        <Button onClick={() => void copy()}>{isCopied ? t`复制好了` : t`复制编号`}</Button>
      )}
    </section>
  );
}

export function ApplyPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Page title={t`申请当合伙人`} lead={t`社区工作人员看过材料，核实了就写进公开的名单。`}>
      <NeedSignIn>
        {(me) => (
          <ApplyForm
            me={me}
            send={async (body) => (await must(http.POST('/v1/partners', { body }))).id}
            onSent={(id) => void navigate({ to: '/me/partner/$id', params: { id }, replace: true })}
          />
        )}
      </NeedSignIn>
    </Page>
  );
}
