import type { PayScene } from '../../domain/charge.js';
import type { OrderFinding, ProbeFinding, RefundFinding } from '../../domain/findings.js';
import { fenOf, fieldsOf, instantOf, numberOf, type Fields } from './fields.js';

/** A complete answer under a good signature. `body` is null where the answer has none, as that to a close. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Whose order the answer must be about. */
export interface ExpectedOrder {
  readonly number: string;
  readonly merchantRef: string;
  /** The AppIDs of the merchant's key sets: an order keeps the one that it was made under. */
  readonly appIds: readonly string[];
}

export interface ExpectedRefund {
  readonly number: string;
  readonly orderNumber: string;
}

const currency = 'CNY';
const urlMax = 2_000;

/** What an official error code means for the request that met it. A code that is not here is `unknown`. */
type Meaning = 'absent' | 'closed' | 'refused' | 'not_enough' | 'unknown';
type Codes = Readonly<Record<string, Meaning>>;

/** Refusals of a whole request: the order or refund was surely not taken, and will not be as it stands. */
const REFUSALS = {
  ...{ PARAM_ERROR: 'refused', INVALID_REQUEST: 'refused', RULE_LIMIT: 'refused', NO_AUTH: 'refused' },
  ...{ MCH_NOT_EXISTS: 'refused', ACCOUNT_ERROR: 'refused', USER_ACCOUNT_ABNORMAL: 'refused' },
  // What heals by waiting or by mending our keys: nothing was done, and the same request may yet succeed.
  ...{ SIGN_ERROR: 'unknown', FREQUENCY_LIMITED: 'unknown', RATELIMIT_EXCEEDED: 'unknown' },
  ...{ SYSTEM_ERROR: 'unknown', BIZERR_NEED_RETRY: 'unknown', BANK_ERROR: 'unknown' },
} as const satisfies Codes;

const ABSENT = {
  ...{ ORDER_NOT_EXIST: 'absent', ORDERNOTEXIST: 'absent', RESOURCE_NOT_EXISTS: 'absent' },
} as const satisfies Codes;

const CREATE: Codes = {
  ...REFUSALS,
  ...{ APPID_MCHID_NOT_MATCH: 'refused', TRADE_ERROR: 'refused', OPENID_MISMATCH: 'refused' },
  ...{ ORDERCLOSED: 'closed', ORDER_CLOSED: 'closed' },
  // Our number is taken: by this very order, in whatever state. Only asking tells.
  ...{ ORDERPAID: 'unknown', ORDER_PAID: 'unknown', OUT_TRADE_NO_USED: 'unknown' },
};
const CLOSE: Codes = { ...ABSENT, ORDERCLOSED: 'closed', ORDER_CLOSED: 'closed', ORDERPAID: 'unknown' };
const REFUND: Codes = {
  ...REFUSALS,
  NOT_ENOUGH: 'not_enough',
  // "No such order, or not paid" to a refund of an order that we know as paid: a copy that lags behind.
  ...{ RESOURCE_NOT_EXISTS: 'unknown', ORDER_NOT_EXIST: 'unknown', TRADE_ERROR: 'unknown' },
};

/** What the answer to a new order proves. Total, as all of these: what is not exactly as documented is `unknown`. */
export function readPlaced(scene: PayScene, { status, body }: Answer): OrderFinding {
  const fields = fieldsOf(body);
  if (status === 200) {
    const payUrl = addressOf(scene, fields);
    return payUrl === null ? unknownFor('no_pay_address') : { kind: 'open', payUrl };
  }
  if (isNumberTaken(fields)) return unknown(status, fields['code']);
  return ofOrder(meaningOf(CREATE, status, fields), status, fields);
}

/** What the answer to a question about an order proves. An answer about another order proves nothing about this one. */
export function readQueried({ status, body }: Answer, expected: ExpectedOrder): OrderFinding {
  const fields = fieldsOf(body);
  if (status !== 200) return ofOrder(meaningOf(ABSENT, status, fields), status, fields);
  const isOurs =
    fields['out_trade_no'] === expected.number &&
    fields['mchid'] === expected.merchantRef &&
    expected.appIds.includes(String(fields['appid']));
  if (!isOurs) return unknownFor('about_another_order');
  switch (fields['trade_state']) {
    // A try of the payer that failed (PAYERROR) leaves the order open: another may succeed until it is closed.
    case 'NOTPAY':
    case 'USERPAYING':
    case 'ACCEPT':
    case 'PAYERROR':
      return { kind: 'open', payUrl: null };
    case 'CLOSED':
    case 'REVOKED':
      return { kind: 'closed' };
    // Money that goes or went back was paid first.
    case 'SUCCESS':
    case 'REFUND':
      return paid(fields);
    default:
      return unknownFor('state_not_understood');
  }
}

/** What the answer to a close proves: documented is 204 without a body. */
export function readClosed({ status, body }: Answer): OrderFinding {
  if (status === 204 || (status === 200 && body === null)) return { kind: 'closed' };
  const fields = fieldsOf(body);
  return ofOrder(meaningOf(CLOSE, status, fields), status, fields);
}

