import { DomainError } from '@hehuo/kernel';
import type { ProblemRow } from './problem-row.js';

/** Refusals of the HTTP layer itself, before any use case is asked. */
export const HTTP_PROBLEMS = {
  malformed_request: { status: 400, zh: '请求无法读取', en: 'The request cannot be read' },
  idempotency_key_required: { status: 400, zh: '缺少 Idempotency-Key', en: 'Idempotency-Key is missing' },
  idempotency_key_invalid: {
    status: 400,
    zh: 'Idempotency-Key 格式不对',
    en: 'Idempotency-Key cannot be used',
  },
  cross_site_request: { status: 403, zh: '请从本站页面操作', en: 'Act from a page of this site' },
  sign_in_required: { status: 401, zh: '请先登录', en: 'Sign in first' },
  forbidden: { status: 403, zh: '您没有这项权限', en: 'You may not do this' },
  second_factor_required: { status: 403, zh: '请再验证一次身份', en: 'Confirm your second factor' },
  not_found: { status: 404, zh: '没有找到', en: 'There is nothing here' },
  method_not_allowed: { status: 405, zh: '不支持这种请求方法', en: 'This method is not offered here' },
  request_timeout: { status: 408, zh: '请求超时', en: 'The request took too long to arrive' },
  request_too_large: { status: 413, zh: '内容过大', en: 'The request is too large' },
  address_too_long: { status: 414, zh: '网址过长', en: 'The address is too long' },
  unsupported_media_type: { status: 415, zh: '不支持这种内容格式', en: 'This content type is not read' },
  validation_failed: { status: 422, zh: '填写的内容有误', en: 'Some fields are wrong' },
  cursor_invalid: { status: 422, zh: '翻页标记无效', en: 'The cursor cannot be used' },
  idempotency_key_reused: {
    status: 422,
    zh: '同一个 Idempotency-Key 不能用于不同内容',
    en: 'This Idempotency-Key belongs to another request',
  },
  too_many_requests: { status: 429, zh: '操作太频繁，请稍后再试', en: 'Too many requests' },
  internal_error: { status: 500, zh: '系统出错了', en: 'Something went wrong here' },
  busy: { status: 503, zh: '系统繁忙，请稍后再试', en: 'Too busy at this moment' },
  database_away: { status: 503, zh: '服务暂时不可用', en: 'The service is not available right now' },
  stopping: { status: 503, zh: '服务正在重启，请稍后再试', en: 'This server is about to stop' },
} as const satisfies Record<string, ProblemRow>;

export type HttpCode = keyof typeof HTTP_PROBLEMS;

/** `details.retryAfterSeconds` becomes the Retry-After header, `details.errors` the list of wrong fields. */
export class HttpProblem extends DomainError<HttpCode> {}
