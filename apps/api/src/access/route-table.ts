import type { FastifyInstance } from 'fastify';
import type { PolicyTable } from './policy-rule.js';

export interface ApiRoute {
  readonly method: string;
  /** As the router knows it, such as `/v1/campaigns/:id`. */
  readonly path: string;
  readonly policy: string | undefined;
}

/** Every route that the router really answers, in the order they were added. */
export class RouteTable {
  readonly routes: ApiRoute[] = [];

  /** Listens to the router. Must come before the first route. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat()) {
        // The router adds HEAD beside every GET, with the same handler and guard.
        if (one !== 'HEAD') this.routes.push({ method: one, path: url, policy: config?.policy });
      }
    });
  }

  /** Throws with every route that names no known policy, and every policy that guards nothing. */
  check(policies: PolicyTable): void {
    const findings = this.routes
      .filter(({ policy }) => policy === undefined || !Object.hasOwn(policies, policy))
      .map(
        ({ method, path, policy }) => `${method} ${path} has no policy of the table (${policy ?? 'none'})`,
      );
    const used = new Set(this.routes.map(({ policy }) => policy));
    for (const name of Object.keys(policies)) {
      if (!used.has(name)) findings.push(`policy ${name} guards no route`);
    }
    if (findings.length > 0) throw new Error(`routes and policies do not fit:\n  ${findings.join('\n  ')}`);
  }
}
