import { HttpException } from '@nestjs/common';
import { DomainError } from '@hehuo/kernel';
import { isCommitLost, isDatabaseAway, isRetryable } from '@hehuo/platform';
import { HttpProblem, type HttpCode } from './http-problem.js';
import { problemOf } from './problems.js';

const awaySeconds = 2;
const busySeconds = 1;

/** What Fastify, its plugins and Nest refuse by themselves. */
const CODE_BY_STATUS: Readonly<Record<number, HttpCode>> = {
  400: 'malformed_request',
  401: 'sign_in_required',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'request_too_large',
  414: 'address_too_long',
  415: 'unsupported_media_type',
  422: 'validation_failed',
  429: 'too_many_requests',
};

const ADVICE: Readonly<Partial<Record<HttpCode, string>>> = {
  malformed_request: 'send JSON in UTF-8 as the documentation at /v1/docs says',
  not_found: 'look at /v1/docs for what there is',
  request_too_large: 'send at most 64 KiB',
  unsupported_media_type: 'send content-type: application/json',
};

/** Turns whatever was thrown into a refusal with a code of the table. Null means that the fault is ours. */
export function refusalOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return problemOf(error.code) ? error : null;
  if (isCommitLost(error)) {
    const advice = 'it is not known whether this was stored; send it again with the same Idempotency-Key';
    return new HttpProblem('database_away', advice, { retryAfterSeconds: awaySeconds });
  }
  if (isDatabaseAway(error)) {
    const advice = 'the database does not answer; try again in a moment';
    return new HttpProblem('database_away', advice, { retryAfterSeconds: awaySeconds });
  }
  if (isRetryable(error)) {
    const advice = 'others were changing the same rows; try again in a moment';
    return new HttpProblem('busy', advice, { retryAfterSeconds: busySeconds });
  }
  const code = CODE_BY_STATUS[statusOf(error)];
  return code ? new HttpProblem(code, ADVICE[code] ?? (error as Error).message) : null;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}
