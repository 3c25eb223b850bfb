import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Schemas } from '../../api/client';

export type Item = Schemas['VerdictBody']['item'];
export type Verdict = Schemas['VerdictBody']['verdict'];

/** What is judged, in the order in which one reads the page. */
export const ITEMS: Readonly<Record<Item, MessageDescriptor>> = {
  need: msg`真的有这个需要`,
  story: msg`说得清楚，没有夸大`,
  beneficiaries: msg`受益的是大家，不是发起人自己`,
  place: msg`地点属实，能用`,
  plan: msg`做法可行`,
  costs: msg`花费合理，有依据`,
  asks: msg`要的人、物、钱合适`,
  money: msg`钱由谁管、怎么退，写明白了`,
  risks: msg`风险想到了，有办法`,
  legal: msg`合法合规`,
  privacy: msg`没有露出别人的隐私`,
};

export const VERDICTS: Readonly<Record<Verdict, MessageDescriptor>> = {
  ok: msg`好`,
  fix: msg`要改`,
  not_applicable: msg`不涉及`,
};
