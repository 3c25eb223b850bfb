import { useLingui } from '@lingui/react/macro';
import { http } from '../../api/client';
import { must } from '../../api/must';
import type { PageOf } from '../../app/paged';
import { Act, useAnswer, type Custody, type Pool } from '../console';
import type { Campaign } from './things';
import styles from './review-page.module.css';

/** What staff do with a campaign as a whole. */
export function CampaignActs({ campaign }: { readonly campaign: Campaign }) {
  const { state } = campaign;
  const isEarly = ['draft', 'in_review', 'returned', 'notice'].includes(state);
  const isUnderWay = isEarly || state === 'open';
  return (
    <div className={styles.acts}>
      {isEarly && campaign.money.legalType !== 'in_kind_only' && <BindCustody campaign={campaign} />}
      {isUnderWay && <BindPool campaign={campaign} />}
      <StopAndGo campaign={campaign} />
    </div>
  );
}

function StopAndGo({ campaign: { id, state, may } }: { readonly campaign: Campaign }) {
  const { t } = useLingui();
  const params = { path: { id } };
  const why = [{ name: 'reason', label: t`为什么`, kind: 'text', hint: t`会写在众筹的页面上。` }] as const;
  return (
    <>
      {(state === 'notice' || state === 'open') && (
        <Act
          label={t`暂停`}
          look="danger"
          lead={t`暂停以后谁也不能再答应，截止的时间照样走。`}
          fields={why}
          run={(body) => must(http.POST('/v1/campaigns/{id}/suspend', { params, body }))}
        />
      )}
      {state === 'suspended' && (
        <Act
          label={t`恢复`}
          look="main"
          fields={why}
          run={(body) => must(http.POST('/v1/campaigns/{id}/resume', { params, body }))}
        />
      )}
      {may.cancel && (
        <Act
          label={t`取消众筹`}
          look="danger"
          lead={t`取消以后不能再恢复，大家答应的都作废，交过的钱退回去。`}
          fields={why}
          run={(body) => must(http.POST('/v1/campaigns/{id}/cancel', { params, body }))}
        />
      )}
    </>
  );
}

function BindCustody({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useLingui();
  const { data } = useAnswer<PageOf<Custody>>('/v1/communities/{id}/custody-accounts', {
    id: campaign.community.id,
  });
  const accounts = data?.items.filter(({ state }) => state === 'active') ?? [];
  const params = { path: { id: campaign.id } };
  return (
    <Act
      label={campaign.money.custodyAccountId ? t`换托管账户` : t`定托管账户`}
      lead={t`收来的钱由谁管。邻居在页面上看得到。`}
      fields={[
        {
          name: 'custodyAccountId',
          label: t`托管账户`,
          kind: 'choice',
          start: campaign.money.custodyAccountId ?? '',
          options: accounts.map(({ id, ownerName }) => [id, ownerName] as const),
        },
      ]}
      run={(body) => must(http.PUT('/v1/campaigns/{id}/custody', { params, body }))}
    />
  );
}

function BindPool({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useLingui();
  const { data } = useAnswer<PageOf<Pool>>('/v1/communities/{id}/match-pools', { id: campaign.community.id });
  const bound = campaign.matches.map(({ poolId }) => poolId);
  const pools = data?.items.filter(({ id, state }) => state === 'active' && !bound.includes(id)) ?? [];
  if (pools.length === 0) return null;
  return (
    <Act
      label={t`配上资金池`}
      lead={t`邻居每出一份，资金池按它的规矩再配一份。`}
      fields={[
        {
          name: 'poolId',
          label: t`资金池`,
          kind: 'choice',
          options: pools.map(({ id, donorName, factor }) => [id, `${donorName} ${factor}`] as const),
        },
        {
          name: 'suppliers',
          label: t`供货或做工的社会组织编号`,
          hint: t`有就填，用逗号隔开。它们自己出的不配。`,
          optional: true,
        },
      ]}
      run={({ poolId, suppliers }) =>
        must(
          http.PUT('/v1/campaigns/{id}/match-pools/{poolId}', {
            params: { path: { id: campaign.id, poolId } },
            body: { supplierIds: suppliers.split(/[,，\s]+/).filter(Boolean) },
          }),
        )
      }
    />
  );
}
