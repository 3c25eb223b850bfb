import { useLingui } from '@lingui/react/macro';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { api, type Schemas } from '../../api/client';
import type { PageOf } from '../../app/paged';
import { date } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Select } from '../../ui/field';
import { useAnswer } from '../console';

type Pledge = Schemas['PublicPledgeView'];

const UNPAID: readonly Pledge['state'][] = ['promised', 'awaiting_payment'];

interface PledgeChoiceProps {
  readonly communityId: string;
  readonly campaignId: string;
  readonly campaign: UseFormRegisterReturn;
  readonly pledge: UseFormRegisterReturn;
  readonly errors: { readonly campaignId: boolean; readonly pledgeId: boolean };
}

/** Whose money it is: first the campaign, then who of it has not paid yet. */
export function PledgeChoice({ communityId, campaignId, campaign, pledge, errors }: PledgeChoiceProps) {
  const { t } = useLingui();
  const campaigns = useMoneyCampaigns(communityId);
  const pledges = useUnpaidPledges(campaignId);
  return (
    <>
      <Select label={t`哪一个众筹`} error={errors.campaignId ? t`请选哪一个众筹` : undefined} {...campaign}>
        <option value="">{t`请选`}</option>
        {campaigns.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
      <Select
        label={t`谁的钱`}
        hint={campaignId && pledges.length === 0 ? t`这个众筹没有等着交钱的人。` : undefined}
        error={errors.pledgeId ? t`请选谁的钱` : undefined}
        {...pledge}
      >
        <option value="">{t`请选`}</option>
        {pledges.map(({ id, name, quantity, createdAt }) => (
          <option key={id} value={id}>
            {t`${name ?? t`不公开姓名`}，${amount({ unit: 'fen' }, quantity)}，${date(createdAt)}`}
          </option>
        ))}
      </Select>
    </>
  );
}

/** Campaigns that take money now. */
function useMoneyCampaigns(communityId: string) {
  const of = (state: 'collecting' | 'open') =>
    ({ params: { query: { communityId, state, limit: 50 } } }) as const;
  const collecting = api.useQuery('get', '/v1/campaigns', of('collecting'));
  const open = api.useQuery('get', '/v1/campaigns', of('open'));
  return [...(collecting.data?.items ?? []), ...(open.data?.items ?? [])].filter(({ asks }) =>
    asks.some(({ kind }) => kind === 'money'),
  );
}

export function useUnpaidPledges(campaignId: string): readonly Pledge[] {
  const { data } = useAnswer<PageOf<Pledge>>(
    '/v1/campaigns/{id}/pledges',
    { id: campaignId },
    { limit: '100' },
    campaignId !== '',
  );
  return data?.items.filter(({ kind, state }) => kind === 'money' && UNPAID.includes(state)) ?? [];
}
