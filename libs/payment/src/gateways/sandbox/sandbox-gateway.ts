import { Agent, request } from 'undici';
import type { Clock } from '@hehuo/kernel';
import { parseQuantity } from '@hehuo/kernel';
import { insideTransaction } from '@hehuo/platform';
import type { BillFinding, OrderFinding, ProbeFinding, RefundFinding } from '../../domain/findings.js';
import { PaymentError } from '../../domain/errors.js';
import {
  Gateway,
  type GatewayCapabilities,
  type OpenOrder,
  type OrderRef,
  type OrderRequest,
  type PayInstruction,
  type RawCallback,
  type RefundRef,
  type RefundRequest,
  type VerifiedEvent,
} from '../../use-cases/gateway.port.js';
import { fieldsOf, instantOf, numberOf, readOrder, readRefund, type Answer } from './answers.js';
import { readBill } from './bill.js';
import { faultOf, sign, signatureHeader } from './signature.js';

export interface SandboxOptions {
  /** Where the sandbox answers, such as `http://127.0.0.1:3002`. */
  readonly url: string;
  readonly secret: string;
  /** Longest wait for a whole answer; ten seconds where nothing else is said. */
  readonly timeoutMs?: number;
}

const timeoutMsByDefault = 10_000;
const answerBytesMax = 16 * 1024 * 1024;
/** No order of ours is called so: our numbers carry 26 characters. */
const probeNumber = 'PROBE';
const connectionsMax = 32;
const noBytes = new Uint8Array(0);

interface Signed {
  readonly status: number;
  readonly raw: Buffer;
}

type Lost = { readonly kind: 'unknown'; readonly why: string };

/** Speaks the wire contract of apps/sandbox, as its README has it. */
export class SandboxGateway extends Gateway {
  readonly name = 'sandbox' as const;
  readonly capabilities: GatewayCapabilities = {
    scenes: ['page'],
    payNowDaysMax: 365,
    orderDaysMax: 90,
    refundDaysMax: 365,
    refundsPerSecond: 80,
    refundsPerOrderMax: 50,
    refundGapSeconds: 0,
    bill: { timeZone: 'UTC', readyAtHour: 0 },
    needsKeys: false,
  };
  readonly keyFields = [];
  readonly acknowledgement = { contentType: 'application/json', body: '{"taken":true}' };
  private readonly origin: string;
  private readonly agent = new Agent({ connections: connectionsMax, keepAliveTimeout: 30_000 });
  private readonly timeoutMs: number;

  constructor(
    private readonly options: SandboxOptions,
    private readonly clock: Clock,
  ) {
    super();
    this.origin = options.url.replace(/\/+$/, '');
    this.timeoutMs = options.timeoutMs ?? timeoutMsByDefault;
  }

  async createOrder(order: OrderRequest): Promise<OrderFinding> {
    const answer = await this.call('POST', '/orders', {
      orderNo: order.number,
      amountFen: order.amount.toString(),
      description: order.description,
      expiresAt: order.expiresAt.toISOString(),
      payeeAccount: order.merchantRef,
      ...(order.notifyUrl === null ? {} : { notifyUrl: order.notifyUrl }),
      ...(order.returnUrl === null ? {} : { returnUrl: order.returnUrl }),
    });
    return 'kind' in answer ? answer : readOrder('create', answer, order);
  }

  async queryOrder(order: OrderRef): Promise<OrderFinding> {
    const answer = await this.call('GET', `/orders/${order.number}`);
    return 'kind' in answer ? answer : readOrder('query', answer, order);
  }

  async closeOrder(order: OrderRef): Promise<OrderFinding> {
    const answer = await this.call('POST', `/orders/${order.number}/close`);
    return 'kind' in answer ? answer : readOrder('close', answer, order);
  }

  async refund(refund: RefundRequest): Promise<RefundFinding> {
    const answer = await this.call('POST', '/refunds', {
      refundNo: refund.number,
      orderNo: refund.orderNumber,
      amountFen: refund.amount.toString(),
      ...(refund.notifyUrl === null ? {} : { notifyUrl: refund.notifyUrl }),
    });
    return 'kind' in answer ? answer : readRefund('create', answer, refund);
  }

  async queryRefund(refund: RefundRef): Promise<RefundFinding> {
    const answer = await this.call('GET', `/refunds/${refund.number}`);
    return 'kind' in answer ? answer : readRefund('query', answer, refund);
  }

