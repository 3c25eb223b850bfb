import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signature older or younger than this is refused, so that a recording is worthless after five minutes. */
export const skewSecondsMax = 300;
export const signatureHeader = 'sandbox-signature';

export type SignatureVerdict = 'valid' | 'missing' | 'malformed' | 'stale' | 'wrong';

/**
 * `t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t + "." + part + "." + … + body)>`.
 * Requests sign method, path with query, body; answers sign status, body; callbacks sign the body alone.
 */
export function sign(secret: string, atSeconds: number, parts: readonly string[], body: Uint8Array): string {
  return `t=${atSeconds},v1=${digest(secret, String(atSeconds), parts, body).toString('hex')}`;
}

/** A header of the right shape that no key produced: the first hex digit of a true signature is changed. */
export function forge(header: string): string {
  return header.replace(/v1=(.)/, (_, digit: string) => `v1=${digit === '0' ? '1' : '0'}`);
}

export function verify(
  secret: string,
  header: string | undefined,
  nowSeconds: number,
  parts: readonly string[],
  body: Uint8Array,
): SignatureVerdict {
  if (header === undefined) return 'missing';
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || hex === undefined) return 'malformed';
  if (Math.abs(nowSeconds - Number(seconds)) > skewSecondsMax) return 'stale';
  // Equal lengths are certain: the pattern admits exactly 32 bytes.
  return timingSafeEqual(Buffer.from(hex, 'hex'), digest(secret, seconds, parts, body)) ? 'valid' : 'wrong';
}

function digest(secret: string, seconds: string, parts: readonly string[], body: Uint8Array): Buffer {
  const mac = createHmac('sha256', secret);
  for (const part of [seconds, ...parts]) mac.update(`${part}.`);
  return mac.update(body).digest();
}
