import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { isProblem, isRefusal } from '../../api/problem';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { useForgetMe } from '../../app/session';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Check } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import styles from './mine.module.css';
import { useProvenAct } from './prove';

export function ClosePage() {
  const { t } = useLingui();
  const [isClosed, setClosed] = useState(false);
  return (
    <Page title={isClosed ? t`账号注销了` : t`注销账号`}>
      {isClosed ? (
        <Banner
          tone="done"
          live
          title={t`您的个人信息删掉了。`}
          actions={<ButtonLink look="main" to="/">{t`回到身边`}</ButtonLink>}
        >
          <p>{t`手机号空出来了，以后可以再登录，那是一个新账号。`}</p>
        </Banner>
      ) : (
        <NeedSignIn>{() => <Closing onClosed={() => setClosed(true)} />}</NeedSignIn>
      )}
    </Page>
  );
}

function Closing({ onClosed }: { readonly onClosed: () => void }) {
  const { t } = useLingui();
  const forgetMe = useForgetMe();
  const [understood, setUnderstood] = useState(false);
  const [isReminded, setReminded] = useState(false);
  const close = useProvenAct(async () => {
    await must(http.DELETE('/v1/me'));
    onClosed();
    await forgetMe();
  });
  return (
    <>
      <WhatHappens />
      <p>
        <Link to="/me/data">{t`想留一份，先下载我的资料`}</Link>
      </p>
      <Check
        label={t`我明白，注销以后找不回来`}
        checked={understood}
        error={isReminded && !understood ? t`想好了，请先勾上这一条` : undefined}
        onChange={(event) => setUnderstood(event.target.checked)}
      />
      {close.error !== undefined && <Refusal error={close.error} />}
      <Button
        look="danger"
        busy={close.busy}
        onClick={() => {
          setReminded(true);
          if (understood) void close.run();
        }}
      >{t`注销账号`}</Button>
      {close.proof}
    </>
  );
}

function WhatHappens() {
  const { t } = useLingui();
  return (
    <div className={styles.cards}>
      <section className={styles.card} aria-labelledby="goes">
        <h2 id="goes">{t`会删掉的`}</h2>
        <ul>
          <li>{t`手机号、名字、生日`}</li>
          <li>{t`没有打过款的收款账号`}</li>
          <li>{t`您在账本里写的话、已经了结的异议的内容、没公开过的草稿`}</li>
          <li>{t`居民登记、所有设备上的登录、同意过的各项`}</li>
          <li>{t`您替别人办事的资格、在社会组织里的身份`}</li>
        </ul>
      </section>
      <section className={styles.card} aria-labelledby="stays">
        <h2 id="stays">{t`会留下的，不带名字`}</h2>
        <ul>
          <li>{t`账目：收了多少、付了多少、退了多少，和附在上面的凭证`}</li>
          <li>{t`打过款的收款账号，只留遮住的名字和尾号`}</li>
          <li>{t`您办完的众筹、您说过的缺什么、答应过的事，名字写作「已注销」`}</li>
        </ul>
      </section>
    </div>
  );
}

interface Obligation {
  readonly kind: string;
  readonly ref: string;
}

type Way = Pick<LinkProps, 'to' | 'params'>;

const to = (place: NonNullable<LinkProps['to']>) => (): Way => ({ to: place });

/** What has to be finished first, and where. */
const OBLIGATIONS: Readonly<
  Record<string, readonly [words: MessageDescriptor, way: ((ref: string) => Way) | null]>
> = {
  campaign_running: [msg`您发起的事还没办完`, (id) => ({ to: '/c/$id', params: { id } })],
  pledge_open: [msg`您答应的事还没办完，也没退出`, to('/me/pledges')],
  objection_open: [msg`您提的异议还没答复`, null],
  receipt_open: [msg`您付的一笔钱还在等确认`, to('/me/payments')],
  payout_open: [msg`有一笔要付给您的钱还没付完`, to('/me/payments')],
  custody_signatory: [msg`您是一个收款账户的签字人，要先换人`, null],
  partner_without_owner: [
    msg`您是一个组织唯一的负责人，要先请别人当负责人`,
    (id) => ({ to: '/partners/$id', params: { id } }),
  ],
  last_platform_admin: [msg`您是最后一位平台管理员，要先请别人来当`, null],
};

/** The api names what is open, thing by thing. */
function Refusal({ error }: { readonly error: unknown }) {
  const { t, i18n } = useLingui();
  if (!isProblem(error) || !isRefusal(error, 'obligations_open')) return <Trouble error={error} />;
  const open = (error.details?.obligations ?? []) as readonly Obligation[];
  return (
    <Banner tone="error" live title={error.title}>
      <p>{error.detail}</p>
      <ul>
        {open.map(({ kind, ref }) => {
          const [words, way] = OBLIGATIONS[kind] ?? [null, null];
          const says = words ? i18n._(words) : kind;
          return <li key={kind + ref}>{way ? <Link {...way(ref)}>{says}</Link> : <span>{says}</span>}</li>;
        })}
      </ul>
      <p>{t`办完以后再回来注销。`}</p>
    </Banner>
  );
}
