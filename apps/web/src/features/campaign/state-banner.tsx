import { useLingui } from '@lingui/react/macro';
import { wordsKey } from '../../lib/language';
import { moment } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { StateMark } from '../../ui/state-mark';
import type { CampaignPage } from './campaign';

/** What the state of a campaign means for a neighbour; nothing while it simply runs. */
export function StateBanner({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const { state, noticeEndsAt, collectionEndsAt, suspendedReason, cancelledReason, policies } = campaign;
  const mark = <StateMark state={state} />;
  switch (state) {
    case 'open':
      return campaign.meetingAsked ? <Banner>{t`关注的户数够了，社区会召集大家议一议。`}</Banner> : null;
    case 'notice':
      return (
        <Banner tone="note" title={mark}>
          {noticeEndsAt && t`公示到 ${moment(noticeEndsAt)}，有意见可以提出来；到时候自动开始。`}
        </Banner>
      );
    case 'collecting':
      return (
        <Banner tone="done" title={mark}>
          {collectionEndsAt && t`凑齐了。认了钱的邻居请在 ${moment(collectionEndsAt)} 前付款。`}
        </Banner>
      );
    case 'succeeded':
    case 'delivering':
      return <Banner tone="done" title={mark}>{t`凑齐了，按计划动手。`}</Banner>;
    case 'completed':
      return <Banner tone="done" title={mark}>{t`这件事办成了，谢谢每一户。`}</Banner>;
    case 'failed':
      return (
        <Banner tone="warn" title={mark}>
          {policies.failure.words[wordsKey()]}
        </Banner>
      );
    case 'suspended':
      return (
        <Banner tone="warn" title={mark}>
          {suspendedReason}
        </Banner>
      );
    case 'cancelled':
      return (
        <Banner tone="warn" title={mark}>
          {cancelledReason}
        </Banner>
      );
    case 'returned':
    case 'draft':
    case 'in_review':
      return <Banner tone="note" title={mark}>{t`这一页现在只有您和社区工作人员看得到。`}</Banner>;
    default:
      return <Banner title={mark}>{t`正在算结果，请稍等。`}</Banner>;
  }
}
