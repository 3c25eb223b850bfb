import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '@hehuo/identity';
import { runInContext } from '@hehuo/platform';

/** The context of one request; the guard writes the person's id into it. */
export interface RequestWork {
  actor: string;
  readonly requestId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    work: RequestWork;
    rawBody?: Buffer;
  }
}

const SANE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,59}$/;

// Random once and counted from there: an id has to be unique, not secret, and random bytes for each request cost time.
const processPart = randomBytes(8).toString('hex');
let requests = 0;

/** The caller's own X-Request-Id when it is sane, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && SANE_ID.test(given)) return given;
  requests = (requests + 1) % 2 ** 32;
  return `req-${processPart}${requests.toString(16).padStart(8, '0')}`;
}

/** Gives every request its id and runs its handler in a context that log lines and the state log read. */
export function giveContext(server: FastifyInstance): void {
  server.decorateRequest('actor', null);
  // Filled in by the first hook, before anything can read it.
  server.decorateRequest('work', null as unknown as RequestWork);
  server.addHook('onRequest', (request, reply, done) => {
    request.work = { actor: 'anonymous', requestId: request.id };
    void reply.header('x-request-id', request.id);
    done();
  });
  // Reading the body leaves the asynchronous context, so the context begins where the handler does.
  server.addHook('preHandler', (request, _reply, done) => {
    runInContext(request.work, done);
  });
}
