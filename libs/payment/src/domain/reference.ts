import type { Id } from '@hehuo/kernel';

/** Digits and letters that nobody mistakes for one another when they are read aloud or written by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE = ALPHABET.length;
const dataCharacters = 7;
export const referenceCharacters = dataCharacters + 1;

/**
 * What a payer writes into the remark of a bank transfer, such as `7K2M9XQA`: the last seven characters of the pledge's
 * id and a check character (Luhn, modulus 32), so that one wrong character is never another pledge's reference. It is
 * derived, so it needs no column and is the same for ever.
 */
export function paymentReference(pledgeId: Id<'plg'>): string {
  const data = pledgeId.slice(-dataCharacters).toUpperCase();
  return data + checkCharacter(data);
}

/** Whether the last character is the check of the others. */
export function isReference(text: string): boolean {
  return (
    text.length === referenceCharacters &&
    [...text].every((character) => ALPHABET.includes(character)) &&
    checkCharacter(text.slice(0, -1)) === text.slice(-1)
  );
}

/**
 * The references that may stand in a remark: in any case, with blanks or dashes between, and with the letters that people
 * write for digits. Where it stands does not matter.
 */
export function referencesIn(remark: string): string[] {
  const plain = remark
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_.·]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const found = new Set<string>();
  for (const [run] of plain.matchAll(/[0-9A-Z]{8,}/g)) {
    for (let at = 0; at + referenceCharacters <= run.length; at += 1) {
      const text = run.slice(at, at + referenceCharacters);
      if (isReference(text)) found.add(text);
    }
  }
  return [...found];
}

function checkCharacter(data: string): string {
  let sum = 0;
  [...data].reverse().forEach((character, at) => {
    const doubled = ALPHABET.indexOf(character) * (at % 2 === 0 ? 2 : 1);
    sum += Math.floor(doubled / BASE) + (doubled % BASE);
  });
  return ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
}
