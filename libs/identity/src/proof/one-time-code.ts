import { randomInt, timingSafeEqual } from 'node:crypto';
import type { FieldCipher } from '@hehuo/platform';
import { codeDigits } from '../domain/limits.js';

export function newCode(): string {
  return String(randomInt(0, 10 ** codeDigits)).padStart(codeDigits, '0');
}

/** Keyed, because a plain hash of six digits is undone in a millisecond by whoever copies the table. */
export function codeHash(cipher: FieldCipher, phoneIndex: string, code: string): string {
  return cipher.blindIndex('sign-in-code', `${phoneIndex}|${code}`);
}

export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
