import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
} from 'fastify';
import { alipayRoutes } from '../alipay/alipay.routes.js';
import { alipayMerchantRoutes } from '../alipay/merchants.routes.js';
import { refuse } from '../gateway/answers.js';
import { auditRoutes } from './audit.routes.js';
import { gatewayRoutes } from './gateway.routes.js';
import { pageRoutes } from './page.routes.js';
import type { ServerParts } from './server-parts.js';
import { signedScope } from './signed-scope.js';
import { wechatBillRoutes } from '../wechat/bills.routes.js';
import { wechatMerchantRoutes } from '../wechat/merchants.routes.js';
import { wechatScope } from '../wechat/wechat-scope.js';
import { wechatRoutes } from '../wechat/wechat.routes.js';

/** No request of ours comes near this; the largest is a list of fault rules. */
const bodyBytesMax = 65_536;

export type Server = FastifyInstance;

export function buildServer(parts: ServerParts): Server {
  const loggerInstance: FastifyBaseLogger = parts.log;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    // Our own line below: the standard one would log addresses and pay tokens.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  // The one gate that keeps the promise "acknowledged means on disk": it also covers reads of what is being written.
  app.addHook('onSend', async (_request, _reply, payload) => {
    await parts.keeper.flushed();
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    const { url = 'unknown' } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method: request.method, route: url, status: reply.statusCode, ms }, 'answered');
  });
  app.decorateReply('isSignatureSpoiled', false);
  app.decorateReply('isSignatureProbe', false);
  answerErrors(app);
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', (_request, reply) => {
    return parts.isReady() ? { status: 'ready' } : reply.code(503).send({ status: 'stopping' });
  });
  app.register(async (scope) => {
    signedScope(scope, parts);
    gatewayRoutes(scope, parts);
    auditRoutes(scope, parts);
    alipayMerchantRoutes(scope, parts);
    wechatMerchantRoutes(scope, parts);
  });
  app.register(async (scope) => pageRoutes(scope, parts));
  app.register(async (scope) => alipayRoutes(scope, parts));
  app.register(async (scope) => {
    wechatScope(scope, parts);
    wechatRoutes(scope, parts);
    wechatBillRoutes(scope, parts);
  });
  return app;
}

/** Every failure in the same shape; the text of an unexpected one stays in the log. */
function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => {
    const { status, body } = refuse(404, 'no_such_route', 'There is nothing at this address.');
    return reply.code(status).send(body);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    const code = status === 413 ? 'too_large' : status >= 500 ? 'internal_error' : 'invalid_request';
    const message = status >= 500 ? 'Something went wrong.' : error.message;
    return reply.code(status).send(refuse(status, code, message).body);
  });
}
