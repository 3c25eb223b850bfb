/**
 * Public ids: a three-letter prefix, an underscore and 26 lower-case base-32 characters (Crockford's alphabet),
 * 48 bits of time in milliseconds followed by 80 random bits. They sort by time, so new rows append to the
 * clustered index instead of splitting it, and the prefix makes a wrong id a type error and a readable log line.
 */
export type Id<P extends string> = `${P}_${string}`;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;
const BODY = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** Makes an id for the instant `atMs` (milliseconds since 1970). */
export function newId<P extends string>(prefix: P, atMs: number): Id<P> {
  return `${prefix}_${timePart(atMs)}${randomPart()}`;
}

/** Whether `value` is an id with exactly this prefix. */
export function isId<P extends string>(prefix: P, value: unknown): value is Id<P> {
  return (
    typeof value === 'string' && value.startsWith(`${prefix}_`) && BODY.test(value.slice(prefix.length + 1))
  );
}

/** The same 26 characters under another prefix: an id derived from one business fact, the same on every retry. */
export function derivedId<P extends string>(prefix: P, from: string): Id<P> {
  const body = from.slice(from.indexOf('_') + 1);
  if (!BODY.test(body)) throw new Error(`cannot derive an id from ${from}`);
  return `${prefix}_${body}`;
}

function timePart(atMs: number): string {
  let rest = atMs;
  let text = '';
  for (let i = 0; i < TIME_CHARACTERS; i += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Random bytes are fetched by the block: a call for each id costs more than all the rest of making it. */
const block = new Uint8Array(RANDOM_CHARACTERS * 256);
let used = block.length;

function randomPart(): string {
  if (used === block.length) {
    globalThis.crypto.getRandomValues(block);
    used = 0;
  }
  let text = '';
  for (const end = used + RANDOM_CHARACTERS; used < end; used += 1) {
    text += ALPHABET.charAt(block[used]! & 31);
  }
  return text;
}
