import { RouteConfig } from '@nestjs/platform-fastify';
import type { PolicyName } from './policies.js';

/** What a route may ask of the shell, besides its policy. */
export interface RouteNeeds {
  /** The answer gets an ETag, and 304 when the reader already has it. For reads that pages repeat. */
  readonly polled?: true;
  /** `request.rawBody` holds the bytes as they came, for signatures over them. */
  readonly rawBody?: true;
  /** `request.body` is the stream of a CSV file instead of JSON; the use case bounds it. */
  readonly csv?: true;
  /** `request.body` is the stream of a photo or a document; the use case bounds it. */
  readonly file?: true;
  /** The connection stays open: its length says nothing about how fast the route is. */
  readonly longLived?: true;
  /** Not counted against the limit of an address: for probes of the machine itself. */
  readonly unlimited?: true;
  /** Fewer requests a minute from one address than the rest of the api allows. */
  readonly requestsPerMinute?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteNeeds {
    policy?: string;
  }
}

/** Names the rule that guards a route. Required on every route; the boot fails without it. */
export const Policy = (policy: PolicyName, needs: RouteNeeds = {}): MethodDecorator => {
  const { requestsPerMinute: max, unlimited } = needs;
  const limit = unlimited ? { rateLimit: false } : max === undefined ? {} : { rateLimit: { max } };
  return RouteConfig({ policy, ...needs, ...limit });
};
