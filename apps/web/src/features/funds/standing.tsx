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
  receipt: {
    entered: [msg`等另一位确认`, 'lit'],
    confirmed: [msg`确认了`, 'good'],
    refused: [msg`没通过`, 'bad'],
  },
  bankLine: {
    unmatched: [msg`没对上`, 'lit'],
    proposed: [msg`猜到是谁的`, 'lit'],
    accepted: [msg`对上了`, 'good'],
    dismissed: [msg`不是众筹的钱`, 'quiet'],
  },
  refund: {
    due: [msg`等着退`, 'quiet'],
    sent: [msg`正在退`, 'quiet'],
    processing: [msg`正在退`, 'quiet'],
    unknown: [msg`结果不明`, 'lit'],
    waiting_funds: [msg`商户余额不够`, 'lit'],
    needs_human: [msg`要人来办`, 'bad'],
    done: [msg`退到了`, 'good'],
  },
  billDay: {
    due: [msg`等账单`, 'lit'],
    imported: [msg`正在对`, 'quiet'],
    matched: [msg`对好了`, 'good'],
    explained: [msg`说清了`, 'good'],
    without_bill: [msg`没有账单，关了`, 'quiet'],
  },
  billLine: {
    matched: [msg`对上了`, 'good'],
    duplicate: [msg`重复的一行`, 'quiet'],
    contradicted: [msg`前后不一`, 'bad'],
    missing_local: [msg`我们没有`, 'bad'],
    amount: [msg`金额不一样`, 'bad'],
    status: [msg`结果不一样`, 'bad'],
    fee: [msg`手续费`, 'quiet'],
    fee_corrected: [msg`更正手续费`, 'quiet'],
    withdrawal: [msg`提到银行`, 'quiet'],
    not_understood: [msg`看不懂`, 'bad'],
  },
  difference: {
    open: [msg`等说明`, 'lit'],
    proposed: [msg`等另一位确认`, 'lit'],
    carried: [msg`先挂着`, 'quiet'],
    explained: [msg`说清了`, 'good'],
    healed: [msg`自己对上了`, 'good'],
  },
  grant: {
    proposed: [msg`等另一位确认`, 'lit'],
    active: [msg`在岗`, 'good'],
    withdrawn: [msg`收回了`, 'quiet'],
  },
  custody: {
    proposed: [msg`等启用`, 'lit'],
    active: [msg`在用`, 'good'],
    closed: [msg`停用了`, 'quiet'],
  },
  check: {
    unchecked: [msg`没查过`, 'quiet'],
    works: [msg`能用`, 'good'],
    fails: [msg`不能用`, 'bad'],
    no_answer: [msg`没有回答`, 'bad'],
  },
  bound: {
    bound: [msg`说好要配`, 'quiet'],
    due: [msg`等出资单位的钱`, 'lit'],
    receipt_entered: [msg`等另一位确认`, 'lit'],
    received: [msg`到了`, 'good'],
    write_off_proposed: [msg`等另一位同意不等`, 'lit'],
    written_off: [msg`不等了`, 'bad'],
    late_entered: [msg`等另一位确认`, 'lit'],
    late_received: [msg`晚到了`, 'good'],
    promised: [msg`说好了`, 'good'],
    released: [msg`不用配了`, 'quiet'],
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
