import type { FastifyInstance } from 'fastify';
import type { CreateOrder, Refund } from '../books/entries.js';
import { refuse } from '../gateway/answers.js';
import { asJson } from './perform.js';
import type { ServerParts } from './server-parts.js';

const numberSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const amountSchema = { type: 'string', pattern: '^[1-9][0-9]{0,14}$' };
/** Only http and https: a `javascript:` link on the result page would be an attack on the payer. */
const urlSchema = { type: 'string', pattern: '^https?://[^\\s]+$', maxLength: 2048 };

const orderSchema = {
  type: 'object',
  required: ['orderNo', 'amountFen', 'description', 'expiresAt', 'payeeAccount'],
  additionalProperties: false,
  properties: {
    orderNo: numberSchema,
    amountFen: amountSchema,
    description: { type: 'string', minLength: 1, maxLength: 500 },
    payeeAccount: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,64}$' },
    expiresAt: { type: 'string', format: 'date-time', maxLength: 40 },
    notifyUrl: urlSchema,
    returnUrl: urlSchema,
  },
};

const refundSchema = {
  type: 'object',
  required: ['refundNo', 'orderNo', 'amountFen'],
  additionalProperties: false,
  properties: {
    refundNo: numberSchema,
    orderNo: numberSchema,
    amountFen: amountSchema,
    notifyUrl: urlSchema,
  },
};

const paySchema = {
  type: 'object',
  required: ['orderNo'],
  additionalProperties: false,
  properties: { orderNo: numberSchema },
};

interface ByOrder {
  Params: { orderNo: string };
}

/** What a merchant's program calls. */
export function gatewayRoutes(scope: FastifyInstance, { performer, queries }: ServerParts): void {
  scope.post<{ Body: Omit<CreateOrder, 'operation'> }>(
    '/orders',
    { schema: { body: orderSchema } },
    (request, reply) => {
      const { notifyUrl, returnUrl } = request.body;
      for (const [name, url] of Object.entries({ notifyUrl, returnUrl })) {
        if (url !== undefined && !URL.canParse(url)) {
          return asJson(reply, refuse(400, 'invalid_request', `${name} is no address.`));
        }
      }
      return performer.command(reply, { operation: 'create-order', ...request.body });
    },
  );

  scope.get<ByOrder>('/orders/:orderNo', ({ params: { orderNo } }, reply) =>
    performer.query(reply, 'query-order', { orderNo }, () => queries.order(orderNo)),
  );

  scope.post<ByOrder>('/orders/:orderNo/close', ({ params: { orderNo } }, reply) =>
    performer.command(reply, { operation: 'close-order', orderNo }),
  );

  scope.post<{ Body: Omit<Refund, 'operation'> }>(
    '/refunds',
    { schema: { body: refundSchema } },
    (request, reply) => {
      const { notifyUrl } = request.body;
      if (notifyUrl !== undefined && !URL.canParse(notifyUrl)) {
        return asJson(reply, refuse(400, 'invalid_request', 'notifyUrl is no address.'));
      }
      return performer.command(reply, { operation: 'refund', ...request.body });
    },
  );

  scope.get<{ Params: { refundNo: string } }>('/refunds/:refundNo', ({ params: { refundNo } }, reply) =>
    performer.query(reply, 'query-refund', { refundNo, orderNo: queries.orderOfRefund(refundNo) }, () =>
      queries.refund(refundNo),
    ),
  );

  scope.post<{ Body: { orderNo: string } }>('/test/pay', { schema: { body: paySchema } }, ({ body }, reply) =>
    performer.command(reply, { operation: 'pay', orderNo: body.orderNo }),
  );
}
