import { sign, verify } from 'node:crypto';
import type { KeyRing, PlatformKey } from './keys.js';

/** A signature further from our clock than this is refused, so that a recording is soon worthless. */
export const skewSecondsMax = 300;
/** WeChat Pay spoils some signatures on purpose to see whether they are checked; these begin like this. */
const probePrefix = 'WECHATPAY/SIGNTEST/';
const scheme = 'WECHATPAY2-SHA256-RSA2048';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What makes one request unlike any other; both go into its signature. */
export interface Stamp {
  readonly seconds: number;
  readonly nonce: string;
}

/** The Authorization header of a request. `path` is as sent, query included. */
export function authorization(
  ring: KeyRing,
  mchid: string,
  { seconds, nonce }: Stamp,
  [method, path]: readonly [method: string, path: string],
  body: string,
): string {
  const text = `${method}\n${path}\n${seconds}\n${nonce}\n${body}\n`;
  const fields = [
    ['mchid', mchid],
    ['nonce_str', nonce],
    ['signature', signed(ring, text)],
    ['timestamp', String(seconds)],
    ['serial_no', ring.merchantSerial],
  ];
  return `${scheme} ${fields.map(([name, value]) => `${name}="${value}"`).join(',')}`;
}

/** What WeChat's browser takes to open the payment of an order that was made for it. */
export function browserParameters(
  ring: KeyRing,
  prepayId: string,
  { seconds, nonce }: Stamp,
): Readonly<Record<string, string>> {
  const bundle = `prepay_id=${prepayId}`;
  const paySign = signed(ring, `${ring.appId}\n${seconds}\n${nonce}\n${bundle}\n`);
  return {
    ...{ appId: ring.appId, timeStamp: String(seconds), nonceStr: nonce },
    ...{ package: bundle, signType: 'RSA', paySign },
  };
}

function signed(ring: KeyRing, text: string): string {
  return sign('sha256', Buffer.from(text), ring.privateKey).toString('base64');
}

/** Null when WeChat Pay's signature over these very bytes holds, else what is wrong with it. */
export function faultOf(
  headers: Headers,
  body: Uint8Array,
  keys: readonly PlatformKey[],
  nowMs: number,
): string | null {
  const [serial, timestamp, nonce, signature] = ['serial', 'timestamp', 'nonce', 'signature'].map((name) => {
    const value = headers[`wechatpay-${name}`];
    return typeof value === 'string' ? value : '';
  }) as [string, string, string, string];
  if (!serial || !timestamp || !nonce || !signature) return 'missing';
  if (signature.startsWith(probePrefix)) return 'probe';
  if (!/^\d{1,12}$/.test(timestamp) || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return 'malformed';
  // Only keys that were configured: fetching one on demand would let whoever answers choose the key.
  const key = keys.find((known) => isSerial(known, serial));
  if (!key) return 'serial_unknown';
  if (key.validMs && (nowMs < key.validMs[0] || nowMs > key.validMs[1])) return 'out_of_date';
  const text = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  if (!verify('sha256', text, key.key, Buffer.from(signature, 'base64'))) return 'wrong';
  return Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > skewSecondsMax ? 'stale' : null;
}

// Serial numbers of certificates are hexadecimal and come in either case; ids of public keys are compared as they are.
function isSerial(known: PlatformKey, serial: string): boolean {
  return known.serial === (known.validMs === null ? serial : serial.toUpperCase());
}
