import type { FastifyInstance } from 'fastify';
import type { Logger } from '@hehuo/platform';
import type { RequestWork } from '../http/request-work.js';
import type { Metrics } from '../health/metrics.js';

/** One line and one measurement a request. The route and never the address: a query string may hold anything. */
export function observe(server: FastifyInstance, metrics: Metrics, logger: Logger): void {
  // Every field below is chosen here and none is personal; searching them for secrets cost a third of a request.
  const lines = logger.child({}, { redact: [] });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method, id: requestId } = request;
    // An address that the router itself refused never got a context.
    const actor = (request.work as RequestWork | null)?.actor ?? 'anonymous';
    const { statusCode: status, elapsedTime } = reply;
    if (!request.routeOptions.config.longLived) {
      metrics.requestSeconds.observe({ method, route, status: String(status) }, elapsedTime / 1000);
    }
    const ms = Math.round(elapsedTime * 10) / 10;
    lines.info({ method, route, status, ms, actor, requestId }, 'request');
    done();
  });
}
