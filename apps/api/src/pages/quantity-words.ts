import type { Language } from '../http/language.js';

interface Measured {
  readonly unit: string;
  readonly unitLabel: string | null;
}

const WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  households: { 'zh-CN': '户', en: 'households' },
  plans: { 'zh-CN': '个主意', en: 'ideas' },
  pieces: { 'zh-CN': '件', en: 'pieces' },
};

/** A quantity of an ask with its unit, as people say it: 12.50 yuan, 2 hours, 3 pieces. */
export function quantityWords({ unit, unitLabel }: Measured, quantity: string, language: Language): string {
  const value = BigInt(quantity);
  if (unit === 'fen') {
    const rest = value % 100n;
    return `¥${value / 100n}${rest === 0n ? '' : `.${rest.toString().padStart(2, '0')}`}`;
  }
  if (unit === 'minutes') {
    const tenths = (value * 10n) / 60n;
    const hours = `${tenths / 10n}${tenths % 10n === 0n ? '' : `.${tenths % 10n}`}`;
    return language === 'en' ? `${hours} hours` : `${hours} 小时`;
  }
  return `${value} ${unitLabel ?? WORDS[unit]?.[language] ?? unit}`;
}
