/** A door as people write it, in one plain form: `1栋1单元101`. The same door written with blanks or full-width digits is the same. */
export function normalDoor(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
}

/** No 0, 1, I, L, O, U: the code is read from paper and typed in by hand. */
export const DOOR_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const doorCodeCharacters = 8;

/** Without dash and blanks, in capitals; null when it cannot be a code. */
export function normalDoorCode(text: string): string | null {
  const code = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  const fits =
    code.length === doorCodeCharacters && [...code].every((one) => DOOR_CODE_ALPHABET.includes(one));
  return fits ? code : null;
}

/** `K7MR-42VX`: how it is printed. */
export function printedDoorCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
