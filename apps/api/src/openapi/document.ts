import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { PolicyRule, PolicyTable } from '../access/policy-rule.js';
import type { ApiRoute } from '../access/route-table.js';
import { PROBLEMS } from '../problem/problems.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Response = NonNullable<Operation['responses'][string]>;

/** The document of the whole api: what Nest knows of the DTOs, with the policy and the problems of every route. */
export function buildDocument(
  app: NestFastifyApplication,
  routes: readonly ApiRoute[],
  policies: PolicyTable,
  cookieName: string,
): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Hehuo')
    .setDescription(
      'Residents launch micro-campaigns for shared needs, neighbours pledge six kinds of help. Quantities (fen, ' +
        'minutes, pieces) are decimal strings; instants are ISO 8601 in UTC; problems are RFC 9457.',
    )
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'the opaque token of a session' },
      'session',
    )
    .addCookieAuth(
      cookieName,
      {
        type: 'apiKey',
        in: 'cookie',
        description:
          'the session of a browser, set by signing in with `keep: "cookie"`; writes are taken from pages of this site only',
      },
      'sessionCookie',
    )
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema() };
  for (const route of routes) {
    const operation = operationOf(document, route);
    const rule = route.policy === undefined ? undefined : policies[route.policy];
    if (operation && rule) complete(operation, route, rule);
  }
  return document;
}

/** `/v1/campaigns/:id` as the document writes it. */
export function documentPath(path: string): string {
  return path === '/*' ? '/{path}' : path.replace(/:([A-Za-z0-9_]+)/g, '{$1}');
}

function operationOf(document: OpenAPIObject, { method, path }: ApiRoute): Operation | undefined {
  const name = METHODS.find((one) => one === method.toLowerCase());
  return name && document.paths[documentPath(path)]?.[name];
}

function complete(operation: Operation, route: ApiRoute, rule: PolicyRule): void {
  const named = operation as Operation & Record<`x-${string}`, unknown>;
  named['x-policy'] = route.policy;
  const needsSignIn = rule.who === 'signed_in' || rule.who === 'role' || rule.who === 'partner';
  if (needsSignIn) operation.security = [{ session: [] }, { sessionCookie: [] }];
  const takesFields = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const refusals: [string, string, boolean][] = [
    ['401', 'Not signed in', needsSignIn],
    ['403', 'Not allowed, or a fresh second factor is needed', needsSignIn],
    ['404', 'There is no such object for this caller', route.path.includes(':')],
    ['422', 'Some fields are wrong', takesFields],
    ['429', 'Too many requests; see Retry-After', true],
    ['default', 'Any other problem', true],
  ];
  for (const [status, description, applies] of refusals) {
    if (applies) operation.responses[status] = problemResponse(description);
  }
}

function problemResponse(description: string): Response {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, content: { 'application/problem+json': { schema } } };
}

function problemSchema(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string] {
  const text = (description: string): { type: 'string'; description: string } => ({
    type: 'string',
    description,
  });
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
    properties: {
      type: text('where the code is explained'),
      title: text('what happened, in the language of Accept-Language (zh-CN or en)'),
      status: { type: 'integer' },
      detail: text('what to do'),
      instance: text('the id of the request'),
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['pointer', 'message'],
          properties: {
            pointer: text('RFC 6901 into the body, or ?name in the query'),
            message: text('what to put'),
          },
        },
      },
      details: { type: 'object', additionalProperties: true },
    },
  };
}
