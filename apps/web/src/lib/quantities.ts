import { i18n } from '@lingui/core';

export type Unit = 'fen' | 'minutes' | 'pieces' | 'plans' | 'households';

/** `1250` fen as 12.50; whole yuan without fen. Exact: fen are never a floating number. */
export function yuan(fen: string): string {
  const value = BigInt(fen);
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const whole = new Intl.NumberFormat(i18n.locale).format(size / 100n);
  const rest = size % 100n;
  return rest === 0n ? `${sign}${whole}` : `${sign}${whole}.${rest.toString().padStart(2, '0')}`;
}

/** What somebody typed as yuan, in fen; null when it is no amount. */
export function fenOf(typed: string): string | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim().replace(/[０-９．]/g, narrow));
  if (!match) return null;
  return (BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0') || '0')).toString();
}

// Chinese keyboards give wide digits; they mean the same.
const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);

/** Hours with at most one decimal: 90 minutes are 1.5. */
export function hours(minutes: string): string {
  return new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(Number(minutes) / 60);
}

export const count = (quantity: string): string =>
  new Intl.NumberFormat(i18n.locale).format(BigInt(quantity));

/** How much of a goal is reached, 0 to 1. */
export function reached(have: string, goal: string): number {
  const wanted = BigInt(goal);
  if (wanted <= 0n) return 1;
  return Math.min(1, Number((BigInt(have) * 1000n) / wanted) / 1000);
}
