import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { moment } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { amount } from '../../ui/amount';
import { Banner } from '../../ui/banner';
import { ButtonLink } from '../../ui/button';
import { StateMark } from '../../ui/state-mark';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';

/** Where it stands, and the one thing that the organiser does now. */
export function NextStep({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const params = { id: campaign.id };
  const isShown = campaign.noticeEndsAt !== null;
  return (
    <>
      <p className={styles.state}>
        <StateMark state={campaign.state} />
        <ButtonLink look="quiet" to="/c/$id" params={params}>{t`邻居看到的样子`}</ButtonLink>
        {isShown && (
          <>
            <ButtonLink look="quiet" to="/c/$id/notice" params={params}>{t`打印楼道通知`}</ButtonLink>
            <ButtonLink look="quiet" to="/c/$id/poster" params={params}>{t`打印海报`}</ButtonLink>
          </>
        )}
      </p>
      <ByState campaign={campaign} />
    </>
  );
}

function ByState({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const { state, policies, suspendedReason, cancelledReason, collectionEndsAt } = campaign;
  switch (state) {
    case 'draft':
      return <Write campaign={campaign} title={t`还没写完。写好了交给社区看。`} act={t`接着写`} />;
    case 'returned':
      return <Write campaign={campaign} title={t`社区请您改几处，改好再交。`} act={t`去改`} />;
    case 'in_review':
      return <Banner title={t`社区正在核实，您先不用做什么。`}>{t`核实通过以后公示，公示完开始筹。`}</Banner>;
    case 'notice':
      return <Notice campaign={campaign} />;
    case 'open':
      return <Open campaign={campaign} />;
    case 'closing':
      return <Banner title={t`截止了，正在算结果。`}>{t`几分钟就好，您先不用做什么。`}</Banner>;
    case 'collecting':
      return (
        <Banner tone="done" title={t`凑齐了，正在收款。`}>
          {collectionEndsAt && t`认了钱的邻居在 ${moment(collectionEndsAt)} 前付款，到时自动结算。`}
        </Banner>
      );
    case 'succeeded':
    case 'delivering':
      return (
        <Banner tone="done" title={t`凑齐了，照计划动手。`}>
          {t`约好时间的邻居等着您招呼。要花钱，在下面写用款申请。`}
        </Banner>
      );
    case 'completed':
      return <Banner tone="done" title={t`办成了，谢谢您。`} />;
    case 'failed':
      return (
        <Banner tone="warn" title={t`没凑齐。`}>
          {policies.failure.words[wordsKey()]}
        </Banner>
      );
    case 'suspended':
      return (
        <Banner tone="warn" title={t`社区暂停了这件事：${suspendedReason ?? ''}`}>
          <CommunityPhone campaign={campaign} />
        </Banner>
      );
    case 'cancelled':
      return <Banner tone="warn" title={t`已经取消：${cancelledReason ?? ''}`} />;
  }
}

interface WriteProps extends OfCampaign {
  readonly title: string;
  readonly act: string;
}

function Write({ campaign: { id }, title, act }: WriteProps) {
  const link: ReactNode = (
    <ButtonLink look="main" to="/start/$id/$step" params={{ id, step: 'check' }}>
      {act}
    </ButtonLink>
  );
  return <Banner tone="warn" title={title} actions={link} />;
}

function Notice({ campaign: { objections, noticeEndsAt } }: OfCampaign) {
  const { t } = useLingui();
  const until = noticeEndsAt ? moment(noticeEndsAt) : '';
  const waiting = plural(objections.open, { one: '# 条意见等您答复。', other: '# 条意见等您答复。' });
  if (objections.open === 0) {
    return <Banner title={t`公示到 ${until}`}>{t`没有意见，到时候自动开始。`}</Banner>;
  }
  return (
    <Banner tone="warn" title={waiting}>
      {t`公示到 ${until}。都答复了才会开始。`} <a href="#objections">{t`去答复`}</a>
    </Banner>
  );
}

function Open({ campaign }: OfCampaign) {
  const { t } = useLingui();
  const { deadline, asks } = campaign;
  const short = asks.filter((ask) => ask.required && ask.short !== '0');
  const until = deadline ? moment(deadline.at, deadline.timeZone) : '';
  if (short.length === 0) {
    return <Banner tone="done" title={t`必须的都够了。`}>{t`${until} 截止，多一户就多一份力。`}</Banner>;
  }
  return (
    <Banner tone="warn" title={t`还差这些，多叫几户邻居：`}>
      <ul>
        {short.map((ask) => (
          <li key={ask.id}>
            {ask.title} {amount(ask, ask.short)}
          </li>
        ))}
      </ul>
      <p>{t`${until} 截止。楼道里贴一张通知最管用。`}</p>
    </Banner>
  );
}

function CommunityPhone({ campaign: { community } }: OfCampaign) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/communities/{id}', { params: { path: { id: community.id } } });
  if (!data?.phone) return <p>{t`请和社区工作人员商量。`}</p>;
  return (
    <p>
      {t`请和社区商量，电话`} <a href={`tel:${data.phone}`}>{data.phone}</a>
    </p>
  );
}
