import { fastifyHelmet } from '@fastify/helmet';
import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpProblem } from '../problem/http-problem.js';
import type { SharedCounters } from './shared-counters.js';

const windowMs = 60_000;

/** Pages load their own files and nothing else; nobody frames them. Other origins get no CORS header at all. */
const CONTENT_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
};

export async function protect(
  app: NestFastifyApplication,
  counters: SharedCounters,
  requestsPerMinute: number,
  isPublicHttps: boolean,
): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    // A browser must not be told to insist on https where there is none.
    strictTransportSecurity: isPublicHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
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
