/**
 * Amounts are integers in the smallest unit: fen, minutes, pieces, households. They are `bigint` in TypeScript and
 * decimal strings in JSON, because a double loses the last digit past 2^53 and string concatenation is silent.
 */
export type Quantity = bigint;

/** No single quantity may pass this, so that the sum of every pledge of a city stays far below 2^63. */
export const QUANTITY_MAX = 999_999_999_999_999n;

const DIGITS = /^[1-9][0-9]{0,14}$/;

/** Parses a positive quantity; null for anything else: signs, zero, blanks, exponents and full-width digits included. */
export function parseQuantity(text: unknown): Quantity | null {
  return typeof text === 'string' && DIGITS.test(text) ? BigInt(text) : null;
}

/** Fen as yuan with two decimals, by string only: 123456n is "1234.56". */
export function fenToYuan(fen: bigint): string {
  const sign = fen < 0n ? '-' : '';
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Yuan with at most two decimals as fen; null when the text is not such a sum. */
export function yuanToFen(yuan: string): bigint | null {
  const match = /^(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?$/.exec(yuan);
  return match ? BigInt(match[1] + (match[2] ?? '').padEnd(2, '0')) : null;
}

/**
 * Splits `total` by integer weights so that the parts sum to the whole; what division leaves over goes to the
 * largest remainders, the earlier part first on a tie. Throws when the weights are negative or all zero.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (total < 0n || sum <= 0n || weights.some((weight) => weight < 0n)) {
    throw new Error(
      'allocate needs a total of zero or more and weights of zero or more that are not all zero',
    );
  }
  const parts = weights.map((weight) => (total * weight) / sum);
  const left = total - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (let i = 0; i < Number(left); i += 1) {
    const { index } = byRemainder[i]!;
    parts[index] = parts[index]! + 1n;
  }
  return parts;
}
