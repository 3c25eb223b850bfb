import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Once } from '@hehuo/platform';
import { canonicalJson } from './canonical-json.js';
import { HttpProblem } from '../problem/http-problem.js';

const KEY = /^[A-Za-z0-9_-]{8,64}$/;

const documentHeader: ParameterDecorator = (target, method) => {
  if (method === undefined) return;
  const descriptor = Object.getOwnPropertyDescriptor(target, method);
  if (!descriptor) return;
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description:
      'chosen by the client, new for every new act: sent again with the same body, it gives the same answer',
    schema: { type: 'string', pattern: KEY.source },
  })(target, method, descriptor);
};

/** The Idempotency-Key of the request, as `@IdempotencyKey() key: string`. Missing or malformed is 400. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    if (key === undefined || key === '') {
      throw new HttpProblem(
        'idempotency_key_required',
        'send an Idempotency-Key header, a new one for each new act, so that a lost answer can be asked for again',
      );
    }
    if (typeof key === 'string' && KEY.test(key)) return key;
    throw new HttpProblem('idempotency_key_invalid', 'use 8 to 64 letters, digits, "_" or "-"');
  },
  [documentHeader],
);

/** SHA-256 of the body in canonical form (RFC 8785), so that neither key order nor spacing makes another request. */
export function bodyHash(body: unknown): Buffer {
  return hash('sha256', canonicalJson(body), 'buffer');
}

/** Tells the client in a header that the answer is an earlier one, and hands it on. */
export function answerOnce<T>(reply: FastifyReply, once: Once<T>): T {
  if (once.replayed) void reply.header('idempotency-replayed', 'true');
  return once.value;
}
