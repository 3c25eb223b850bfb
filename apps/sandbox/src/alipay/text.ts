/** Sums, instants and signatures as Alipay writes them, written here a second time so that nothing is shared. */
import { createSign, createVerify, type KeyObject } from 'node:crypto';

const beijingMs = 8 * 3_600_000;

/** `3000n` → `30.00`. */
export function yuan(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `30.00`, `30.0` and `30` → `3000`, a decimal string of fen as the books have it; undefined for what is no sum. */
export function fenText(text: unknown): string | undefined {
  const match = typeof text === 'string' ? /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text) : null;
  if (!match) return undefined;
  const fen = BigInt(match[1] + (match[2] ?? '').padEnd(2, '0'));
  return fen > 0n ? String(fen) : undefined;
}

/** `2026-11-25 15:04:05`, always in the zone of Beijing. */
export function beijing(instantMs: number): string {
  return new Date(instantMs + beijingMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The instant that a text in the zone of Beijing names, as RFC 3339; undefined when it names none. */
export function fromBeijing(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  const instantMs = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(instantMs) ? undefined : new Date(instantMs).toISOString();
}

/** What is signed: every field but `sign`, by name, decoded. Notices leave `sign_type` out too. */
export function signedText(fields: ReadonlyMap<string, string>, without: readonly string[]): string {
  return [...fields]
    .filter(([name, value]) => value !== '' && !without.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function rsaSign(key: KeyObject, text: string, digest: 'SHA256' | 'SHA1' = 'SHA256'): string {
  return createSign(`RSA-${digest}`).update(text, 'utf8').sign(key, 'base64');
}

export function rsaVerify(key: KeyObject, text: string, signature: string): boolean {
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64');
}

/** A signature of the right shape that no key made. */
export function spoiled(signature: string): string {
  return (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
}
