import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { StateMark } from '../../ui/state-mark';
import { DeskList, DeskPage, Filter } from '../console';
import { MONEY_ROLES } from './roles';

type Campaign = Schemas['CampaignItem'];

/** Campaigns of the community whose money moves; each leads to its payouts. */
export function FundsPage() {
  const { t } = useLingui();
  const [state, setState] = useState<Campaign['state']>('delivering');
  return (
    <DeskPage title={t`付款`} lead={t`先选众筹，再看它的钱付给谁、付了多少。`} roles={MONEY_ROLES}>
      {({ communityId }) => (
        <>
          <Filter
            label={t`哪一步`}
            value={state}
            onChange={setState}
            options={[
              ['delivering', t`正在做`],
              ['succeeded', t`凑齐了`],
              ['collecting', t`收款中`],
              ['closing', t`正在结算`],
              ['completed', t`办成了`],
              ['failed', t`没凑齐`],
              ['cancelled', t`取消了`],
            ]}
          />
          <DeskList<Campaign>
            caption={t`付款`}
            path="/v1/campaigns"
            query={{ communityId, state }}
            empty={t`这一步没有众筹。`}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t`众筹`,
                cell: ({ id, title }) => (
                  <Link to="/console/funds/c/$id" params={{ id }}>
                    {title}
                  </Link>
                ),
              },
              { head: t`认的钱`, cell: ({ asks }) => promised(asks) ?? t`没有筹钱`, figures: true },
              { head: t`发起`, cell: ({ createdAt }) => date(createdAt) },
              { head: t`状态`, cell: (row) => <StateMark state={row.state} /> },
            ]}
          />
        </>
      )}
    </DeskPage>
  );
}

function promised(asks: Campaign['asks']): string | null {
  const sums = asks.filter(({ kind }) => kind === 'money').map((ask) => BigInt(ask.promised));
  if (sums.length === 0) return null;
  return amount({ unit: 'fen' }, sums.reduce((sum, one) => sum + one, 0n).toString());
}
