import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'sandbox-signature';
/** A signature further from our clock than this is refused, so that a recording is soon worthless. */
export const skewSecondsMax = 300;

/** `t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t + "." + part + "." + … + body)>` */
export function sign(secret: string, atSeconds: number, parts: readonly string[], body: Uint8Array): string {
  return `t=${atSeconds},v1=${digest(secret, String(atSeconds), parts, body).toString('hex')}`;
}

/** Null when the signature holds, else what is wrong with it. */
export function faultOf(
  secret: string,
  header: string | readonly string[] | undefined,
  nowSeconds: number,
  parts: readonly string[],
  body: Uint8Array,
): string | null {
  if (header === undefined) return 'missing';
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  if (seconds === undefined || hex === undefined) return 'malformed';
  // Compared before the age is looked at, so that the answer tells a stranger nothing about our clock.
  if (!timingSafeEqual(Buffer.from(hex, 'hex'), digest(secret, seconds, parts, body))) return 'wrong';
  return Math.abs(nowSeconds - Number(seconds)) > skewSecondsMax ? 'stale' : null;
}

function digest(secret: string, seconds: string, parts: readonly string[], body: Uint8Array): Buffer {
  const mac = createHmac('sha256', secret);
  for (const part of [seconds, ...parts]) mac.update(`${part}.`);
  return mac.update(body).digest();
}
