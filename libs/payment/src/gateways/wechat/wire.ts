import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Clock } from '@hehuo/kernel';
import { insideTransaction } from '@hehuo/platform';
import { MerchantKeys } from '../../use-cases/gateway.port.js';
import type { Answer } from './answers.js';
import { ringsOf, type KeyRing } from './keys.js';
import { authorization, faultOf, type Stamp } from './signature.js';

/** The host of WeChat Pay for merchants of mainland China. */
export const wechatOrigin = 'https://api.mch.weixin.qq.com';

export interface WechatOptions {
  /** Where WeChat Pay answers; its own host where nothing else is said. */
  readonly origin?: string;
  /** Longest wait for a whole answer; ten seconds where nothing else is said. */
  readonly timeoutMs?: number;
}

export type Lost = { readonly kind: 'unknown'; readonly why: string };

/** A merchant with the keys of now and those that may still verify. */
export interface Merchant {
  readonly mchid: string;
  readonly ring: KeyRing;
  readonly rings: readonly KeyRing[];
}

export interface Question {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly content?: object;
}

const timeoutMsByDefault = 10_000;
const answerBytesMax = 65_536;
/** The bill of a day with some hundred thousand payments. */
const billBytesMax = 67_108_864;
const connectionsMax = 32;
const userAgent = 'hehuo-payment/1 (node.js)';

/** Signed calls to WeChat Pay. Every way in which an answer may be lost or spoiled is `unknown`. */
export class WechatWire {
  readonly origin: string;
  private readonly agent = new Agent({ connections: connectionsMax, keepAliveTimeout: 30_000 });
  private readonly timeoutMs: number;

  constructor(
    { origin = wechatOrigin, timeoutMs = timeoutMsByDefault }: WechatOptions,
    private readonly keys: MerchantKeys,
    private readonly clock: Clock,
  ) {
    this.origin = new URL(origin).origin;
    this.timeoutMs = timeoutMs;
  }

  /** The merchant with its keys; null where none can be used. */
  async merchant(mchid: string): Promise<Merchant | null> {
    const rings = ringsOf(await this.keys.find('wechat', mchid));
    const [ring] = rings;
    return ring ? { mchid, ring, rings } : null;
  }

  async ask(merchant: Merchant, question: Question): Promise<Answer | Lost> {
    const reply = await this.send(merchant, question, answerBytesMax);
    if ('kind' in reply) return reply;
    const { status, headers, raw } = reply;
    const keys = merchant.rings.flatMap(({ platformKeys }) => platformKeys);
    const fault = faultOf(headers, raw, keys, this.clock.now().getTime());
    // Known before it is verified, and of use to who enters keys: a stranger gains nothing by a false one.
    if (fault) return { kind: 'unknown', why: status === 401 ? '401' : `answer_signature_${fault}` };
    if (raw.length === 0) return { status, body: null };
    try {
      return { status, body: JSON.parse(raw.toString('utf8')) };
    } catch {
      return { kind: 'unknown', why: 'answer_unreadable' };
    }
  }

  /** Files come without a signature: whoever asks for one compares it with the signed hash. */
  async download(merchant: Merchant, path: string): Promise<Buffer | Lost> {
    const reply = await this.send(merchant, { method: 'GET', path }, billBytesMax);
    if ('kind' in reply) return reply;
    return reply.status === 200 ? reply.raw : { kind: 'unknown', why: `file_status_${reply.status}` };
  }

  stamp(): Stamp {
    return {
      seconds: Math.floor(this.clock.now().getTime() / 1000),
      nonce: randomBytes(16).toString('hex'),
    };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async send(
    { mchid, ring }: Merchant,
    { method, path, content }: Question,
    bytesMax: number,
  ): Promise<
    { status: number; headers: Awaited<ReturnType<typeof request>>['headers']; raw: Buffer } | Lost
  > {
    if (insideTransaction()) throw new Error('a gateway is never called inside an open transaction');
    const body = content === undefined ? '' : JSON.stringify(content);
    try {
      const answer = await request(this.origin + path, {
        method,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.timeoutMs),
        headers: {
          authorization: authorization(ring, mchid, this.stamp(), [method, path], body),
          ...{ accept: 'application/json', 'user-agent': userAgent },
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...(ring.publicKeyId === null ? {} : { 'wechatpay-serial': ring.publicKeyId }),
        },
        body: content === undefined ? null : body,
      });
      const raw = await bounded(answer.body, bytesMax);
      if (raw === null) return { kind: 'unknown', why: 'answer_too_large' };
      return { status: answer.statusCode, headers: answer.headers, raw };
    } catch (error) {
      return { kind: 'unknown', why: lossOf(error) };
    }
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

function lossOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  // An aborted call has a number for its code; its name says more.
  return `lost_${String(typeof code === 'string' ? code : name).toLowerCase()}`.slice(0, 60);
}
