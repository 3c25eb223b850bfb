import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CreateOrder } from '../books/entries.js';
import { contentSecurityPolicy, lostPage } from '../http/page.js';
import type { ServerParts } from '../http/server-parts.js';
import { billOf } from './bill.js';
import { AlipayMethods, type Respond } from './methods.js';
import { readRequest, type AlipayRequest } from './requests.js';
import { rsaSign, spoiled } from './text.js';

const formBytesMax = 65_536;
/** Alipay's own addresses of bills are good for half a minute. */
const billSeconds = 30;

/** Alipay's gateway: one address for every method, payment pages by GET and calls by POST, codes and bills beside it. */
export function alipayRoutes(scope: FastifyInstance, parts: ServerParts): void {
  const { merchants, secret, clock, performer, keeper } = parts;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formBytesMax },
    (_request, text, done) => done(null, [...new URLSearchParams(String(text))]),
  );
  // Addresses that this process hands out carry proof that it did: codes hold a whole order, bills hold a day.
  const proofOf = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const sealed = (path: string, content: object): string => {
    const text = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${parts.publicUrl()}${path}?c=${text}&p=${proofOf(text)}`;
  };
  const opened = <T>(request: FastifyRequest): T | undefined => {
    const { c: text, p: proof } = request.query as Record<string, unknown>;
    if (typeof text !== 'string' || typeof proof !== 'string') return undefined;
    const [a, b] = [Buffer.from(proofOf(text)), Buffer.from(proof)];
    if (a.length !== b.length || !timingSafeEqual(a, b)) return undefined;
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as T;
  };
  const methods = new AlipayMethods(parts, {
    codeOf: (order) => sealed('/alipay/qr', order),
    billAddressOf: (sellerId, day) =>
      sealed('/alipay/bill', { sellerId, day, untilMs: clock.nowMs() + billSeconds * 1_000 }),
  });

  /** The order comes into being here, when the payer opens the page or scans the code. */
  const open = (reply: FastifyReply, wish: CreateOrder): Promise<FastifyReply> =>
    performer.command(reply, wish, (to, { status, body }) =>
      status === 200 ? to.redirect(String(body['payUrl']), 302) : lost(to),
    );

  scope.get('/gateway.do', (request, reply) => {
    const read = readRequest(merchants, parametersOf(request));
    const wish = 'refusal' in read ? undefined : methods.pageOrder(read);
    return wish ? open(reply, wish) : lost(reply);
  });

  scope.get('/alipay/qr', (request, reply) => {
    const wish = opened<CreateOrder>(request);
    return wish ? open(reply, wish) : lost(reply);
  });

  scope.get('/alipay/bill', (request, reply) => {
    const wish = opened<{ sellerId: string; day: string; untilMs: number }>(request);
    const isOpen = wish && wish.untilMs >= clock.nowMs();
    const zip = isOpen ? billOf(keeper.books, wish.sellerId, wish.day) : undefined;
    return zip ? reply.type('application/zip').send(zip) : reply.code(404).send('');
  });

  scope.post('/gateway.do', (request, reply) => {
    const read = readRequest(merchants, parametersOf(request));
    const asked = 'refusal' in read ? '' : read.method;
    const respond: Respond = (to, fields, isSigned = true) => {
      const text = JSON.stringify(fields);
      const method = asked || (new URL(request.url, 'http://x').searchParams.get('method') ?? '');
      const name = /^[a-z.]+$/.test(method) ? `${method.replaceAll('.', '_')}_response` : 'error_response';
      const signature = isSigned ? rsaSign(merchants.ownKey, text) : undefined;
      const sign = signature && (to.isSignatureSpoiled ? spoiled(signature) : signature);
      const body = sign === undefined ? `{"${name}":${text}}` : `{"${name}":${text},"sign":"${sign}"}`;
      return to.code(200).type('text/html;charset=utf-8').send(body);
    };
    if ('refusal' in read) return respond(reply, read.refusal, read.isSigned);
    return methods.perform(reply, read satisfies AlipayRequest, respond);
  });
}

function parametersOf(request: FastifyRequest): [string, string][] {
  const query = [...new URL(request.url, 'http://x').searchParams];
  return [...query, ...(Array.isArray(request.body) ? (request.body as [string, string][]) : [])];
}

function lost(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('content-security-policy', contentSecurityPolicy)
    .type('text/html; charset=utf-8')
    .send(lostPage('zh'));
}
