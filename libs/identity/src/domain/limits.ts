/** How often something may be tried in a window that starts with the first try. */
export interface AttemptRule {
  readonly scope: string;
  readonly max: number;
  readonly windowSeconds: number;
}

const hour = 3600;
const day = 24 * hour;

export const codeDigits = 6;
export const codeMinutes = 5;
export const codeTriesMax = 5;
export const resendSeconds = 60;

/** Counted in MySQL, because a flush of Redis must not give a guesser new tries. */
export const LIMITS = {
  codesOfPhoneAnHour: { scope: 'codes_phone_hour', max: 5, windowSeconds: hour },
  codesOfPhoneADay: { scope: 'codes_phone_day', max: 10, windowSeconds: day },
  // A whole community office may stand behind one address.
  codesOfAddress: { scope: 'codes_address', max: 100, windowSeconds: hour },
  triesOfPhone: { scope: 'tries_phone', max: 15, windowSeconds: hour },
  triesOfAddress: { scope: 'tries_address', max: 200, windowSeconds: hour },
  triesOfStaff: { scope: 'tries_staff', max: 5, windowSeconds: 900 },
  triesOfSecondFactor: { scope: 'tries_second_factor', max: 5, windowSeconds: 900 },
} as const satisfies Record<string, AttemptRule>;

/** The most guesses at one phone's codes in 24 hours, whatever the guesser does: two windows of codes, all their tries. */
export function guessesADayMax(): number {
  return LIMITS.codesOfPhoneADay.max * 2 * codeTriesMax;
}

/** The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6. */
export function addressBucket(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=[0-9.]+$)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
