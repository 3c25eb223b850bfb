import type { OrderRequest, RefundRequest } from '../../use-cases/gateway.port.js';
import { integerOf } from './fields.js';

const descriptionCharactersMax = 127;
const shanghaiMs = 8 * 3_600_000;
/** Shown to the payer beside the money that comes back; the same on every repetition of a refund. */
const refundReason = '退款';

/** A request that is ready to be signed, or the reason why it cannot be made. */
export type Placing =
  { readonly path: string; readonly content: object } | { readonly kind: 'refused'; readonly code: string };

/** The order as WeChat Pay takes it. Repeated with the same order it is the same bytes. */
export function placingOf(order: OrderRequest, appId: string): Placing {
  const { openId, ip } = order.payerHint ?? {};
  if (order.notifyUrl === null) return { kind: 'refused', code: 'no_notify_url' };
  const content = {
    ...{ appid: appId, mchid: order.merchantRef },
    ...{ description: descriptionOf(order.description), out_trade_no: order.number },
    ...{ time_expire: shanghaiTime(order.expiresAt), notify_url: order.notifyUrl },
    amount: { total: integerOf(order.amount), currency: 'CNY' },
  };
  const path = (kind: string): string => `/v3/pay/transactions/${kind}`;
  switch (order.scene) {
    case 'code':
      return { path: path('native'), content };
    case 'wechat':
      return openId === undefined
        ? { kind: 'refused', code: 'no_open_id' }
        : { path: path('jsapi'), content: { ...content, payer: { openid: openId } } };
    case 'phone':
      return ip === undefined
        ? { kind: 'refused', code: 'no_payer_ip' }
        : {
            path: path('h5'),
            content: { ...content, scene_info: { payer_client_ip: ip, h5_info: { type: 'Wap' } } },
          };
    case 'page':
      return { kind: 'refused', code: 'scene_not_offered' };
  }
}

export function refundingOf(refund: RefundRequest): object {
  return {
    ...{ out_trade_no: refund.orderNumber, out_refund_no: refund.number, reason: refundReason },
    ...(refund.notifyUrl === null ? {} : { notify_url: refund.notifyUrl }),
    amount: {
      ...{ refund: integerOf(refund.amount), total: integerOf(refund.orderAmount) },
      currency: 'CNY',
    },
  };
}

/** Where the payer's phone goes after paying: only an address that WeChat's page may lead to. */
export function withReturn(h5Url: string, returnUrl: string | null): string {
  if (returnUrl === null || !returnUrl.startsWith('https://')) return h5Url;
  return `${h5Url}${h5Url.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(returnUrl)}`;
}

/** `2026-11-25T18:00:00+08:00`, whatever the zone of the machine. */
export function shanghaiTime(instant: Date): string {
  return `${new Date(instant.getTime() + shanghaiMs).toISOString().slice(0, 19)}+08:00`;
}

// Bills put a backtick before every cell and quote nothing, so a title with one could tear their lines.
function descriptionOf(text: string): string {
  const clean = text.replace(/[\p{Cc}`]+/gu, ' ').trim();
  return Array.from(clean === '' ? '-' : clean)
    .slice(0, descriptionCharactersMax)
    .join('');
}
