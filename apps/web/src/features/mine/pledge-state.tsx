import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { amount } from '../../ui/amount';

const STATES: Readonly<Record<string, MessageDescriptor>> = {
  promised: msg`说定了`,
  awaiting_payment: msg`凑齐了，等您付款`,
  held: msg`钱已到账`,
  paid: msg`钱已用上`,
  refund_due: msg`正在退款`,
  refunded: msg`已退款`,
  confirmed: msg`凑齐了，等着您来`,
  handover_due: msg`凑齐了，等着交东西`,
  adopted: msg`主意被采用`,
  archived: msg`主意已存档`,
  counted: msg`已算数`,
  released: msg`没凑齐，已解除`,
  withdrawn: msg`您退出了`,
  expired: msg`没有按时付款，已过期`,
  dropped: msg`没有按时付款，已取消`,
};

export function PledgeState({ state }: { readonly state: string }) {
  const { i18n } = useLingui();
  const words = STATES[state];
  return <p>{words ? i18n._(words) : state}</p>;
}

export const amountOfPledge = (
  ask: { unit: string; unitLabel: string | null },
  pledge: { quantity: string },
): string => amount(ask, pledge.quantity);
