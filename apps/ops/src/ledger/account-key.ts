import { CHART, UNITS, type AccountCode, type AccountKey, type Unit } from '@hehuo/ledger';
import { UserError } from '../output/terminal.js';

/** Reads `unit/code/owner`. Throws a user error that lists what is possible. */
export function accountKeyOf(text: string): AccountKey {
  const [unit = '', code = '', owner = '', ...rest] = text.split('/');
  if (rest.length > 0 || owner === '') {
    throw new UserError(`"${text}" is not an account: write unit/code/owner, such as fen/escrow/cmp_...`);
  }
  if (!isUnit(unit)) throw new UserError(`There is no unit "${unit}". Units: ${UNITS.join(', ')}.`);
  if (!isCode(code)) {
    throw new UserError(`There is no account "${code}". Accounts: ${Object.keys(CHART).join(', ')}.`);
  }
  return { unit, code, owner };
}

function isUnit(text: string): text is Unit {
  return (UNITS as readonly string[]).includes(text);
}

function isCode(text: string): text is AccountCode {
  return Object.hasOwn(CHART, text);
}
