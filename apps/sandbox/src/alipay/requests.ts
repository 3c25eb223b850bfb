import type { CreateOrder } from '../books/entries.js';
import { invalid, type Fields } from './fields.js';
import type { Merchant, Merchants } from './merchants.js';
import { fenText, fromBeijing, rsaVerify, signedText } from './text.js';

/** A request whose signature holds. */
export interface AlipayRequest {
  readonly merchant: Merchant;
  readonly method: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface Refused {
  readonly refusal: Fields;
  /** An answer about an app that nobody knows is signed with nothing. */
  readonly isSigned: boolean;
}

/** Alipay keeps an order that names no end for this long. */
const orderDaysByDefault = 15;

/** Checks app, kind of signature, signature and content, in this order. */
export function readRequest(
  merchants: Merchants,
  parameters: readonly (readonly [string, string])[],
): AlipayRequest | Refused {
  const fields = new Map(parameters);
  const refuse = (reason: string, code?: string, isSigned = true): Refused => {
    return { refusal: invalid(reason, code), isSigned };
  };
  if (fields.size !== parameters.length) return refuse('isv.invalid-parameter', undefined, false);
  if (!fields.get('app_id')) return refuse('isv.missing-app-id', '40001', false);
  const merchant = merchants.ofApp(fields.get('app_id') ?? '');
  if (!merchant) return refuse('isv.invalid-app-id', undefined, false);
  if (!fields.get('sign')) return refuse('isv.missing-signature', '40001');
  if (fields.get('sign_type') !== 'RSA2') return refuse('isv.invalid-signature-type');
  const isGood = rsaVerify(merchant.key, signedText(fields, ['sign']), fields.get('sign') ?? '');
  if (!isGood) return refuse('isv.invalid-signature');
  if (!fromBeijing(fields.get('timestamp'))) return refuse('isv.invalid-timestamp');
  if (fields.get('charset')?.toLowerCase() !== 'utf-8') return refuse('isv.invalid-charset');
  const content = contentOf(fields.get('biz_content'));
  if (!content) return refuse('isv.invalid-parameter');
  return { merchant, method: fields.get('method') ?? '', fields, content };
}

function contentOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text ?? '');
    const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isObject ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The order that a payment request asks for; undefined when it is not as agreed. */
export function orderWish(request: AlipayRequest, nowMs: number): CreateOrder | undefined {
  const { merchant, fields, content } = request;
  const amountFen = fenText(content['total_amount']);
  const orderNo = numberOf(content['out_trade_no']);
  const description = content['subject'];
  const byDefault = new Date(nowMs + orderDaysByDefault * 86_400_000).toISOString();
  const expiresAt = content['time_expire'] === undefined ? byDefault : fromBeijing(content['time_expire']);
  const [notifyUrl, returnUrl] = [addressOf(fields.get('notify_url')), addressOf(fields.get('return_url'))];
  if (amountFen === undefined || orderNo === undefined || expiresAt === undefined) return undefined;
  if (typeof description !== 'string' || description === '' || /[/=&]/.test(description)) return undefined;
  if (content['seller_id'] !== undefined && content['seller_id'] !== merchant.sellerId) return undefined;
  if (notifyUrl === null || returnUrl === null) return undefined;
  return {
    ...{
      operation: 'create-order',
      orderNo,
      amountFen,
      description,
      payeeAccount: merchant.sellerId,
      expiresAt,
    },
    ...(notifyUrl === undefined ? {} : { notifyUrl }),
    ...(returnUrl === undefined ? {} : { returnUrl }),
    dialect: 'alipay',
  };
}

export function numberOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;
}

function addressOf(value: string | undefined): string | undefined | null {
  if (value === undefined) return undefined;
  return /^https?:\/\/[^\s]+$/.test(value) && value.length <= 256 && URL.canParse(value) ? value : null;
}
