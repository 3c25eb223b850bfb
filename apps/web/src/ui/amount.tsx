import { plural, t } from '@lingui/core/macro';
import { count, hours, yuan } from '../lib/quantities';

interface Measured {
  readonly unit: string;
  /** The word of the ask itself, such as 件 or 包; pieces only. */
  readonly unitLabel?: string | null;
}

/** A quantity with its unit, as one says it: ¥12.50, 2 小时, 3 件. Rendered under a component that follows the language. */
export function amount({ unit, unitLabel }: Measured, quantity: string): string {
  const whole = Number(quantity);
  if (unit === 'fen') return `¥${yuan(quantity)}`;
  if (unit === 'minutes') return t`${hours(quantity)} 小时`;
  if (unit === 'households') return plural(whole, { one: '# 户', other: '# 户' });
  if (unit === 'plans') return plural(whole, { one: '# 个主意', other: '# 个主意' });
  return unitLabel ? `${count(quantity)} ${unitLabel}` : plural(whole, { one: '# 件', other: '# 件' });
}

/** What is missing to a goal; zero when it is reached. */
export function missing(have: string, goal: string): string {
  const rest = BigInt(goal) - BigInt(have);
  return rest > 0n ? rest.toString() : '0';
}
