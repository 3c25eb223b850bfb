import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Act, DeskList, DeskPage, Filter, type Desk } from '../console';
import { Standing } from './standing';

type Difference = Schemas['DifferenceView'];
type Resolution = Schemas['ExplainBody']['resolution'];

/** What books and bills do not agree on: explained by one, confirmed by another. */
export function DifferencesPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Difference['state']>('open');
  return (
    <DeskPage
      title={t`对不上的地方`}
      lead={t`一位说明是怎么回事，另一位看过凭据再确认。`}
      roles={['fund_approver', 'auditor']}
    >
      {(desk) => (
        <>
          <Filter
            label={t`哪一些`}
            value={state}
            onChange={setState}
            options={[
              ['open', t`等说明`],
              ['proposed', t`等确认`],
              ['carried', t`先挂着`],
              ['explained', t`说清了`],
              ['healed', t`自己对上了`],
            ]}
          />
          <Differences state={state} desk={desk} />
        </>
      )}
    </DeskPage>
  );
}

function Differences({ state, desk }: { readonly state: string; readonly desk: Desk }) {
  const { t } = useLingui();
  const kinds = useKindWords();
  const sum = (fen: string | null) => (fen === null ? t`没有` : amount({ unit: 'fen' }, fen));
  return (
    <DeskList<Difference>
      caption={t`对不上的地方`}
      path="/v1/differences"
      query={{ state }}
      empty={state === 'open' ? t`账都对得上。` : t`这里没有。`}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t`哪里对不上`,
          cell: ({ billDayId, kind }) => (
            <Link to="/console/funds/bills/$id" params={{ id: billDayId }}>
              {kinds[kind]}
            </Link>
          ),
        },
        { head: t`账单`, cell: ({ billed }) => sum(billed), figures: true },
        { head: t`我们`, cell: ({ booked }) => sum(booked), figures: true },
        { head: t`悬着的钱`, cell: ({ inSuspense }) => amount({ unit: 'fen' }, inSuspense), figures: true },
        { head: t`说明`, cell: ({ explanation, detail }) => explanation?.reason ?? detail },
        { head: t`日期`, cell: ({ createdAt }) => date(createdAt) },
        { head: t`状态`, cell: (row) => <Standing of="difference" state={row.state} /> },
      ]}
      acts={(difference) =>
        desk.is('fund_approver') && <Acts key={difference.version} difference={difference} desk={desk} />
      }
      actsHead={t`办理`}
    />
  );
}

function useKindWords(): Record<Difference['kind'], string> {
  const { t } = useLingui();
  return {
    missing_local: t`账单有，我们没有`,
    missing_remote: t`我们有，账单没有`,
    learned_late: t`关账以后我们才知道`,
    amount: t`金额不一样`,
    status: t`结果不一样`,
    contradicted: t`账单自己前后不一`,
    changed: t`账单后来变了`,
    not_understood: t`看不懂的一行`,
  };
}

function Acts({ difference, desk }: { readonly difference: Difference; readonly desk: Desk }) {
  const { t } = useLingui();
  const { state, explainedBy } = difference;
  if (state === 'explained' || state === 'healed') return null;
  return (
    <>
      {state === 'proposed' && explainedBy === desk.me.id && t`您说明的，等另一位确认`}
      {state === 'proposed' && explainedBy !== desk.me.id && <Confirm difference={difference} />}
      <Explain difference={difference} />
    </>
  );
}

function Confirm({ difference: { id, version, explanation } }: { readonly difference: Difference }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`同意这个说明`}
      look="main"
      lead={explanation && `${explanation.reason} ${explanation.evidence}`}
      run={(_, key) =>
        must(
          http.POST('/v1/differences/{id}/confirm', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { version },
          }),
        )
      }
    />
  );
}

function Explain({ difference: { id, inSuspense } }: { readonly difference: Difference }) {
  const { t } = useLingui();
  const options: readonly (readonly [Resolution, string])[] =
    inSuspense === '0'
      ? [['noted', t`没有动钱，记下就行`]]
      : [
          ['excess', t`多收的，退给众筹的人`],
          ['cash', t`在银行手工补`],
          ['fee', t`是支付机构的手续费`],
          ['gateway', t`账单错了，支付机构要补`],
          ['carried', t`还说不清，先挂着`],
        ];
  return (
    <Act
      label={t`说明`}
      lead={t`另一位确认以后，钱才会动。`}
      fields={[
        { name: 'resolution', label: t`钱该去哪里`, kind: 'choice', options },
        { name: 'campaignId', label: t`哪一个众筹`, hint: t`退给众筹的人时填，cmp_ 开头。`, optional: true },
        { name: 'openItem', label: t`挂账的名字`, hint: t`先挂着时填。`, optional: true },
        { name: 'reason', label: t`是怎么回事` },
        { name: 'evidence', label: t`凭据在哪里`, kind: 'text' },
      ]}
      run={({ resolution, campaignId, openItem, reason, evidence }, key) =>
        must(
          http.POST('/v1/differences/{id}/explain', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: {
              resolution: resolution as Resolution,
              ...{ campaignId: campaignId || undefined, openItem: openItem || undefined, reason, evidence },
            },
          }),
        )
      }
    />
  );
}
