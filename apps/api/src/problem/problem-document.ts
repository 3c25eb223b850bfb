import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '@hehuo/kernel';
import { preferredLanguage, type Language } from '../http/language.js';
import { adviceInChinese } from './advice.zh.js';
import { shownFields, type FieldError } from './field-advice.zh.js';
import { HttpProblem } from './http-problem.js';
import { problemOf } from './problems.js';

/** RFC 9457, with the code and, where fields are wrong, a pointer to each (RFC 6901). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What to do, in words: in Chinese or in English, as the reader asks. */
  readonly detail: string;
  /** The id of the request, to be named when somebody asks for help. */
  readonly instance: string;
  readonly code: string;
  readonly errors?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

export const INTERNAL = new HttpProblem(
  'internal_error',
  'nothing you did; if it stays, tell the operator the id in "instance"',
);

export function documentOf(refusal: DomainError, requestId: string, language: Language): ProblemDocument {
  const row = problemOf(refusal.code) ?? { status: 500, zh: refusal.code, en: refusal.code };
  const { errors, ...details } = refusal.details;
  const isChinese = language !== 'en';
  return {
    type: `/problems/${refusal.code}`,
    title: isChinese ? row.zh : row.en,
    status: row.status,
    detail: (isChinese ? adviceInChinese(refusal.code, refusal.details) : null) ?? refusal.message,
    instance: requestId,
    code: refusal.code,
    ...(Array.isArray(errors)
      ? { errors: shownFields(refusal.code, errors as FieldError[], isChinese) }
      : {}),
    ...(Object.keys(details).length === 0 ? {} : { details: printable(details) }),
  };
}

export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: DomainError,
): Promise<void> {
  const language = preferredLanguage(request.headers['accept-language']);
  const document = documentOf(refusal, request.id, language);
  const { retryAfterSeconds } = refusal.details;
  if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', String(retryAfterSeconds));
  if (document.status === 401) void reply.header('www-authenticate', 'Bearer');
  await reply
    .code(document.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept-language')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(document));
}

/** Quantities are bigint in the domain and decimal strings in JSON. */
function printable(details: Record<string, unknown>): Record<string, unknown> {
  const write = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? value.toString() : value;
  return JSON.parse(JSON.stringify(details, write)) as Record<string, unknown>;
}
