import { createCipheriv, randomBytes, sign, verify, type KeyObject } from 'node:crypto';

const shanghaiMs = 8 * 3_600_000;

/** `2026-11-25T18:00:00+08:00` */
export function shanghaiTime(instantMs: number): string {
  return `${new Date(instantMs + shanghaiMs).toISOString().slice(0, 19)}+08:00`;
}

/** `12.34`, as bills have it. */
export function yuan(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Sums of the books stay far below 2^53, so the JSON integer that WeChat Pay has holds every fen. */
export function integerOf(quantity: bigint): number {
  return Number(quantity);
}

export function nonce(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

/** Every line ends with a line feed, the last one too. */
export function lines(parts: readonly string[]): string {
  return parts.map((part) => `${part}\n`).join('');
}

export function rsaSign(text: string, key: KeyObject): string {
  return sign('sha256', Buffer.from(text), key).toString('base64');
}

export function isRsaSigned(text: string, key: KeyObject, signature: string): boolean {
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

/** A signature of the right length that no key made. */
export function spoiled(signature: string): string {
  return `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
}

/** AEAD_AES_256_GCM with the tag at the end, as callbacks carry their content. */
export function sealed(plain: string, key: string, kind: 'transaction' | 'refund') {
  const once = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', key, once).setAAD(Buffer.from(kind));
  const parts = [cipher.update(plain, 'utf8'), cipher.final()];
  return {
    ...{ original_type: kind, algorithm: 'AEAD_AES_256_GCM', associated_data: kind, nonce: once },
    ciphertext: Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64'),
  };
}
