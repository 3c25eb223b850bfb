import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CreateOrder } from '../books/entries.js';
import { rfc3339 } from '../clock.js';
import { orderNotFound, refuse, type Answer } from '../gateway/answers.js';
import type { Render } from '../http/perform.js';
import type { ServerParts } from '../http/server-parts.js';
import { errorOf, refusalOf, refundOf, transactionOf } from './answers.js';
import type { WechatMerchant } from './merchants.js';
import { kinds, orderSchema, refundSchema, type Kind, type OrderBody, type RefundBody } from './schemas.js';

/** Unpaid orders without a time of their own end after seven days. */
const orderMsByDefault = 7 * 86_400_000;

interface ByOrder {
  Params: { orderNo: string };
}

/** What a merchant's program calls, in the paths and words of WeChat Pay APIv3. */
export function wechatRoutes(scope: FastifyInstance, parts: ServerParts): void {
  for (const kind of kinds) placeRoute(scope, parts, kind);
  orderRoutes(scope, parts);
  refundRoutes(scope, parts);
}

/** Renders in WeChat Pay's words; `view` makes the body of a success, null for none. */
function worded(view: (answer: Answer) => { status: number; body: object | null }): Render {
  return (reply, answer) => {
    const { status, body } = refusalOf(answer) ?? view(answer);
    return body === null ? reply.code(status).send() : reply.code(status).type('application/json').send(body);
  };
}

function placeRoute(scope: FastifyInstance, { performer, queries, clock }: ServerParts, kind: Kind): void {
  const address = { native: 'code_url', jsapi: 'prepay_id', h5: 'h5_url' } as const;
  scope.post<{ Body: OrderBody }>(
    `/v3/pay/transactions/${kind}`,
    { schema: { body: orderSchema(kind) } },
    (request, reply) => {
      const { body } = request;
      const merchant = merchantOf(request);
      if (body.mchid !== merchant.mchid || body.appid !== merchant.appid) {
        return reply.code(400).send(errorOf('APPID_MCHID_NOT_MATCH', 'appid和mchid不匹配'));
      }
      const before = queries.orderRecord(body.out_trade_no)?.state;
      const render = worded((answer) => {
        const isOver = before === 'paid' || before === 'closed';
        if (isOver) return refusalOf(refuse(409, `order_${before}`, '')) ?? answer;
        const payUrl = String(answer.body['payUrl']);
        const value = kind === 'jsapi' ? `wx${new URL(payUrl).searchParams.get('token')}` : payUrl;
        return { status: 200, body: { [address[kind]]: value } };
      });
      return performer.command(reply, commandOf(body, clock.nowMs()), render);
    },
  );
}

function commandOf(body: OrderBody, nowMs: number): CreateOrder {
  return {
    ...{ operation: 'create-order' as const, dialect: 'wechat' as const, orderNo: body.out_trade_no },
    ...{ amountFen: String(body.amount.total), description: body.description, payeeAccount: body.mchid },
    expiresAt: body.time_expire ?? rfc3339(nowMs + orderMsByDefault),
    notifyUrl: body.notify_url,
  };
}

function orderRoutes(scope: FastifyInstance, { performer, queries }: ServerParts): void {
  scope.get<ByOrder & { Querystring: { mchid?: string } }>(
    '/v3/pay/transactions/out-trade-no/:orderNo',
    (request, reply) => {
      const merchant = merchantOf(request);
      const { orderNo } = request.params;
      if (request.query.mchid !== merchant.mchid) {
        return reply.code(400).send(errorOf('PARAM_ERROR', 'mchid与签名商户号不一致'));
      }
      const read = (): Answer => {
        const order = queries.orderRecord(orderNo);
        // Another merchant's order, and one that a switch hides, are not there.
        const answer = queries.order(orderNo);
        return order?.payeeAccount === merchant.mchid && answer.status === 200
          ? { status: 200, body: transactionOf(order, merchant) }
          : orderNotFound();
      };
      return performer.query(reply, 'query-order', { orderNo }, read, worded(ok));
    },
  );

  scope.post<ByOrder & { Body: { mchid?: string } | undefined }>(
    '/v3/pay/transactions/out-trade-no/:orderNo/close',
    (request, reply) => {
      const merchant = merchantOf(request);
      const { orderNo } = request.params;
      const order = queries.orderRecord(orderNo);
      if (request.body?.mchid !== merchant.mchid) {
        return reply.code(400).send(errorOf('PARAM_ERROR', 'mchid与签名商户号不一致'));
      }
      if (order && order.payeeAccount !== merchant.mchid) return worded(ok)(reply, orderNotFound());
      const render = worded(() => ({ status: 204, body: null }));
      return performer.command(reply, { operation: 'close-order', orderNo }, render);
    },
  );
}

function refundRoutes(scope: FastifyInstance, { performer, queries, keeper }: ServerParts): void {
  const shown = (refundNo: string): { status: number; body: object } => {
    const refund = keeper.books.refunds.get(refundNo);
    return refund
      ? { status: 200, body: refundOf(refund) }
      : { status: 500, body: errorOf('SYSTEM_ERROR', '') };
  };
  scope.post<{ Body: RefundBody }>(
    '/v3/refund/domestic/refunds',
    { schema: { body: refundSchema } },
    (request, reply) => {
      const { out_trade_no: orderNo, out_refund_no: refundNo, amount, notify_url } = request.body;
      const order = queries.orderRecord(orderNo);
      if (order?.payeeAccount !== merchantOf(request).mchid) {
        return worded(ok)(reply, refuse(404, 'order_not_paid', ''));
      }
      if (BigInt(amount.total) !== order.amountFen) {
        return worded(ok)(reply, refuse(409, 'refund_mismatch', ''));
      }
      const command = {
        ...{ operation: 'refund' as const, refundNo, orderNo, amountFen: String(amount.refund) },
        ...(notify_url === undefined ? {} : { notifyUrl: notify_url }),
      } as const;
      return performer.command(
        reply,
        command,
        worded(() => shown(refundNo)),
      );
    },
  );

  scope.get<{ Params: { refundNo: string } }>('/v3/refund/domestic/refunds/:refundNo', (request, reply) => {
    const { refundNo } = request.params;
    const { mchid } = merchantOf(request);
    const orderNo = queries.orderOfRefund(refundNo);
    const read = (): Answer => {
      const answer = queries.refund(refundNo);
      const refund = keeper.books.refunds.get(refundNo);
      if (answer.status !== 200 || refund?.order.payeeAccount !== mchid) {
        return refuse(404, 'refund_not_found', '');
      }
      return { status: 200, body: refundOf(refund) };
    };
    return performer.query(reply, 'query-refund', { refundNo, orderNo }, read, worded(ok));
  });
}

function ok({ status, body }: Answer): { status: number; body: object } {
  return { status, body };
}

export function merchantOf({ wechatMerchant }: FastifyRequest): WechatMerchant {
  if (wechatMerchant === null) throw new Error('a route of WeChat Pay ran for nobody');
  return wechatMerchant;
}
