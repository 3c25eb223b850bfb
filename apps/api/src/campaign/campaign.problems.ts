import type { CampaignErrorCode, PledgeErrorCode } from '@hehuo/campaign';
import type { ProblemRow } from '../problem/problem-row.js';

export const CAMPAIGN_PROBLEMS: Record<CampaignErrorCode, ProblemRow> = {
  need_not_found: { status: 404, zh: '没有这条需求', en: 'There is no such need' },
  need_closed: { status: 409, zh: '这条需求已经结束', en: 'This need is closed' },
  echo_not_found: { status: 404, zh: '您还没有附议这条需求', en: 'You have not joined this need' },
  campaign_not_found: { status: 404, zh: '没有这个项目', en: 'There is no such campaign' },
  campaign_changed: { status: 409, zh: '项目刚被别人修改过', en: 'Somebody changed this campaign meanwhile' },
  campaign_incomplete: { status: 422, zh: '项目内容还不完整', en: 'The campaign is not complete' },
  campaign_field_invalid: { status: 422, zh: '项目内容有误', en: 'Some fields of the campaign are wrong' },
  campaign_not_editable: { status: 409, zh: '项目现在不能修改', en: 'The campaign cannot be edited now' },
  campaign_frozen: {
    status: 409,
    zh: '目标和截止时间已经锁定',
    en: 'Goal and deadline are fixed',
  },
  campaign_forbidden: { status: 403, zh: '这不是您能操作的项目', en: 'This campaign is not yours to change' },
  campaign_not_open: { status: 409, zh: '项目不在进行中', en: 'The campaign is not open' },
  category_blocked: { status: 422, zh: '平台不支持这类项目', en: 'This category is not offered' },
  not_a_member: {
    status: 403,
    zh: '只有本社区已核实的居民可以操作',
    en: 'Only verified residents may do this',
  },
  adults_only: { status: 403, zh: '只有成年人可以操作', en: 'Only adults may do this' },
  review_incomplete: { status: 422, zh: '审核清单还没有填完', en: 'The review checklist is not complete' },
  reviewer_is_organiser: {
    status: 403,
    zh: '发起人不能审核自己的项目',
    en: 'Organisers do not review their own campaign',
  },
  custody_account_missing: {
    status: 409,
    zh: '还没有可用的代管账户',
    en: 'There is no custody account for this campaign',
  },
  objection_not_found: { status: 404, zh: '没有这条异议', en: 'There is no such objection' },
  objection_answered: { status: 409, zh: '这条异议已经答复', en: 'This objection is answered' },
  objections_open: { status: 409, zh: '还有异议没有答复', en: 'Some objections wait for an answer' },
  notice_running: { status: 409, zh: '公示期还没有结束', en: 'The public notice is still running' },
  deadline_too_near: { status: 422, zh: '截止时间太近', en: 'The deadline is too near' },
  extension_refused: { status: 409, zh: '不符合延期规则', en: 'The extension rule does not allow this' },
  has_pledges: { status: 409, zh: '已经有人响应', en: 'Somebody has already pledged' },
  task_not_found: { status: 404, zh: '没有这项待办', en: 'There is no such task' },
  task_done: { status: 409, zh: '这项待办已经完成', en: 'This task is done' },
};

export const PLEDGE_PROBLEMS: Record<PledgeErrorCode, ProblemRow> = {
  pledge_not_found: { status: 404, zh: '没有这笔响应', en: 'There is no such pledge' },
  pledge_ask_unknown: { status: 422, zh: '项目里没有这一项', en: 'The campaign has no such ask' },
  pledge_slot_unknown: { status: 422, zh: '项目里没有这个时段', en: 'The campaign has no such slot' },
  pledge_invalid: { status: 422, zh: '响应的内容有误', en: 'The pledge is not right' },
  pledging_closed: { status: 409, zh: '项目不再接受响应', en: 'The campaign takes no pledges' },
  pledge_not_eligible: {
    status: 403,
    zh: '只有本社区已核实的居民可以响应',
    en: 'Only verified residents can pledge here',
  },
  pledge_age: { status: 403, zh: '年龄不符合要求', en: 'This kind of help has an age limit' },
  pledge_full: { status: 409, zh: '这一项已经满了', en: 'This ask is complete' },
  pledge_slot_full: { status: 409, zh: '这个时段已经满了', en: 'This slot is full' },
  pledge_over_limit: { status: 422, zh: '超过了每人上限', en: 'This is more than one person may pledge' },
  pledge_already_made: { status: 409, zh: '您家已经响应过了', en: 'Your household has already pledged' },
  pledge_on_behalf_refused: { status: 403, zh: '您不能代别人响应', en: 'You may not pledge for others' },
  pledge_key_reused: {
    status: 422,
    zh: '同一个 Idempotency-Key 不能用于不同内容',
    en: 'This Idempotency-Key belongs to another pledge',
  },
  pledging_busy: { status: 429, zh: '人太多了，请稍后再试', en: 'Too many pledges at this moment' },
  pledge_not_withdrawable: {
    status: 409,
    zh: '这笔响应不能再撤回',
    en: 'The pledge can no longer be taken back',
  },
  campaign_halted: { status: 409, zh: '项目已暂停，等待核对', en: 'The campaign is halted for a check' },
};
