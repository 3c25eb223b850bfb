import type { SettlementErrorCode } from '@hehuo/settlement';
import type { ProblemRow } from '../problem/problem-row.js';

export const SETTLEMENT_PROBLEMS: Record<SettlementErrorCode, ProblemRow> = {
  settlement_not_found: { status: 404, zh: '还没有结算', en: 'There is no settlement yet' },
  settlement_not_halted: { status: 409, zh: '结算没有暂停', en: 'This settlement is not halted' },
  settlement_item_not_found: {
    status: 404,
    zh: '没有这笔待结算的响应',
    en: 'There is no such item to settle',
  },
  settlement_item_not_stuck: {
    status: 409,
    zh: '这一笔不需要人工处理',
    en: 'This item does not need a person',
  },
  settlement_forbidden: {
    status: 403,
    zh: '只有社区工作人员可以操作',
    en: 'Only staff of the community may do this',
  },
  payable_pledge_not_found: { status: 404, zh: '您没有这笔出资', en: 'You have no such pledge of money' },
  pledge_not_payable: { status: 409, zh: '这笔出资现在不能付款', en: 'This pledge cannot be paid now' },
  pledge_moved: { status: 409, zh: '这笔响应的状态已经变化', en: 'This pledge has moved on meanwhile' },
  milestone_not_found: {
    status: 404,
    zh: '没有这个步骤，或还没有结算',
    en: 'There is no such milestone, or it is not settled yet',
  },
  milestone_decision_not_found: { status: 404, zh: '没有这个决定', en: 'There is no such decision' },
  milestone_decision_invalid: { status: 422, zh: '决定的内容有误', en: 'The decision is not right' },
  milestone_decision_waits: {
    status: 409,
    zh: '已有一个决定待确认，或刚被处理',
    en: 'Another decision about this waits or was just made',
  },
  milestone_same_person: { status: 403, zh: '须由另一个人来确认', en: 'Another person must confirm this' },
  surplus_not_yet: {
    status: 409,
    zh: '还不能决定结余',
    en: 'There is no surplus to decide about yet',
  },
};
