export type Fields = Readonly<Record<string, unknown>>;

const numberMax = 64;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** The fields of a JSON object; none for anything else. */
export function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};
}

export function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms);
}

export function numberOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= numberMax && /^[A-Za-z0-9_|*@.:-]+$/.test(value)
    ? value
    : null;
}

/** Fen of a JSON number that is a whole one and more than nothing; null for anything else. */
export function fenOf(value: unknown): bigint | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? BigInt(value) : null;
}

/** Our quantities stay below 2^53, so the JSON integer that WeChat Pay asks for holds every fen. */
export function integerOf(quantity: bigint): number {
  if (quantity > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('a sum is beyond what JSON can carry');
  return Number(quantity);
}
