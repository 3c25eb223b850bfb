import { hash } from 'node:crypto';
import type { Id } from '@hehuo/kernel';
import type { AccountKey } from '../domain/account.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id of a transfer made from its business fact, such as `charge:chg_…:paid`: the same fact, the same row. */
export function transferId(fact: string): Id<'trf'> {
  return `trf_${fingerprint(fact)}`;
}

const rememberedMax = 10_000;
/** The same few accounts come with every batch; hashing them again each time showed in the profile. */
const remembered = new Map<string, Id<'acc'>>();

/** An account's id is its key, hashed, so that writing a transfer needs no look-up. */
export function accountId({ unit, code, owner }: AccountKey): Id<'acc'> {
  const key = `${unit}|${code}|${owner}`;
  const known = remembered.get(key);
  if (known) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const id = `acc_${fingerprint(key)}` as const;
  remembered.set(key, id);
  return id;
}

function fingerprint(text: string): string {
  const bytes = hash('sha256', text, 'buffer');
  return Array.from(bytes.subarray(0, 26), (byte) => ALPHABET.charAt(byte & 31)).join('');
}