/** What the answer to a new refund proves: an acceptance is never a success, even when it says so. */
export function readRefunded({ status, body }: Answer, expected: ExpectedRefund): RefundFinding {
  const fields = fieldsOf(body);
  if (status === 200) {
    const finding = refundState(fields, expected);
    return finding.kind === 'done' ? { kind: 'processing' } : finding;
  }
  const meaning = meaningOf(REFUND, status, fields);
  if (meaning === 'not_enough') return { kind: 'not_enough' };
  return meaning === 'refused' ? refused(fields['code']) : unknown(status, fields['code']);
}

export function readRefundQueried({ status, body }: Answer, expected: ExpectedRefund): RefundFinding {
  const fields = fieldsOf(body);
  if (status === 200) return refundState(fields, expected);
  return meaningOf(ABSENT, status, fields) === 'absent'
    ? { kind: 'absent' }
    : unknown(status, fields['code']);
}

const NOT_ACCEPTED: ReadonlySet<unknown> = new Set([
  ...['SIGN_ERROR', 'NO_AUTH', 'APPID_MCHID_NOT_MATCH', 'MCH_NOT_EXISTS', 'ACCOUNT_ERROR'],
]);

/** Whether keys work, from the answer to a question about an order that cannot exist. */
export function readProbe({ status, body }: Answer): ProbeFinding {
  const { code } = fieldsOf(body);
  if (status === 404 && (code === 'ORDER_NOT_EXIST' || code === 'RESOURCE_NOT_EXISTS')) {
    return { kind: 'works' };
  }
  if (status === 401 || (status < 500 && NOT_ACCEPTED.has(code))) return refused(code ?? status);
  return { kind: 'unknown', why: whyOf(status, code) };
}

function meaningOf(codes: Codes, status: number, { code }: Fields): Meaning {
  // A limit, a wrong signature and an error of theirs say nothing about the order, whatever word comes with them.
  if (status < 400 || status >= 500 || status === 401 || status === 429) return 'unknown';
  return typeof code === 'string' && Object.hasOwn(codes, code) ? (codes[code] ?? 'unknown') : 'unknown';
}

/** A number that exists with other content comes as a plain INVALID_REQUEST: the order is there all the same. */
function isNumberTaken({ code, message }: Fields): boolean {
  return code === 'INVALID_REQUEST' && typeof message === 'string' && message.includes('重复');
}

function ofOrder(meaning: Meaning, status: number, { code }: Fields): OrderFinding {
  if (meaning === 'absent' || meaning === 'closed') return { kind: meaning };
  return meaning === 'refused' ? refused(code) : unknown(status, code);
}

function paid(fields: Fields): OrderFinding {
  const sums = fieldsOf(fields['amount']);
  const amount = fenOf(sums['total']);
  const paidAt = instantOf(fields['success_time']);
  const transactionNo = numberOf(fields['transaction_id']);
  if (amount === null || paidAt === null || transactionNo === null || sums['currency'] !== currency) {
    return unknownFor('paid_without_facts');
  }
  return { kind: 'paid', amount, paidAt, transactionNo };
}

function refundState(fields: Fields, { number, orderNumber }: ExpectedRefund): RefundFinding {
  if (fields['out_refund_no'] !== number || fields['out_trade_no'] !== orderNumber) {
    return unknownFor('about_another_refund');
  }
  switch (fields['status']) {
    case 'PROCESSING':
      return { kind: 'processing' };
    case 'CLOSED':
      return { kind: 'failed' };
    case 'ABNORMAL':
      // The payer's card does not take it and the money is set aside: the custodian ends it at the merchant's desk, under
      // this number, so the number is neither failed for good nor to be replaced.
      return refused('REFUND_ABNORMAL');
    case 'SUCCESS':
      return done(fields);
    default:
      return unknownFor('state_not_understood');
  }
}

function done(fields: Fields): RefundFinding {
  const sums = fieldsOf(fields['amount']);
  const amount = fenOf(sums['refund']);
  const doneAt = instantOf(fields['success_time']);
  const transactionNo = numberOf(fields['refund_id']);
  if (amount === null || doneAt === null || transactionNo === null || sums['currency'] !== currency) {
    return unknownFor('done_without_facts');
  }
  return { kind: 'done', amount, doneAt, transactionNo };
}

const ADDRESSES: Readonly<Record<PayScene, readonly [field: string, shape: RegExp] | null>> = {
  page: null,
  code: ['code_url', /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]+$/],
  wechat: ['prepay_id', /^[A-Za-z0-9_-]+$/],
  phone: ['h5_url', /^https?:\/\/[\x21-\x7e]+$/],
};

function addressOf(scene: PayScene, fields: Fields): string | null {
  const address = ADDRESSES[scene];
  const value = address && fields[address[0]];
  return typeof value === 'string' && value.length <= urlMax && address?.[1].test(value) ? value : null;
}

function refused(code: unknown): { kind: 'refused'; code: string } {
  return { kind: 'refused', code: wordOf(code) };
}

function unknown(status: number, code: unknown): { kind: 'unknown'; why: string } {
  return unknownFor(whyOf(status, code));
}

function unknownFor(why: string): { kind: 'unknown'; why: string } {
  return { kind: 'unknown', why };
}

function whyOf(status: number, code: unknown): string {
  return typeof code === 'string' ? `${status}_${wordOf(code)}`.slice(0, 60) : `status_${status}`;
}

/** Codes are words in capitals; anything else that stands in their place is not repeated in our records. */
function wordOf(code: unknown): string {
  const word = String(code);
  return /^[A-Za-z0-9_]{1,50}$/.test(word) ? word : 'code_not_understood';
}
