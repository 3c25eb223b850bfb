import { AlipaySdk } from './official-sdk.js';
import { Agent, request } from 'undici';
import type { Clock } from '@hehuo/kernel';
import { insideTransaction } from '@hehuo/platform';
import type { MerchantKeySet } from '../../use-cases/gateway.port.js';
import { wordOf, type Fields } from './answers.js';
import { beijingTime } from './beijing.js';
import { readKeys } from './keys.js';

export interface LineOptions {
  /** The address of Alipay's gateway, `https://openapi.alipay.com/gateway.do`. */
  readonly gateway: string;
  readonly timeoutMs: number;
}

/** An answer whose signature holds. */
export interface Answer {
  readonly kind: 'answer';
  readonly fields: Fields;
}

/** An answer that was lost or spoiled. `hint` is what an answer without a good signature says: never a fact about money. */
export interface Lost {
  readonly kind: 'unknown';
  readonly why: string;
  readonly hint: Fields | null;
}

export interface Params {
  readonly notifyUrl?: string;
  readonly returnUrl?: string;
  readonly bizContent: Readonly<Record<string, unknown>>;
}

/** Where Alipay lets bills be fetched; the address comes in an answer, and an answer must not send us anywhere. */
const billHost = /(^|\.)alipay\.com$/;
const answerBytesMax = 262_144;
export const billBytesMax = 33_554_432;
const connectionsMax = 32;
const okStatus = 200;
/** Parameters that belong into the address; the content travels in the body. */
const contentName = 'biz_content';

/**
 * Requests that the official SDK signed and answers that it verified, over a line of our own. The SDK's own way of sending
 * is not taken: it reads bodies without a bound, sends again by itself when a line breaks, verifies only when asked to, and
 * reads a twice written field after having verified its twin.
 */
export class SignedLine {
  private readonly agent = new Agent({ connections: connectionsMax, keepAliveTimeout: 30_000 });
  private readonly made = new WeakMap<MerchantKeySet, AlipaySdk>();

  constructor(
    private readonly options: LineOptions,
    private readonly clock: Clock,
  ) {}

  /** The SDK with a merchant's keys. Throws for keys that are not complete. */
  sdkOf(keys: MerchantKeySet): AlipaySdk {
    const known = this.made.get(keys);
    if (known) return known;
    const { appId, privateKey, alipayPublicKey, certificates } = readKeys(keys);
    const sdk = new AlipaySdk({
      ...{ appId, privateKey, keyType: 'PKCS8', signType: 'RSA2', gateway: this.options.gateway },
      ...(alipayPublicKey === null ? {} : { alipayPublicKey }),
      ...(certificates && {
        appCertContent: certificates.app,
        alipayPublicCertContent: certificates.alipay,
        alipayRootCertContent: certificates.root,
      }),
      ...{ camelcase: false, timeout: this.options.timeoutMs },
    });
    this.made.set(keys, sdk);
    return sdk;
  }

  /** A signed address for the payer's browser. Nothing is sent: Alipay hears of the order when the payer opens it. */
  addressOf(keys: MerchantKeySet, method: string, params: Params): string {
    return this.sdkOf(keys).pageExecute(method, 'GET', this.stamped(params));
  }

  async call(keys: MerchantKeySet, method: string, params: Params): Promise<Answer | Lost> {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const sdk = sdkOrNull(() => this.sdkOf(keys));
    if (!sdk) return lost('keys_not_usable');
    const { url, body } = split(this.options.gateway, sdk.sdkExecute(method, this.stamped(params)));
    try {
      const answer = await request(url, {
        ...{
          method: 'POST',
          body,
          dispatcher: this.agent,
          signal: AbortSignal.timeout(this.options.timeoutMs),
        },
        headers: {
          'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
          accept: 'application/json',
        },
      });
      const raw = await bounded(answer.body, answerBytesMax);
      if (raw === null) return lost('answer_too_large');
      if (answer.statusCode !== okStatus) return lost(`status_${answer.statusCode}`);
      return verified(sdk, `${method.replaceAll('.', '_')}_response`, raw.toString('utf8'));
    } catch (error) {
      return lost(lossOf(error));
    }
  }

  /** The bytes behind the address that an answer named. */
  async fetch(address: string): Promise<Buffer | Lost> {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const { protocol, hostname, origin } = new URL(address);
    const isTheirs = origin === new URL(this.options.gateway).origin;
    if (!isTheirs && !(/^https?:$/.test(protocol) && billHost.test(hostname))) return lost('bill_elsewhere');
    try {
      const answer = await request(address, {
        ...{ method: 'GET', dispatcher: this.agent, signal: AbortSignal.timeout(this.options.timeoutMs) },
      });
      const raw = await bounded(answer.body, billBytesMax);
      if (raw === null) return lost('bill_too_large');
      return answer.statusCode === okStatus ? raw : lost(`status_${answer.statusCode}`);
    } catch (error) {
      return lost(lossOf(error));
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  /** The SDK would write the instant in the zone of the machine; Alipay reads it as Beijing time. */
  private stamped(params: Params): Params & { timestamp: string } {
    return { ...params, timestamp: beijingTime(this.clock.now()) };
  }
}

function split(gateway: string, signed: string): { url: string; body: string } {
  const url = new URL(gateway);
  const body = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(signed)) {
    (name === contentName ? body : url.searchParams).append(name, value);
  }
  return { url: url.toString(), body: body.toString() };
}

/**
 * What is read is the very text that was verified, never the whole answer parsed a second time. An answer that has no
 * signature, as those about an unknown app, proves nothing whatever its code.
 */
function verified(sdk: AlipaySdk, name: string, raw: string): Answer | Lost {
  const whole = objectOf(raw);
  if (!whole) return lost('answer_unreadable');
  const hint = fieldsOf(whole[name]) ?? fieldsOf(whole['error_response']);
  if (!hint) return lost('answer_of_another_call');
  const signature = whole['sign'];
  if (typeof signature !== 'string' || signature === '' || !fieldsOf(whole[name])) {
    return lost(`answer_not_signed_${wordOf(hint)}`, hint);
  }
  const serial = whole['alipay_cert_sn'];
  if (serial !== undefined && sdk.config.alipayCertSn && serial !== sdk.config.alipayCertSn) {
    return lost('answer_of_another_certificate', hint);
  }
  try {
    sdk.checkResponseSign(raw, name, signature, '');
  } catch {
    // The error of the SDK holds the whole answer, which is nothing for a log.
    return lost(`answer_signature_wrong_${wordOf(hint)}`, hint);
  }
  const fields = objectOf(sdk.getSignStr(raw, name));
  return fields ? { kind: 'answer', fields } : lost('answer_unreadable');
}

function objectOf(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function sdkOrNull(make: () => AlipaySdk): AlipaySdk | null {
  try {
    return make();
  } catch {
    return null;
  }
}

async function bounded(body: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function lost(why: string, hint: Fields | null = null): Lost {
  return { kind: 'unknown', why: why.slice(0, 60), hint };
}

function lossOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return `lost_${String(typeof code === 'string' ? code : name).toLowerCase()}`;
}
