import type { Clock } from '@hehuo/kernel';
import type { BillFinding, OrderFinding, ProbeFinding, RefundFinding } from '../../domain/findings.js';
import { PaymentError } from '../../domain/errors.js';
import {
  Gateway,
  type GatewayCapabilities,
  type MerchantKeys,
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
import {
  readClosed,
  readPlaced,
  readProbe,
  readQueried,
  readRefunded,
  readRefundQueried,
  type Answer,
} from './answers.js';
import { billHours, WechatBills } from './bills.js';
import { eventOf } from './callbacks.js';
import { fieldsOf } from './fields.js';
import { complaintsAbout, ringOf, ringsOf, WECHAT_KEY_FIELDS } from './keys.js';
import { RefundBrake } from './refund-brake.js';
import { placingOf, refundingOf, withReturn } from './requests.js';
import { browserParameters } from './signature.js';
import { WechatWire, type Lost, type Merchant, type Question, type WechatOptions } from './wire.js';

/** WeChat Pay takes 150 refunds a second and merchant; half of it leaves room for the custodian's own. */
const refundsPerSecond = 80;
/** No order of ours has this number: ours start with a capital C. */
const probeNumber = 'hehuo-key-probe';
const LIMITS: ReadonlySet<unknown> = new Set(['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED']);
const noKeys: Lost = { kind: 'unknown', why: 'no_usable_keys' };

/** WeChat Pay APIv3 for direct merchants (普通商户). */
export class WechatGateway extends Gateway {
  readonly name = 'wechat' as const;
  readonly capabilities: GatewayCapabilities = {
    scenes: ['code', 'phone', 'wechat'],
    // An order's own freeze ends after 30 days; two are kept for acting.
    payNowDaysMax: 28,
    // WeChat Pay allows 90; unpaid orders without a time end after 7, and what nobody sets cannot be missed.
    orderDaysMax: 7,
    ...{ refundDaysMax: 365, refundsPerSecond, refundsPerOrderMax: 50, refundGapSeconds: 60 },
    ...{ bill: billHours, needsKeys: true },
  };
  readonly keyFields = WECHAT_KEY_FIELDS;
  readonly acknowledgement = { contentType: 'application/json', body: '{"code":"SUCCESS"}' };
  private readonly wire: WechatWire;
  private readonly bills: WechatBills;
  private readonly brake: RefundBrake;

  constructor(
    options: WechatOptions,
    private readonly keys: MerchantKeys,
    clock: Clock,
  ) {
    super();
    this.wire = new WechatWire(options, keys, clock);
    this.bills = new WechatBills(this.wire, clock);
    this.brake = new RefundBrake(refundsPerSecond, clock);
  }

  complaints(keys: MerchantKeySet): readonly string[] {
    return complaintsAbout(keys);
  }

  /** Asks about an order that cannot exist. The APIv3 key is not part of any question, so it stays unproven. */
  async probe(mchid: string, keys: MerchantKeySet): Promise<ProbeFinding> {
    const ring = ringOf(keys);
    if (!ring) return { kind: 'unknown', why: 'keys_unusable' };
    const answer = await this.wire.ask({ mchid, ring, rings: [ring] }, orderQuestion(probeNumber, mchid));
    if (!('kind' in answer)) return readProbe(answer);
    return answer.why === '401' ? { kind: 'refused', code: 'SIGN_ERROR' } : answer;
  }

  async createOrder(order: OrderRequest): Promise<OrderFinding> {
    const merchant = await this.wire.merchant(order.merchantRef);
    if (!merchant) return noKeys;
    const placing = placingOf(order, merchant.ring.appId);
    if ('kind' in placing) return placing;
    const answer = await this.wire.ask(merchant, { method: 'POST', ...placing });
    if ('kind' in answer) return answer;
    const finding = readPlaced(order.scene, answer);
    return finding.kind === 'open' && finding.payUrl !== null && order.scene === 'phone'
      ? { kind: 'open', payUrl: withReturn(finding.payUrl, order.returnUrl) }
      : finding;
  }

  queryOrder(order: OrderRef): Promise<OrderFinding> {
    return this.asked(
      order.merchantRef,
      orderQuestion(order.number, order.merchantRef),
      (answer, { rings }) => readQueried(answer, { ...order, appIds: rings.map(({ appId }) => appId) }),
    );
  }

  closeOrder({ number, merchantRef }: OrderRef): Promise<OrderFinding> {
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(number)}/close`;
    return this.asked(merchantRef, { method: 'POST', path, content: { mchid: merchantRef } }, readClosed);
  }

  async refund(refund: RefundRequest): Promise<RefundFinding> {
    const { merchantRef } = refund;
    await this.brake.turn(merchantRef);
    const question = { method: 'POST', path: '/v3/refund/domestic/refunds' } as const;
    return this.asked(merchantRef, { ...question, content: refundingOf(refund) }, (answer) => {
      if (LIMITS.has(fieldsOf(answer.body)['code'])) this.brake.limited(merchantRef);
      return readRefunded(answer, refund);
    });
  }

  queryRefund(refund: RefundRef): Promise<RefundFinding> {
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(refund.number)}`;
    return this.asked(refund.merchantRef, { method: 'GET', path }, (answer) =>
      readRefundQueried(answer, refund),
    );
  }

  async present({ merchantRef, scene, payUrl }: OpenOrder): Promise<PayInstruction> {
    if (scene === 'phone') return { kind: 'link', url: payUrl };
    if (scene !== 'wechat') return { kind: 'code', text: payUrl };
    const merchant = await this.wire.merchant(merchantRef);
    if (!merchant) throw new Error('a merchant with an open order has no usable keys any more');
    return {
      kind: 'jsapi',
      parameters: browserParameters(merchant.ring, payUrl, this.wire.stamp()),
    };
  }

  async bill(merchantRef: string, day: string): Promise<BillFinding> {
    const merchant = await this.wire.merchant(merchantRef);
    return merchant ? this.bills.fetch(merchant, day) : noKeys;
  }

  async verifyCallback(callback: RawCallback, now: Date): Promise<VerifiedEvent> {
    const { merchantRef } = callback;
    if (merchantRef === null) {
      throw new PaymentError('callback_refused', 'the address of a callback names its merchant');
    }
    return eventOf({ ...callback, merchantRef }, ringsOf(await this.keys.find('wechat', merchantRef)), now);
  }

  close(): Promise<void> {
    return this.wire.close();
  }

  private async asked<T>(
    mchid: string,
    question: Question,
    read: (answer: Answer, merchant: Merchant) => T,
  ): Promise<T | Lost> {
    const merchant = await this.wire.merchant(mchid);
    if (!merchant) return noKeys;
    const answer = await this.wire.ask(merchant, question);
    return 'kind' in answer ? answer : read(answer, merchant);
  }
}

function orderQuestion(number: string, mchid: string): Question {
  const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(number)}`;
  return { method: 'GET', path: `${path}?mchid=${encodeURIComponent(mchid)}` };
}
