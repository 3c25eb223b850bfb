import { createHash } from 'node:crypto';
import type { Officer } from '@hehuo/payment';

let acts = 0;

/** One act of one person: sent again with the same key and content it is the same one. */
export function act<A extends Officer>(actor: A, content: unknown = acts) {
  acts += 1;
  const text = JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  return { actor, key: `key-${acts}-12345`, fingerprint: createHash('sha256').update(text).digest() };
}
