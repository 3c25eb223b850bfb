import { createHash } from 'node:crypto';
import type { Id } from '@hehuo/kernel';
import type { AccountKey } from '../domain/account.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id of a transfer made from its business fact, such as `charge:chg_…:paid`: the same fact, the same row. */
export function transferId(fact: string): Id<'trf'> {
  return `trf_${fingerprint(fact)}`;
}

/** An account's id is its key, hashed, so that writing a transfer needs no look-up. */
export function accountId({ unit, code, owner }: AccountKey): Id<'acc'> {
  return `acc_${fingerprint(`${unit}|${code}|${owner}`)}`;
}

function fingerprint(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  return Array.from(bytes.subarray(0, 26), (byte) => ALPHABET.charAt(byte & 31)).join('');
}
