const MAINLAND_MOBILE = /^1[3-9][0-9]{9}$/;

/**
 * A mainland mobile number as 11 digits; null when the text is none. Takes the ways people write it (`+86`, blanks,
 * dashes) and refuses full-width digits, which look the same and are another text.
 */
export function normalPhone(text: string): string | null {
  const bare = text.replace(/^\s*(?:\+|00)86/, '').replace(/[\s-]/g, '');
  return MAINLAND_MOBILE.test(bare) ? bare : null;
}

/** `138****1234`: what may be shown of a number. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
