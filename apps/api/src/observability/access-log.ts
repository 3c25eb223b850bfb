import type { FastifyInstance } from 'fastify';
import type { Logger } from '@hehuo/platform';
import type { Metrics } from '../health/metrics.js';

/** One line and one measurement a request. The route and never the address: a query string may hold anything. */
export function observe(server: FastifyInstance, metrics: Metrics, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method, work } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.requestSeconds.observe({ method, route, status: String(status) }, elapsedTime / 1000);
    const ms = Math.round(elapsedTime * 10) / 10;
    logger.info({ method, route, status, ms, actor: work.actor, requestId: work.requestId }, 'request');
    done();
  });
}
