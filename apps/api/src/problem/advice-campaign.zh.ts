import type { CampaignErrorCode, MatchErrorCode, PledgeErrorCode, PledgeFlaw } from '@hehuo/campaign';
import type { SettlementErrorCode } from '@hehuo/settlement';
import { wait, yuan, type Advice } from './advice-words.js';
import { PLEDGE_FLAWS_ZH } from './flaws.zh.js';

const askStaff = '需要的话，请找社区工作人员帮忙';
const again = '请刷新后再看一遍，再做一次';

export const CAMPAIGN_ADVICE_ZH: Record<CampaignErrorCode, Advice> = {
  need_not_found: '它可能已经撤掉了，请回到需求列表看看',
  need_closed: '这条需求已有项目或已结束，您可以看看它的项目，或另提一条',
  too_many_needs: ({ limit }) => `每人一天最多提 ${String(limit)} 条，请明天再提；急事请直接联系社区`,
  too_many_drafts: ({ limit }) => `您已有 ${String(limit)} 个还没公示的项目，请先办完或取消一个`,
  too_many_drafts_today: ({ limit }) => `每人一天最多新建 ${String(limit)} 个，请明天再来`,
  echo_not_found: '您没有附议过，不用撤回',
  campaign_not_found: '项目可能还没公示，或网址不对，请回到项目列表看看',
  campaign_changed: again,
  campaign_stale: '别人刚改过。请刷新看最新内容，再改一次',
  community_unknown: '请回到首页，重新选择您的社区',
  campaign_incomplete: '请按下面的提示把缺的内容补上，再提交',
  campaign_field_invalid: '请按下面的提示改好，再保存',
  campaign_not_editable: '要修改请先把项目撤回来，改好后再重新送审',
  campaign_frozen: '已经告诉邻居们的内容不能再改；' + askStaff,
  campaign_forbidden: '这要由项目发起人或社区工作人员来做；' + askStaff,
  campaign_not_open: '项目现在不在进行中，请刷新看看它的状态',
  campaign_not_suspended: '项目没有暂停，不用恢复；请刷新看看',
  category_blocked: ({ reason, wayOut }) => inChinese(reason) + inChinese(wayOut),
  not_a_member: '请先登记，并核实您的住户身份',
  adults_only: '请家里的成年人来办',
  not_in_review: '只有送审后的项目才能审核，请刷新看看它的状态',
  review_incomplete: '请把审核清单逐项看完；要改的请写明原因',
  reviewer_is_organiser: '请另一位工作人员来审核',
  custody_account_missing: '请先选好由哪个账户保管这笔钱',
  custody_account_unfit: '请换一个本社区的、已启用的、合适的代管账户',
  version_required: '请先读取最新内容，再带上 If-Match 发送：内容里的 version 加上引号，如 "7"',
  objection_not_found: '它可能已经撤回，请刷新公示页面看看',
  objection_answered: '这条异议已经有结果，不用再处理；还有意见可以另提一条',
  objection_open_already: '请先等上一条的答复，或把它撤回后再提',
  not_under_notice: '只有公示期间可以提异议；现在有意见请联系社区工作人员',
  deadline_too_near: '公示以后剩下的时间太少，请把截止时间改晚一些',
  extension_refused: '只能按发起时定好的规则延长一次，请看项目页上的规则',
  has_pledges: '已经有邻居答应帮忙，不能自己取消；请联系社区工作人员',
  task_not_found: '它可能已经办完，请刷新待办列表',
  task_done: '这项待办别人已经办完，不用再办',
};

