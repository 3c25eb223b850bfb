const nameCharactersMax = 40;

/** What is shown for somebody who gave no name, and for somebody who left. */
export const NAMELESS = '邻居';
export const DEPARTED = '已注销';

/**
 * A real name in one plain form, or null. Letters of any script, middle dots, blanks, apostrophes and hyphens; no
 * digits, signs or invisible characters, so that nobody is called like another with a joiner in between.
 */
export function normalName(text: string): string | null {
  const name = text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (name.length === 0 || [...name].length > nameCharactersMax) return null;
  return /^\p{L}[\p{L}\p{M}·•.' -]*$/u.test(name) ? name : null;
}

/** `王**`: the first character only; the stars tell nothing about the length. */
export function maskName(name: string | null): string {
  const first = name === null ? undefined : [...name][0];
  return first === undefined ? NAMELESS : `${first}**`;
}
