import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OrderRecord } from '../books/books.js';
import { contentSecurityPolicy, lostPage, payPage, type Language, type PageState } from './page.js';
import type { ServerParts } from './server-parts.js';

const formBytesMax = 4_096;

interface ByOrder {
  Params: { orderNo: string };
  Querystring: { token?: unknown; lang?: unknown; cancelled?: unknown };
  Body: URLSearchParams | undefined;
}

/** The page where a person pays. The unguessable token of `payUrl` is the key to it, and the guard against forged forms. */
export function pageRoutes(scope: FastifyInstance, { queries, performer }: ServerParts): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: 'string', bodyLimit: formBytesMax } as const;
  scope.addContentTypeParser('application/x-www-form-urlencoded', options, (_request, text, done) =>
    done(null, new URLSearchParams(String(text))),
  );
  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      // The address holds the token, so it must travel and stay nowhere.
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  const find = (orderNo: string, token: unknown): OrderRecord | undefined => {
    const order = queries.orderRecord(orderNo);
    return order && isToken(order.payToken, token) ? order : undefined;
  };
  const lost = (reply: FastifyReply, language: Language): FastifyReply =>
    html(reply, 404, lostPage(language));

  scope.get<ByOrder>('/pay/:orderNo', ({ params, query }, reply) => {
    const language = languageOf(query.lang);
    const order = find(params.orderNo, query.token);
    if (!order) return lost(reply, language);
    const isPayable =
      order.state === 'open' || (order.state === 'closed' && queries.isLatePaymentOn(order.orderNo));
    const state: PageState = isPayable ? (query.cancelled === '1' ? 'cancelled' : 'open') : order.state;
    return html(reply, 200, payPage(order, state, language));
  });

  scope.post<ByOrder>('/pay/:orderNo', ({ params, body }, reply) => {
    const language = languageOf(body?.get('lang'));
    const order = find(params.orderNo, body?.get('token'));
    if (!order) return lost(reply, language);
    return performer.command(reply, { operation: 'pay', orderNo: order.orderNo }, (to, { status }) => {
      if (status === 200) return to.redirect(addressOf(order, language), 303);
      return html(to, status, payPage(order, order.state === 'closed' ? 'closed' : 'refused', language));
    });
  });

  // Stepping back changes nothing in the books: the order stays payable until it expires or its merchant closes it.
  scope.post<ByOrder>('/pay/:orderNo/cancel', ({ params, body }, reply) => {
    const language = languageOf(body?.get('lang'));
    const order = find(params.orderNo, body?.get('token'));
    if (!order) return lost(reply, language);
    return reply.redirect(`${addressOf(order, language)}&cancelled=1`, 303);
  });
}

function addressOf({ orderNo, payToken }: OrderRecord, language: Language): string {
  return `/pay/${orderNo}?token=${payToken}&lang=${language}`;
}

function html(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page);
}

function languageOf(value: unknown): Language {
  return value === 'en' ? 'en' : 'zh';
}

function isToken(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