export const PLEDGE_ADVICE_ZH: Record<PledgeErrorCode, Advice> = {
  pledge_not_found: '您没有这笔响应',
  pledge_ask_unknown: '请刷新项目，再选一项',
  pledge_slot_unknown: '请刷新项目，再选一个时段',
  pledge_invalid: ({ errors }) => flawOf(errors) ?? '请按 errors 里的提示改好后再发送',
  pledging_closed: '这个项目现在不接受响应',
  pledge_not_eligible: '请先核实您的住户身份',
  pledge_age: '可以请家里的大人来响应',
  pledge_full: ({ left }) => (isNone(left) ? '谢谢您，可以看看还缺什么' : `这一项最多还能收 ${String(left)}`),
  pledge_slot_full: ({ left }) => (isNone(left) ? '请选另一个时段' : `这个时段只剩 ${String(left)} 个名额`),
  pledge_over_limit: ({ limit, promised }) =>
    promised === undefined
      ? `每次最多 ${String(limit)}`
      : `每人最多 ${String(limit)}，您已经答应 ${String(promised)}`,
  pledge_too_small: ({ least }) => `每次至少 ${yuan(least)} 元`,
  pledge_too_many: ({ limit }) => `一个人在同一项上最多响应 ${String(limit)} 次；需要帮忙请联系社区`,
  pledge_already_made: '一户算一次，您家已经点亮了',
  pledge_on_behalf_refused: '只有社区工作人员和信得过的邻居可以代办，请联系社区',
  pledge_key_reused: '新的响应请换一个新的 Idempotency-Key',
  pledging_busy: wait('再试'),
  pledge_not_withdrawable: '这笔响应在这里不能再撤回，请联系发起人',
  campaign_halted: '请等工作人员核对',
};

export const MATCH_ADVICE_ZH: Record<MatchErrorCode, Advice> = {
  match_pool_not_found: again,
  match_pool_invalid: '请按下面的提示把条件改好，再保存',
  match_pool_not_active: '这个配捐池还没启用或已关闭，请换一个，或先请另一位工作人员启用',
  match_pool_unfit: '请换一个给本社区、也配这类帮助的配捐池；一个项目的配捐池数量有上限',
  match_forbidden: '这要由有权限的社区工作人员或资金审批人来做',
  match_same_person: '为了公正，请另一位没有经手的人来做这一步',
  match_too_late: '配捐池要在审核以后、截止以前加入',
  match_not_bound: again,
  match_receipt_invalid: ({ due }) =>
    due === undefined
      ? '项目还没有收款账户，请先选好账户'
      : `应到 ${yuan(due)} 元，金额要正好，日期不能晚于今天`,
};

export const SETTLEMENT_ADVICE_ZH: Record<SettlementErrorCode, Advice> = {
  settlement_not_found: '项目截止并有结果以后才有结算，请过后再看',
  settlement_not_halted: '结算正在正常进行，不用处理',
  settlement_item_not_found: again,
  settlement_item_not_stuck: '系统会自己办完这一笔，不用处理',
  settlement_forbidden: '请有权限的社区工作人员或资金审批人来办',
  payable_pledge_not_found: '只能付您自己答应的钱，请从自己的响应里打开',
  pledge_not_payable: '请刷新看看这笔出资的状态；如果已付款，请等系统核对，不要重复付',
  pledge_moved: '这笔响应刚有变化，请刷新看看，再决定怎么办',
  milestone_not_found: '请刷新项目页；项目结算以后才有可用的步骤',
  milestone_decision_not_found: again,
  milestone_decision_invalid: '请核对步骤、收款方和依据，改好后再提出',
  milestone_decision_waits: '请先请另一个人确认或否决已提出的那一个，再提新的',
  milestone_same_person: '提出的人不能自己确认，请另一位来确认',
  surplus_not_yet: '请先把每个步骤付完、办结或取消，再决定剩下的钱',
};

/** A refused category brings its own words in both languages. */
function inChinese(words: unknown): string {
  return String((words as { readonly 'zh-CN'?: unknown } | undefined)?.['zh-CN'] ?? '');
}

function isNone(left: unknown): boolean {
  return left === undefined || String(left) === '0';
}

function flawOf(errors: unknown): string | null {
  const [first] = Array.isArray(errors) ? (errors as { readonly code?: unknown }[]) : [];
  const code = String(first?.code);
  return Object.hasOwn(PLEDGE_FLAWS_ZH, code) ? PLEDGE_FLAWS_ZH[code as PledgeFlaw] : null;
}
