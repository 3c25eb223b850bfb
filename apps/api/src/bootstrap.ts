import 'reflect-metadata';
import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckKeys } from '@hehuo/identity';
import {
  ConfigError,
  createLogger,
  Database,
  refuseUnfitServices,
  Storage,
  type ApiConfig,
  type Logger,
} from '@hehuo/platform';
import { POLICIES } from './access/policies.js';
import type { PolicyTable } from './access/policy-rule.js';
import { RouteTable } from './access/route-table.js';
import { SessionCookie } from './access/session-cookie.js';
import type { SessionResolver } from './access/session-resolver.js';
import { AppModule } from './app.module.js';
import { Metrics } from './health/metrics.js';
import { bodyBytesMax, readJsonAndFiles } from './http/body.js';
import { tagPolledReads } from './http/etag.js';
import { protect } from './http/protection.js';
import { giveContext, requestIdOf } from './http/request-work.js';
import { SharedCounters } from './http/shared-counters.js';
import { closeIdleConnections } from './lifecycle/connections.js';
import { observe } from './observability/access-log.js';
import { buildDocument } from './openapi/document.js';
import { OpenApi } from './openapi/openapi.js';
import { INTERNAL, sendProblem } from './problem/problem-document.js';
import { refusalOf } from './problem/problem-of-error.js';

export interface ApiExtras {
  readonly logger?: Logger;
  /** Tests add controllers, and policies for them. */
  readonly module?: ModuleMetadata;
  readonly policies?: PolicyTable;
  /** Tests that need no sign-in say who stands behind a token. */
  readonly sessions?: SessionResolver;
}

/**
 * Builds the api without listening; `app.inject()` and `app.listen()` both work on it. Throws a ConfigError when MySQL,
 * Redis or the place of files cannot be used as set, and an Error when routes and policies do not fit.
 */
export async function createApi(config: ApiConfig, extras: ApiExtras = {}): Promise<NestFastifyApplication> {
  const logger = extras.logger ?? createLogger('api', config.LOG_LEVEL);
  const policies = { ...POLICIES, ...extras.policies };
  const table = new RouteTable();
  const adapter = adapterFor(config);
  table.watch(adapter.getInstance());
  const parts = { config, logger, policies, table, sessions: extras.sessions, extra: extras.module ?? {} };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  try {
    const [database, storage] = [app.get(Database, { strict: false }), app.get(Storage, { strict: false })];
    await refuseUnfitServices({ database, storage }, config, logger);
    const foreignKeys = await app.get(CheckKeys, { strict: false }).execute();
    if (foreignKeys.length > 0) throw new ConfigError(foreignKeys);
    const server = app.getHttpAdapter().getInstance();
    closeIdleConnections(server);
    giveContext(server);
    observe(server, app.get(Metrics), logger);
    const isPublicHttps = config.PUBLIC_URL.startsWith('https:');
    await protect(app, app.get(SharedCounters), config.REQUESTS_PER_MINUTE, isPublicHttps);
    readJsonAndFiles(server);
    tagPolledReads(server);
    app.get(OpenApi).madeBy(() => buildDocument(app, table.routes, policies, app.get(SessionCookie).name));
    await app.init();
    await server.ready();
    table.check(policies);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

function adapterFor(config: ApiConfig): FastifyAdapter {
  return new FastifyAdapter({
    // Only our own proxies' X-Forwarded-For is believed: hop 0 is the peer of the socket.
    trustProxy: (_address, hop) => hop < config.TRUSTED_PROXIES,
    bodyLimit: bodyBytesMax,
    genReqId: requestIdOf,
    // The router refuses some addresses before any hook, guard or filter of ours is asked.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void sendProblem(request, reply, refusalOf(error) ?? INTERNAL);
    },
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 100 },
    skipMiddie: true,
  });
}
