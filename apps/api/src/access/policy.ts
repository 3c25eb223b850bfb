import { RouteConfig } from '@nestjs/platform-fastify';
import type { PolicyName } from './policies.js';

/** What a route may ask of the shell, besides its policy. */
export interface RouteNeeds {
  /** The answer gets an ETag, and 304 when the reader already has it. For reads that pages repeat. */
  readonly polled?: true;
  /** `request.rawBody` holds the bytes as they came, for signatures over them. */
  readonly rawBody?: true;
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
  const { requestsPerMinute: max } = needs;
  return RouteConfig({ policy, ...needs, ...(max === undefined ? {} : { rateLimit: { max } }) });
};
