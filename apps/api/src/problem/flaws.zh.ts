import type { FlawCode, PledgeFlaw } from '@hehuo/campaign';
import type { BankFlaw } from '@hehuo/payment';
import type { TableFlaw } from '@hehuo/platform';

/** Words for a flaw, or what makes them of what the flaw says besides. */
export type FlawWords = string | ((flaw: Readonly<Record<string, unknown>>) => string);

/** What to do about the form of a pledge. */
export const PLEDGE_FLAWS_ZH: Record<PledgeFlaw, string> = {
  slot_has_quantity: '不用填数量：时段已说明多久',
  slot_missing: '请选择这一项的一个时段',
  slot_foreign: '这个时段属于另一项',
  places_missing: '至少来一个人',
  no_slots: '只有出工出力才有时段',
  no_places: '只有出工出力才填人数',
  counts_as_one: '不用填数量：这里每次算一份',
  quantity_missing: '请填写数量',
  idea_missing: '请用一句话以上写下您的想法',
  no_text: '只有出主意才填文字',
};

/** What to do about one place of a campaign's draft. */
export const CAMPAIGN_FLAWS_ZH: Record<FlawCode, string> = {
  missing: '请填写这一项',
  length: '字数不合适：不能空着，也不能太长',
  range: '数值超出了范围',
  too_many: '项数太多，请减少几项',
  not_for_kind: '这种帮助不用填这一项',
  kind_twice: '这种帮助只能列一项',
  below_minimum: '想要的数量不能少于最低目标',
  below_wanted: '上限不能少于想要的数量',
  required_without_minimum: '必需的项最低目标至少是 1',
  above_person: '每次的上限不能高于每人的上限',
  above_slots: '所有时段加起来不够这么多，请加时段或减数量',
  above_community: '超过了本社区规定的每人上限',
  above_costs: '要的钱比费用清单多，请补清单或减金额',
  shares_sum: '各步骤的比例加起来要正好是 100%',
  slot_missing: '出工出力至少要有一个时段：什么时候、要几个人',
  slot_order: '结束时间要晚于开始时间',
  slot_length: '一个时段要 15 分钟到 12 小时，按整分钟算',
  slot_capacity: '一个时段要 1 到 1000 个人',
  slot_overlap: '两个时段重叠了，请合成一个并增加人数',
  day: '请按 2026-11-25 这样填写日期',
  order: '各步骤的日期要按先后排',
  url: '请填写 https 开头的网址',
  category_blocked: '这类事情平台上不能办',
  nothing_required: '请至少把一项标为必需，成不成看它',
  no_money: '没有要钱的项，不用选付款方式',
  no_money_here: '这种类型不在平台上收钱',
  not_for_type: '这种类型不能这样选',
  before_deadline: '要安排在最后截止时间以后',
  deadline_too_near: '截止时间太近，请改晚一些',
  deadline_too_far: '截止时间太远，请改早一些',
  deadline_format: '请按 2026-12-01T18:00 这样填写截止时间',
  deadline_skipped: '当地没有这个时刻（调过钟），请换一个时间',
  deadline_twice: '当地这个时刻有两次（调过钟），请写明时区',
  pay_now_too_long: '马上付款的项目时间不能这么长，请改短，或改为成功后付款',
  photo_twice: '这张照片已经放过了',
};

/** What is missing, by the last name of its place; where a place has no words of its own, the code's are said. */
export const MISSING_ZH: Readonly<Record<string, string>> = {
  title: '请写一个标题',
  lead: '请用一句话说说是什么事',
  story: '请说说事情的来龙去脉',
  beneficiaries: '请写明哪些邻居受益',
  category: '请选择是哪一类事情',
  placeText: '请写明地点',
  plan: '请写明打算怎么做',
  risks: '请写明可能出什么问题、到时怎么办',
  asks: '请写明需要什么帮助',
  milestones: '请至少写一个步骤和它的日期',
  costs: '请列出钱花在哪里',
  paymentMode: '请选择什么时候付款',
  externalUrl: '请填写指定平台上的项目网址',
  deadline: '请填写截止时间',
  skill: '请写明需要什么手艺',
  perPersonMax: '请写明每人最多多少',
  goodsMode: '请选择是送还是借',
  returnOn: '借用的东西请写明归还日期，如 2026-12-25',
};

/** What to do about one line of a bank's file. */
export const BANK_FLAWS_ZH: Record<BankFlaw | TableFlaw, FlawWords> = {
  empty: '文件是空的，请重新从银行下载',
  not_utf8: '文件不是 UTF-8 编码，请另存为“CSV UTF-8”',
  unreadable: '这一行读不出来，请检查引号和逗号',
  no_text: '文件既不是 UTF-8 也不是 GBK 文本，请重新导出为 CSV',
  no_header: '没有找到表头：要有“日期”和“收入”两列',
  column_twice: '表头里这一列出现了两次，请只留一列',
  day_ahead: '日期还没到，请核对',
  day_invalid: '请按 2026-11-25 或 2026/11/25 09:30 这样写日期',
  sum_invalid: '请按 1,234.50 这样写金额，单位是元',
  both_ways: '同一行不能又有收入又有支出',
  serial_twice: ({ twin }) => `流水号和第 ${String(twin)} 行重复，请核对后删去一行`,
  serial_other_sum: '这个流水号以前导入过，金额不一样，请和银行核对',
};

/** Which words a context's own flaws have, by the code of the problem that lists them. */
export const FLAWS_ZH: Readonly<Record<string, Readonly<Record<string, FlawWords>>>> = {
  pledge_invalid: PLEDGE_FLAWS_ZH,
  campaign_incomplete: CAMPAIGN_FLAWS_ZH,
  campaign_field_invalid: CAMPAIGN_FLAWS_ZH,
  bank_statement_refused: BANK_FLAWS_ZH,
  match_pool_invalid: { range: '超出了范围，或与其他条件不合', unknown: '没有这个编号，请核对' },
};
