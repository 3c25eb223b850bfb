import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { Mark, type Look } from '../../ui/state-mark';

type States = Readonly<Record<string, readonly [words: MessageDescriptor, look: Look]>>;

/** How the things of the money desk stand, and so who is awaited. */
const STATES = {
  payout: {
    proposed: [msg`等第一位批`, 'lit'],
    approved_once: [msg`等第二位批`, 'lit'],
    released: [msg`批好了，等转账`, 'lit'],
    sent: [msg`转了，等核实到账`, 'lit'],
    done: [msg`付到了`, 'good'],
    refused: [msg`没批`, 'bad'],
    withdrawn: [msg`撤回了`, 'quiet'],
    returned: [msg`银行退回来了`, 'bad'],
  },
  payee: {
    proposed: [msg`等另一位核对账号`, 'lit'],
    confirmed: [msg`核对过了`, 'good'],
    forgotten: [msg`已注销，不再付`, 'quiet'],
  },
  clawBack: {
    entered: [msg`等另一位核实`, 'lit'],
    confirmed: [msg`核实了`, 'good'],
    refused: [msg`没查到`, 'bad'],
  },
  part: {
    open: [msg`还在做`, 'lit'],
    finished: [msg`做完了`, 'good'],
    cancelled: [msg`不做了`, 'bad'],
  },
  decision: {
    proposed: [msg`等资金审批人确认`, 'lit'],
    confirmed: [msg`定了`, 'good'],
    refused: [msg`没同意`, 'bad'],
  },
} as const satisfies Readonly<Record<string, States>>;

interface StandingProps {
  readonly of: keyof typeof STATES;
  readonly state: string;
}

export function Standing({ of, state }: StandingProps) {
  const { i18n } = useLingui();
  const states: States = STATES[of];
  const [words, look] = states[state] ?? [null, 'quiet' as const];
  return <Mark look={look}>{words ? i18n._(words) : state}</Mark>;
}
