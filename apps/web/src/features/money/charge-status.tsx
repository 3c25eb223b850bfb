import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { Banner } from '../../ui/banner';
import type { Charge } from './charge';

const WORDS: Readonly<Record<Charge['status'], MessageDescriptor>> = {
  to_pay: msg`还没有付`,
  checking: msg`正在向收款方核对，请稍等`,
  paid: msg`已经付了，谢谢`,
  returning: msg`钱正在退回`,
  returned: msg`钱已退回`,
  not_paid: msg`没有付成，没有扣钱`,
};

/** The one plain status of a payment, said aloud when it changes. */
export function ChargeStatus({ status }: { readonly status: Charge['status'] }) {
  const { i18n } = useLingui();
  const tone = status === 'paid' ? 'done' : status === 'to_pay' ? 'warn' : 'note';
  return <Banner tone={tone} live title={i18n._(WORDS[status])} />;
}
