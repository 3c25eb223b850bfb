import type { Clock } from '@hehuo/kernel';
import { insideTransaction } from '@hehuo/platform';
import { PaymentError } from '../../domain/errors.js';
import type { BillFinding, OrderFinding, ProbeFinding, RefundFinding } from '../../domain/findings.js';
import {
  Gateway,
  MerchantKeys,
  type GatewayCapabilities,
  type MerchantKeySet,
  type OpenOrder,
  type OrderRef,
  type OrderRequest,
  type PayInstruction,
  type RawCallback,
  type RefundRef,
  type RefundRequest,
  type VerifiedEvent,
} from '../../use-cases/gateway.port.js';
import { isNotThere, readBillAddress, readOrder, readRefund, wordOf } from './answers.js';
import { beijingTime, billReadyAt } from './beijing.js';
import { isLineList, readBill } from './bill.js';
import { alipayKeyFields, complaintsAbout } from './keys.js';
import { eventOf, isFresh, readForm, type Notice } from './notice.js';
import { lost, SignedLine, type Answer, type Lost, type Params } from './signed-line.js';
import { yuanOf } from './yuan.js';
import { readZip } from './zip.js';

export interface AlipayOptions {
  /** `https://openapi.alipay.com/gateway.do`, or the address of a sandbox. */
  readonly gateway: string;
  /** Longest wait for a whole answer; ten seconds where nothing else is said. */
  readonly timeoutMs?: number;
  /** Days in which the merchants' contracts let a payment be refunded; see the README for the default. */
  readonly refundDaysMax?: number;
}

const timeoutMsByDefault = 10_000;
const refundDaysByDefault = 365;
/** The shortest refund time that Alipay's documents name is three months; a campaign must end and settle well within it. */
const payNowDaysByDefault = 80;
const addressCharactersMax = 4_000;
const subjectCharactersMax = 128;
const billReadyHour = 10;
const zipLimits = { entriesMax: 16, bytesMax: 134_217_728 };
/** No order of ours has this number: ours begin with C. */
const numberOfNothing = 'PROBE0000000000000000000000';

/** Refusals that say something about keys, apps and permissions, whoever the question was about. */
const KEY_REFUSAL = /^(40001|40002|40003|40006|20001)_(isv|aop)\./;

/** Speaks Alipay's open API 2.0: page, phone and code payments, refunds, notices, daily bills. */
export class AlipayGateway extends Gateway {
  readonly name = 'alipay' as const;
  readonly keyFields = alipayKeyFields;
  readonly acknowledgement = { contentType: 'text/plain', body: 'success' };
  readonly capabilities: GatewayCapabilities;
  private readonly line: SignedLine;

  constructor(
    options: AlipayOptions,
    private readonly keys: MerchantKeys,
    private readonly clock: Clock,
  ) {
    super();
    this.line = new SignedLine({ timeoutMs: timeoutMsByDefault, ...options }, clock);
    const refundDaysMax = options.refundDaysMax ?? refundDaysByDefault;
    this.capabilities = {
      scenes: ['page', 'phone', 'code'],
      payNowDaysMax: Math.min(payNowDaysByDefault, refundDaysMax),
      orderDaysMax: 15,
      refundDaysMax,
      refundsPerSecond: 10,
      refundsPerOrderMax: 50,
      refundGapSeconds: 10,
      bill: { timeZone: 'Asia/Shanghai', readyAtHour: billReadyHour },
      needsKeys: true,
    };
  }

  complaints(keys: MerchantKeySet): readonly string[] {
    return complaintsAbout(keys, this.clock.now());
  }

  async probe(_merchantRef: string, keys: MerchantKeySet): Promise<ProbeFinding> {
    const answer = await this.line.call(keys, 'alipay.trade.query', {
      bizContent: { out_trade_no: numberOfNothing },
    });
    if (answer.kind === 'answer' && isNotThere(answer.fields)) return { kind: 'works' };
    // The one place where an answer without a good signature counts: one about an unknown app cannot have any.
    const word = answer.kind === 'answer' ? wordOf(answer.fields) : answer.hint && wordOf(answer.hint);
    if (word !== null && KEY_REFUSAL.test(word)) return { kind: 'refused', code: word };
    return { kind: 'unknown', why: answer.kind === 'answer' ? (word ?? 'no_code') : answer.why };
  }

