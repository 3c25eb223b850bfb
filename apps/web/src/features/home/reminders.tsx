import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../app/session';
import { http } from '../../api/client';
import { moment } from '../../lib/dates';
import { yuan } from '../../lib/quantities';
import { Banner } from '../../ui/banner';
import { ButtonLink } from '../../ui/button';

/** What waits for the reader: money that they promised and that is asked for now. */
export function HomeReminders() {
  const { t } = useLingui();
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery({
    queryKey: ['get', '/v1/me/payment-reminders', me?.id],
    queryFn: async () => (await http.GET('/v1/me/payment-reminders')).data ?? null,
    enabled: Boolean(me),
  });
  const [first] =
    (data as { items: { pledgeId: string; title: string; amount: string; payBy: string }[] } | null)?.items ??
    [];
  if (!first) return null;
  return (
    <Banner
      tone="warn"
      title={t`「${first.title}」凑齐了，请在 ${moment(first.payBy)} 前付 ¥${yuan(first.amount)}。`}
      actions={<ButtonLink to="/me/pledges">{t`去付款`}</ButtonLink>}
    />
  );
}
