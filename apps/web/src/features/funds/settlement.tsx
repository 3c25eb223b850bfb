import { useLingui } from '@lingui/react/macro';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { KIND } from '../../ui/kinds';
import { amount } from '../../ui/amount';
import { Banner } from '../../ui/banner';
import { SegmentBar } from '../../ui/segment-bar';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act, DeskList, type Desk } from '../console';
import { Section } from './facts';
import { HANDS } from './roles';

type Item = Schemas['UnsettledItemView'];

const UNSETTLED: readonly string[] = [
  'draft',
  'in_review',
  'returned',
  'notice',
  'open',
  'suspended',
  'collecting',
];

interface SettlementProps {
  readonly campaign: Schemas['CampaignPageView'];
  readonly desk: Desk;
}

/** How far settling is, and the promises that it could not end by itself. */
export function Settlement({ campaign, desk }: SettlementProps) {
  const { t } = useLingui();
  const params = { params: { path: { id: campaign.id } } };
  const starts = !UNSETTLED.includes(campaign.state) && campaign.decidedAt !== null;
  const report = api.useQuery('get', '/v1/campaigns/{id}/settlement', params, { enabled: starts });
  if (!starts) return null;
  return (
    <Section id="settlement" title={t`结算`}>
      {report.error && <Trouble error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Waiting lines={2} />}
      {report.data && <Progress report={report.data} desk={desk} />}
      <Stuck campaign={campaign} desk={desk} />
    </Section>
  );
}

function Progress({
  report,
  desk,
}: {
  readonly report: Schemas['SettlementReportView'];
  readonly desk: Desk;
}) {
  const { t } = useLingui();
  const { items, done, waiting, needsHuman } = report.progress;
  const says = t`${items} 份承诺：办完 ${done}，等着 ${waiting}，要人来看 ${needsHuman}`;
  return (
    <>
      <p>{says}</p>
      <SegmentBar
        label={t`结算进度`}
        text={says}
        share={items === 0 ? 1 : done / items}
        units={items}
        kind="attention"
      />
      {report.haltedReason !== null && (
        <Banner
          tone="warn"
          title={t`结算停下了：${report.haltedReason}`}
          actions={desk.is('fund_approver') && <Resume campaignId={report.campaignId} />}
        />
      )}
    </>
  );
}

function Resume({ campaignId }: { readonly campaignId: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`重新核账，接着结算`}
      look="main"
      lead={t`差的那一笔改好以后再点。账还是不对，就还会停下。`}
      fields={[{ name: 'reason', label: t`改了什么` }]}
      run={(body) =>
        must(
          http.POST('/v1/campaigns/{id}/settlement/resume', { params: { path: { id: campaignId } }, body }),
        )
      }
    />
  );
}

function Stuck({ campaign, desk }: SettlementProps) {
  const { t, i18n } = useLingui();
  const askOf = (askId: string) => campaign.asks.find(({ id }) => id === askId);
  return (
    <DeskList<Item>
      caption={t`卡住的承诺`}
      path="/v1/campaigns/{id}/settlement/items"
      of={{ id: campaign.id }}
      query={{ state: 'needs_human' }}
      empty={t`没有卡住的承诺。`}
      keyOf={({ pledgeId }) => pledgeId}
      columns={[
        { head: t`承诺`, cell: ({ askId, kind }) => askOf(askId)?.title ?? i18n._(KIND[kind].name) },
        {
          head: t`多少`,
          cell: ({ askId, quantity }) => amount(askOf(askId) ?? { unit: 'pieces' }, quantity),
          figures: true,
        },
        { head: t`编号`, cell: ({ pledgeId }) => pledgeId },
        { head: t`卡在哪里`, cell: ({ reason }) => reason },
      ]}
      acts={(item) => desk.is(...HANDS) && <Redrive campaignId={campaign.id} pledgeId={item.pledgeId} />}
      actsHead={t`办理`}
    />
  );
}

function Redrive({ campaignId, pledgeId }: { readonly campaignId: string; readonly pledgeId: string }) {
  const { t } = useLingui();
  const path = { id: campaignId, pledgeId };
  return (
    <Act
      label={t`再办一次`}
      look="main"
      lead={t`先把卡住的原因解决了，再让它重新走。`}
      fields={[{ name: 'reason', label: t`解决了什么` }]}
      run={(body) =>
        must(http.POST('/v1/campaigns/{id}/settlement/items/{pledgeId}/redrive', { params: { path }, body }))
      }
    />
  );
}
