import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpProblem } from '../problem/http-problem.js';
import type { SharedCounters } from './shared-counters.js';

const windowMs = 60_000;

/** Pages load their own files and nothing else; nobody frames them. Other origins get no CORS header at all. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** What helmet sends, written out: it puts the same texts together anew for every request. */
const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};
const hstsSeconds = 31_536_000;

export async function protect(
  app: NestFastifyApplication,
  counters: SharedCounters,
  requestsPerMinute: number,
  isPublicHttps: boolean,
): Promise<void> {
  // A browser must not be told to insist on https where there is none.
  const headers = isPublicHttps
    ? { ...HEADERS, 'strict-transport-security': `max-age=${hstsSeconds}` }
    : HEADERS;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, reply, done) => {
      void reply.headers(headers);
      done();
    });
  await app.register(rateLimit, {
    global: true,
    max: requestsPerMinute,
    timeWindow: windowMs,
    store: storeOver(counters, 'all'),
    skipOnError: true,
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': true,
    },
    errorResponseBuilder: (_request, { max, ttl }) =>
      new HttpProblem(
        'too_many_requests',
        `at most ${max} requests a minute from one address; wait a moment`,
        {
          retryAfterSeconds: Math.ceil(ttl / 1000),
        },
      ),
  });
}

type StoreClass = new () => FastifyRateLimitStore;

interface LimitedRoute {
  readonly routeInfo?: { readonly method?: string | string[]; readonly url?: string };
}

/** The plugin wants a class to make stores of; what they count in is ours. */
function storeOver(counters: SharedCounters, space: string): StoreClass {
  return class CountingStore implements FastifyRateLimitStore {
    incr(key: string, callback: Parameters<FastifyRateLimitStore['incr']>[1], lengthMs: number): void {
      callback(null, counters.add(`${space}:${key}`, lengthMs));
    }

    // A route with a limit of its own is counted apart from the rest.
    child(route: Parameters<FastifyRateLimitStore['child']>[0]): FastifyRateLimitStore {
      const { method = '', url = '' } = (route as LimitedRoute).routeInfo ?? {};
      return new (storeOver(counters, `${String(method)} ${url}`))();
    }
  };
}
