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

  /** The methods that a path answers, to tell "not this way" from "not here". */
  methodsAt(path: string): string[] {
    const parts = path.split('/');
    const fits = (pattern: string): boolean => {
      const wanted = pattern.split('/');
      return (
        wanted.length === parts.length &&
        wanted.every((part, at) => part === parts[at] || (part.startsWith(':') && parts[at] !== ''))
      );
    };
    return [...new Set(this.routes.filter((route) => fits(route.path)).map(({ method }) => method))];
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
