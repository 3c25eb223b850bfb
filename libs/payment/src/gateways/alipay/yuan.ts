/** The largest sum that Alipay takes for one order is 100,000,000.00 yuan; one digit more leaves room for totals. */
const SUM = /^(0|[1-9]\d{0,12})\.(\d{2})$/;
const BILLED = /^([+-]?)(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/;

/** Fen as Alipay writes sums: yuan with exactly two decimals. Throws for a negative sum, which no request has. */
export function yuanOf(fen: bigint): string {
  if (fen < 0n) throw new Error('a sum at a gateway is never negative');
  const digits = fen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Fen of a sum as Alipay writes it in answers and notices; null for everything that is not exactly a number of yuan with
 * two decimals. Digits are moved as text: no floating point ever holds a sum.
 */
export function fenOf(value: unknown): bigint | null {
  const [, yuan, cents] = (typeof value === 'string' ? SUM.exec(value) : null) ?? [];
  return yuan === undefined || cents === undefined ? null : BigInt(yuan + cents);
}

/** Fen of a cell of a bill, where refunds are negative and a zero may stand without decimals; null for anything else. */
export function billedFenOf(cell: string): bigint | null {
  const [, sign, yuan, cents = ''] = BILLED.exec(cell) ?? [];
  if (yuan === undefined) return null;
  const fen = BigInt(yuan + cents.padEnd(2, '0'));
  return sign === '-' ? -fen : fen;
}