  async createOrder(order: OrderRequest): Promise<OrderFinding> {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const content = {
      ...{ out_trade_no: order.number, total_amount: yuanOf(order.amount) },
      subject: subjectOf(order.description),
      time_expire: beijingTime(order.expiresAt),
    };
    const addresses = order.notifyUrl === null ? {} : { notifyUrl: order.notifyUrl };
    if (order.scene === 'code') {
      const params = { ...addresses, bizContent: { ...content, seller_id: order.merchantRef } };
      const answer = await this.call(order.merchantRef, 'alipay.trade.precreate', params);
      return answer.kind === 'answer' ? readOrder('precreate', answer.fields, order) : unknown(answer);
    }
    if (order.scene !== 'page' && order.scene !== 'phone') return { kind: 'refused', code: 'scene_unknown' };
    const returning = order.returnUrl === null ? {} : { returnUrl: order.returnUrl };
    return this.address(order, { ...addresses, ...returning, bizContent: content });
  }

  async queryOrder(order: OrderRef): Promise<OrderFinding> {
    const params = { bizContent: { out_trade_no: order.number } };
    const answer = await this.call(order.merchantRef, 'alipay.trade.query', params);
    return answer.kind === 'answer' ? readOrder('query', answer.fields, order) : unknown(answer);
  }

  async closeOrder(order: OrderRef): Promise<OrderFinding> {
    const params = { bizContent: { out_trade_no: order.number } };
    const answer = await this.call(order.merchantRef, 'alipay.trade.close', params);
    return answer.kind === 'answer' ? readOrder('close', answer.fields, order) : unknown(answer);
  }

  async refund(refund: RefundRequest): Promise<RefundFinding> {
    const bizContent = {
      ...{ out_trade_no: refund.orderNumber, out_request_no: refund.number },
      refund_amount: yuanOf(refund.amount),
    };
    const answer = await this.call(refund.merchantRef, 'alipay.trade.refund', { bizContent });
    if (answer.kind !== 'answer') return unknown(answer);
    return readRefund('refund', answer.fields, refund, this.clock.now());
  }

  async queryRefund(refund: RefundRef): Promise<RefundFinding> {
    const bizContent = {
      ...{ out_trade_no: refund.orderNumber, out_request_no: refund.number },
      query_options: ['gmt_refund_pay'],
    };
    const answer = await this.call(refund.merchantRef, 'alipay.trade.fastpay.refund.query', { bizContent });
    if (answer.kind !== 'answer') return unknown(answer);
    return readRefund('refund-query', answer.fields, refund, this.clock.now());
  }

  present({ scene, payUrl }: OpenOrder): Promise<PayInstruction> {
    return Promise.resolve(scene === 'code' ? { kind: 'code', text: payUrl } : { kind: 'link', url: payUrl });
  }

  async bill(merchantRef: string, day: string): Promise<BillFinding> {
    const readyAt = billReadyAt(day, billReadyHour);
    if (!readyAt) return { kind: 'unknown', why: 'no_day' };
    if (this.clock.now() < readyAt) return { kind: 'not_ready' };
    const bizContent = { bill_type: 'trade', bill_date: day };
    const method = 'alipay.data.dataservice.bill.downloadurl.query';
    const answer = await this.call(merchantRef, method, { bizContent });
    if (answer.kind !== 'answer') return unknown(answer);
    const found = readBillAddress(answer.fields);
    if (found.kind === 'no_bill') return { kind: 'empty' };
    if (found.kind === 'unknown') return found;
    const raw = await this.line.fetch(found.url);
    return 'kind' in raw ? unknown(raw) : billOf(raw, merchantRef, day);
  }

