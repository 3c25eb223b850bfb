import {
  CAMPAIGN_ADVICE_ZH,
  MATCH_ADVICE_ZH,
  PLEDGE_ADVICE_ZH,
  SETTLEMENT_ADVICE_ZH,
} from './advice-campaign.zh.js';
import { LEDGER_ADVICE_ZH, PAYMENT_ADVICE_ZH, RECONCILIATION_ADVICE_ZH } from './advice-money.zh.js';
import {
  BOOK_ADVICE_ZH,
  COMMUNITY_ADVICE_ZH,
  FILE_ADVICE_ZH,
  IDENTITY_ADVICE_ZH,
} from './advice-people.zh.js';
import { wait, type Advice, type Details } from './advice-words.js';
import type { HttpCode } from './http-problem.js';
import type { ErrorCode } from './problems.js';

const HTTP_ADVICE_ZH: Record<HttpCode, Advice> = {
  malformed_request: '请按 /v1/docs 的说明发送 UTF-8 编码的 JSON',
  idempotency_key_required: '请带上 Idempotency-Key 请求头，每个新操作换一个新的',
  idempotency_key_invalid: '请用 8 到 64 个字母、数字、"_" 或 "-"',
  cross_site_request: '带登录 Cookie 的请求只能由本站页面发出；程序请改用 Bearer 令牌',
  sign_in_required: '请登录，并在 Authorization 请求头里带上 Bearer 令牌',
  forbidden: '您的角色不能这样做；如有需要请联系社区工作人员',
  second_factor_required: '请再验证一次身份，五分钟内有效',
  not_found: '请核对网址和编号',
  method_not_allowed: '这个网址支持的方法见 Allow 响应头',
  request_timeout: '请检查网络后重新发送',
  request_too_large: '内容请不要超过限定的大小',
  address_too_long: '请缩短网址',
  unsupported_media_type: '这里不收这种格式；请换成接口说明里列出的 content-type 再发送',
  validation_failed: '请按 errors 里的提示改好后再发送',
  cursor_invalid: '请不带 cursor，从第一页重新开始',
  idempotency_key_reused: '新的操作请换一个新的 Idempotency-Key',
  too_many_requests: wait('再试'),
  internal_error: '不是您的错；如果一直这样，请把 instance 里的编号告诉管理员',
  busy: wait('再试'),
  database_away: wait('用同一个 Idempotency-Key 再试'),
  stopping: wait('再试'),
};

/**
 * What to do, for readers of Chinese, for every code there is; a new one does not compile until it has words here. The
 * code chooses the sentence and `details` fill it in; the English message is never read.
 */
const ADVICE_ZH: Record<ErrorCode, Advice> = {
  ...HTTP_ADVICE_ZH,
  state_conflict: '别人可能刚办过这一步；请刷新看看现在的状态',
  ...CAMPAIGN_ADVICE_ZH,
  ...PLEDGE_ADVICE_ZH,
  ...MATCH_ADVICE_ZH,
  ...SETTLEMENT_ADVICE_ZH,
  ...PAYMENT_ADVICE_ZH,
  ...RECONCILIATION_ADVICE_ZH,
  ...LEDGER_ADVICE_ZH,
  ...COMMUNITY_ADVICE_ZH,
  ...FILE_ADVICE_ZH,
  ...BOOK_ADVICE_ZH,
  // Last: what both HTTP and signing in say is said the same.
  ...IDENTITY_ADVICE_ZH,
};

/** Null for a code that no table knows. */
export function adviceInChinese(code: string, details: Details): string | null {
  const advice = Object.hasOwn(ADVICE_ZH, code) ? ADVICE_ZH[code as ErrorCode] : null;
  return typeof advice === 'function' ? advice(details) : advice;
}
