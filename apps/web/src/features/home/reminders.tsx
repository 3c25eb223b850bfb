import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../app/session';
import { api } from '../../api/client';
import { moment } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { Banner } from '../../ui/banner';
import { ButtonLink } from '../../ui/button';

/** What waits for the reader: money that they promised and that is asked for now. */
export function HomeReminders() {
  const { t } = useLingui();
  const { data: me } = useQuery(meQuery);
  const { data } = api.useQuery('get', '/v1/me/payment-reminders', {}, { enabled: Boolean(me) });
  const [first] = data?.items ?? [];
  if (!first) return null;
  return (
    <Banner
      tone="warn"
      title={t`「${first.title}」凑齐了，请在 ${moment(first.payBy)} 前付 ¥${yuan(first.amount)}。`}
      actions={<ButtonLink to="/pay/$id" params={{ id: first.pledgeId }}>{t`去付款`}</ButtonLink>}
    />
  );
}
