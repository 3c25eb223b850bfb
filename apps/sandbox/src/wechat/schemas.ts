export const kinds = ['native', 'jsapi', 'h5'] as const;
export type Kind = (typeof kinds)[number];

export interface OrderBody {
  readonly appid: string;
  readonly mchid: string;
  readonly description: string;
  readonly out_trade_no: string;
  readonly time_expire?: string;
  readonly notify_url: string;
  readonly amount: { readonly total: number; readonly currency?: string };
}

export interface RefundBody {
  readonly out_trade_no: string;
  readonly out_refund_no: string;
  readonly reason?: string;
  readonly notify_url?: string;
  readonly amount: { readonly refund: number; readonly total: number; readonly currency: string };
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const orderNumber = { type: 'string', pattern: '^[A-Za-z0-9_*|-]{6,32}$' };
const refundNumber = { type: 'string', pattern: '^[A-Za-z0-9_*|@-]{1,64}$' };
/** Documented as HTTPS without a query; a test on one machine has no certificate, so HTTP is taken too. */
const address = { type: 'string', pattern: '^https?://[^\\s?#]+$', maxLength: 255 };
const fen = { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 };
const currency = { type: 'string', const: 'CNY' };

const needs: Readonly<Record<Kind, object>> = {
  native: {},
  jsapi: { payer: { type: 'object', required: ['openid'], properties: { openid: text(128) } } },
  h5: {
    scene_info: {
      type: 'object',
      required: ['payer_client_ip', 'h5_info'],
      properties: {
        payer_client_ip: text(45),
        h5_info: { type: 'object', required: ['type'], properties: { type: text(32) } },
      },
    },
  },
};

/** The body of a new order as documented for each way to pay. */
export function orderSchema(kind: Kind): object {
  const own = needs[kind];
  return {
    type: 'object',
    required: ['appid', 'mchid', 'description', 'out_trade_no', 'notify_url', 'amount', ...Object.keys(own)],
    properties: {
      ...{ appid: text(32), mchid: text(32), description: text(127), out_trade_no: orderNumber },
      ...{ time_expire: { type: 'string', format: 'date-time', maxLength: 64 }, notify_url: address },
      amount: { type: 'object', required: ['total'], properties: { total: fen, currency } },
      ...own,
    },
  };
}

export const refundSchema = {
  type: 'object',
  required: ['out_trade_no', 'out_refund_no', 'amount'],
  properties: {
    ...{ out_trade_no: orderNumber, out_refund_no: refundNumber, reason: text(80), notify_url: address },
    amount: {
      type: 'object',
      required: ['refund', 'total', 'currency'],
      properties: { refund: fen, total: fen, currency },
    },
  },
};
