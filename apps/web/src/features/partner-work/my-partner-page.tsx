import { useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Lost } from '../../app/lost';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import type { Me } from '../../app/session';
import { isProblem } from '../../api/problem';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { ApplyForm } from './apply-form';
import { AddEvidence } from './add-evidence';
import { Members } from './members';
import { PartnerFacts, PartnerMark } from './partner-facts';
import styles from './partner-work.module.css';

type Detail = Schemas['PartnerDetailView'];

/** The workbench of one organisation, for whoever acts for it. */
export function MyPartnerPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/me/partner/$id' });
  const { data } = api.useQuery('get', '/v1/partners/{id}', { params: { path: { id } } });
  return (
    <Page title={data?.name ?? t`我的组织`}>
      <NeedSignIn>{(me) => <MyPartner id={id} me={me} />}</NeedSignIn>
    </Page>
  );
}

function MyPartner({ id, me }: { readonly id: string; readonly me: Me }) {
  const { t } = useLingui();
  const path = { params: { path: { id } } };
  const partner = api.useQuery('get', '/v1/partners/{id}', path);
  const members = api.useQuery('get', '/v1/partners/{id}/members', path);
  const error = partner.error ?? members.error;
  if (isProblem(error) && error.status === 404) return <Lost />;
  if (error)
    return <Trouble error={error} retry={() => void Promise.all([partner.refetch(), members.refetch()])} />;
  if (!partner.data || !members.data) return <Waiting lines={6} />;
  const { state } = partner.data;
  const isOwner = members.data.items.some(({ personId, duty }) => personId === me.id && duty === 'owner');
  return (
    <>
      <p className={styles.kind}>
        <PartnerMark state={state} />
        {state === 'verified' && <Link to="/partners/$id" params={{ id }}>{t`看公开的页面`}</Link>}
      </p>
      <HowItStands partner={partner.data} me={me} isOwner={isOwner} />
      <PartnerFacts partner={partner.data} />
      {isOwner && <AddEvidence partner={partner.data} />}
      <Members
        id={id}
        me={me}
        members={members.data.items}
        isOwner={isOwner}
        isBody={partner.data.group === 'group'}
      />
    </>
  );
}

interface HowItStandsProps {
  readonly partner: Detail;
  readonly me: Me;
  readonly isOwner: boolean;
}

function HowItStands({ partner, me, isOwner }: HowItStandsProps) {
  const { t } = useLingui();
  const [writes, setWrites] = useState(false);
  const { id, state, reason } = partner;
  if (state === 'applied') {
    return (
      <Banner title={t`申请交上去了。`}>
        <p>{t`请把证明材料的原件带到社区。核实了，就写进公开的名单。`}</p>
      </Banner>
    );
  }
  if (state === 'suspended') {
    return (
      <Banner tone="warn" title={t`社区把它从名单上暂时拿下来了。`}>
        {reason && <p>{reason}</p>}
      </Banner>
    );
  }
  if (state !== 'refused') return null;
  if (writes) {
    return (
      <ApplyForm
        me={me}
        before={partner}
        send={async (body) => {
          await must(http.PUT('/v1/partners/{id}/application', { params: { path: { id } }, body }));
          return id;
        }}
        onSent={() => setWrites(false)}
      />
    );
  }
  return (
    <Banner
      tone="warn"
      title={t`这次没有通过。改好了可以再交。`}
      actions={isOwner && <Button look="main" onClick={() => setWrites(true)}>{t`改一改，再交`}</Button>}
    >
      {reason && <p>{reason}</p>}
    </Banner>
  );
}