  /** Merchants share the platform's key here, so there are none of their own to be wrong. */
  complaints(): readonly string[] {
    return [];
  }

  async probe(): Promise<ProbeFinding> {
    const answer = await this.call('GET', `/orders/${probeNumber}`);
    if ('kind' in answer) return answer;
    const finding = readOrder('query', answer, { number: probeNumber });
    if (finding.kind === 'absent') return { kind: 'works' };
    return { kind: 'refused', code: finding.kind === 'unknown' ? finding.why : finding.kind };
  }

  async present({ payUrl }: OpenOrder): Promise<PayInstruction> {
    return Promise.resolve({ kind: 'link', url: payUrl });
  }

  async bill(merchantRef: string, day: string): Promise<BillFinding> {
    const found = await this.fetch('GET', `/bills/${day}?payee=${encodeURIComponent(merchantRef)}`);
    return 'kind' in found ? found : readBill(found.status, found.raw);
  }

  verifyCallback(callback: RawCallback, now: Date): Promise<VerifiedEvent> {
    return Promise.resolve().then(() => this.verified(callback, now));
  }

  private verified({ headers, body }: RawCallback, now: Date): VerifiedEvent {
    const nowSeconds = Math.floor(now.getTime() / 1000);
    const fault = faultOf(this.options.secret, headers[signatureHeader], nowSeconds, [], body);
    if (fault) throw new PaymentError('callback_refused', `the signature of the callback is ${fault}`);
    const event = eventOf(body);
    // The header is not signed; the body is. They must agree, or somebody tampered on the way.
    if (!event || headers['sandbox-event'] !== event.key) {
      throw new PaymentError('callback_malformed', 'the callback is signed and its content is not as agreed');
    }
    return event;
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  /** One signed call. Every way in which its answer may be lost or spoiled is `unknown`. */
  private async call(method: 'GET' | 'POST', path: string, content?: object): Promise<Answer | Lost> {
    const found = await this.fetch(method, path, content);
    if ('kind' in found) return found;
    try {
      return { status: found.status, body: JSON.parse(found.raw.toString('utf8')) };
    } catch {
      return { kind: 'unknown', why: 'answer_unreadable' };
    }
  }

  private async fetch(method: 'GET' | 'POST', path: string, content?: object): Promise<Signed | Lost> {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const bytes = content === undefined ? noBytes : Buffer.from(JSON.stringify(content));
    try {
      const answer = await request(this.origin + path, {
        method,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.timeoutMs),
        headers: {
          [signatureHeader]: sign(this.options.secret, this.nowSeconds(), [method, path], bytes),
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: content === undefined ? null : bytes,
      });
      return await this.read(answer);
    } catch (error) {
      return { kind: 'unknown', why: lossOf(error) };
    }
  }

  private async read(answer: Awaited<ReturnType<typeof request>>): Promise<Signed | Lost> {
    const raw = await bounded(answer.body);
    if (raw === null) return { kind: 'unknown', why: 'answer_too_large' };
    const status = answer.statusCode;
    const header = answer.headers[signatureHeader];
    const fault = faultOf(this.options.secret, header, this.nowSeconds(), [String(status)], raw);
    if (fault) return { kind: 'unknown', why: `answer_signature_${fault}` };
    return { status, raw };
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

async function bounded(body: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > answerBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function lossOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  // An aborted call has a number for its code; its name says more.
  return `lost_${String(typeof code === 'string' ? code : name).toLowerCase()}`.slice(0, 60);
}

const KINDS = ['charge.paid', 'charge.closed', 'refund.done', 'refund.failed'] as const;

function eventOf(body: Uint8Array): VerifiedEvent | null {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
  const fields = fieldsOf(content);
  const kind = KINDS.find((known) => known === fields['event']);
  const key = numberOf(fields['eventId']);
  const orderNumber = numberOf(fields['orderNo']);
  const refundNumber = fields['refundNo'] === undefined ? null : numberOf(fields['refundNo']);
  const merchantRef = numberOf(fields['merchant']);
  const occurredAt = instantOf(fields['occurredAt']);
  const amount = parseQuantity(fields['amountFen']);
  if (!kind || !key || !orderNumber || !merchantRef || !occurredAt || amount === null) return null;
  if (kind.startsWith('refund.') !== (refundNumber !== null)) return null;
  return { key, kind, orderNumber, refundNumber, amount, merchantRef, occurredAt };
}
