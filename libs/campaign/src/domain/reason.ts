import { refuseFlaws } from './errors.js';
import { characters, reasonCharactersMax } from './limits.js';

/** Whoever stops, returns or cancels something says why; the reason is shown to those concerned. */
export function checkReason(text: string, max = reasonCharactersMax, pointer = '/reason'): void {
  const length = characters(text.trim());
  refuseFlaws(
    'campaign_field_invalid',
    length >= 1 && characters(text) <= max
      ? []
      : [{ pointer, code: 'length', message: `write 1 to ${max} characters` }],
  );
}
