import type { PledgeErrorCode, PledgeFlaw } from '@hehuo/campaign';
import type { IdentityErrorCode } from '@hehuo/identity';
import { fenToYuan } from '@hehuo/kernel';
import type { HttpCode } from './http-problem.js';

type Details = Readonly<Record<string, unknown>>;
type Advice = string | ((details: Details) => string);

type SignInCode = Extract<
  IdentityErrorCode,
  | 'phone_invalid'
  | 'code_too_soon'
  | 'too_many_codes'
  | 'sign_in_refused'
  | 'sign_in_locked'
  | 'second_factor_refused'
  | 'password_weak'
>;

const wait =
  (then: string): Advice =>
  (details) => {
    const { retryAfterSeconds: seconds } = details;
    return typeof seconds === 'number' ? `请等 ${seconds} 秒${then}` : `请稍等${then}`;
  };

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

/**
 * What to do, for readers of Chinese: for everything that HTTP itself refuses, for pledges and for signing in, where
 * most refusals happen. The code chooses the sentence and `details` fill it in; the English message is never read.
 */
const ADVICE_ZH: Record<HttpCode | PledgeErrorCode | SignInCode, Advice> = {
  malformed_request: '请按 /v1/docs 的说明发送 UTF-8 编码的 JSON',
  idempotency_key_required: '请带上 Idempotency-Key 请求头，每个新操作换一个新的',
  idempotency_key_invalid: '请用 8 到 64 个字母、数字、"_" 或 "-"',
  sign_in_required: '请登录，并在 Authorization 请求头里带上 Bearer 令牌',
  forbidden: '您的角色不能这样做；如有需要请联系社区工作人员',
  second_factor_required: '请再验证一次身份，五分钟内有效',
  not_found: '请核对网址和编号',
  method_not_allowed: '这个网址支持的方法见 Allow 响应头',
  request_timeout: '请检查网络后重新发送',
  request_too_large: '内容请不要超过限定的大小',
  address_too_long: '请缩短网址',
  unsupported_media_type: '请以 content-type: application/json 发送',
  validation_failed: '请按 errors 里的提示改好后再发送',
  cursor_invalid: '请不带 cursor，从第一页重新开始',
  idempotency_key_reused: '新的操作请换一个新的 Idempotency-Key',
  too_many_requests: wait('再试'),
  internal_error: '不是您的错；如果一直这样，请把 instance 里的编号告诉管理员',
  busy: wait('再试'),
  database_away: wait('用同一个 Idempotency-Key 再试'),
  stopping: wait('再试'),
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
  phone_invalid: '请填写 11 位的大陆手机号',
  code_too_soon: wait('再要验证码'),
  too_many_codes: wait('再要验证码'),
  sign_in_refused: '请核对后再试，或重新要一个验证码',
  sign_in_locked: wait('再试'),
  second_factor_refused: '验证码不对、过期或用过了，请换一个新的',
  password_weak: '请用更长、更多样的密码',
};

export function adviceInChinese(code: string, details: Details): string | null {
  const advice = Object.hasOwn(ADVICE_ZH, code) ? ADVICE_ZH[code as keyof typeof ADVICE_ZH] : null;
  return typeof advice === 'function' ? advice(details) : advice;
}

/** Fen, as they stand in the details, in yuan. */
function yuan(fen: unknown): string {
  return fenToYuan(BigInt(String(fen)));
}

function isNone(left: unknown): boolean {
  return left === undefined || String(left) === '0';
}

function flawOf(errors: unknown): string | null {
  const [first] = Array.isArray(errors) ? (errors as { readonly code?: unknown }[]) : [];
  const code = String(first?.code);
  return Object.hasOwn(PLEDGE_FLAWS_ZH, code) ? PLEDGE_FLAWS_ZH[code as PledgeFlaw] : null;
}