  /**
   * A notice for a merchant, checked over its bytes. The kind of signature is pinned before the SDK sees the notice,
   * because the SDK takes it from there; a sender could ask for the broken SHA-1 otherwise.
   */
  async verifyCallback(callback: RawCallback, now: Date): Promise<VerifiedEvent> {
    const notice = readForm(callback.body);
    if (!notice) throw new PaymentError('callback_malformed', 'the notice is not a form as agreed');
    await this.check(notice, callback.merchantRef, now);
    const event = eventOf(notice);
    if (!event) throw new PaymentError('callback_malformed', 'the notice is signed and not as agreed');
    return event;
  }

  close(): Promise<void> {
    return this.line.close();
  }

  private async check(notice: Notice, addressee: string | null, now: Date): Promise<void> {
    const seller = notice['seller_id'] ?? '';
    const isForUs = /^2088\d{12}$/.test(seller) && (addressee === null || addressee === seller);
    const sets = isForUs ? await this.keys.find('alipay', seller) : [];
    // Former keys are among the sets: notices that were made under them may still be on their way.
    const ofApp = sets.filter(({ appId }) => appId?.trim() === notice['app_id']);
    const isPinned = notice['sign_type'] === 'RSA2';
    const isGood = isPinned && ofApp.some((set) => this.isSigned(set, notice));
    if (!isGood) throw new PaymentError('callback_refused', 'the notice is not signed for this merchant');
    if (!isFresh(notice, now)) throw new PaymentError('callback_refused', 'the notice is stale');
  }

  private isSigned(set: MerchantKeySet, notice: Notice): boolean {
    try {
      return this.line.sdkOf(set).checkNotifySignV2({ ...notice });
    } catch {
      return false;
    }
  }

  private async address(order: OrderRequest, params: Params): Promise<OrderFinding> {
    const [set] = await this.keys.find('alipay', order.merchantRef);
    if (!set) return { kind: 'unknown', why: 'no_keys' };
    const product = order.scene === 'page' ? 'FAST_INSTANT_TRADE_PAY' : 'QUICK_WAP_WAY';
    const bizContent = { ...params.bizContent, product_code: product };
    const method = order.scene === 'page' ? 'alipay.trade.page.pay' : 'alipay.trade.wap.pay';
    try {
      const payUrl = this.line.addressOf(set, method, { ...params, bizContent });
      const isShort = payUrl.length <= addressCharactersMax;
      return isShort ? { kind: 'open', payUrl } : { kind: 'refused', code: 'address_too_long' };
    } catch {
      return { kind: 'unknown', why: 'keys_not_usable' };
    }
  }

  private async call(merchantRef: string, method: string, params: Params): Promise<Answer | Lost> {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const [set] = await this.keys.find('alipay', merchantRef);
    return set ? this.line.call(set, method, params) : lost('no_keys');
  }
}

function unknown({ why }: Lost): { kind: 'unknown'; why: string } {
  return { kind: 'unknown', why };
}

/** Alipay refuses some characters in a subject, and a comma would split a line of the bill. */
function subjectOf(description: string): string {
  const plain = description.replace(/[^\p{L}\p{N} ·（）()_.-]/gu, ' ').replace(/\s+/g, ' ');
  return [...plain.trim()].slice(0, subjectCharactersMax).join('') || '合伙';
}

function billOf(raw: Buffer, merchantRef: string, day: string): BillFinding {
  try {
    const decoder = new TextDecoder('gbk', { fatal: true });
    const texts = readZip(raw, zipLimits).map((content) => decoder.decode(content));
    const [text, ...more] = texts.filter(isLineList);
    if (text === undefined || more.length > 0) return { kind: 'unknown', why: 'bill_without_its_lines' };
    const lines = readBill(text, merchantRef, day);
    return lines.length === 0 ? { kind: 'empty' } : { kind: 'bill', lines, raw };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not readable';
    return { kind: 'unknown', why: `bill_${why.replace(/[^a-z0-9]+/gi, '_')}`.slice(0, 60) };
  }
}
