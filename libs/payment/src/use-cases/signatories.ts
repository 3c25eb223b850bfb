import type { Id, Tx } from '@hehuo/kernel';
import { PaymentError } from '../domain/errors.js';
import type { ActivePeople } from './ports.js';

/** Money is signed for by adults who are there. Throws `custody_signatory_unknown` with the ids in `details.personIds`. */
export async function requireSignatories(
  tx: Tx,
  people: ActivePeople,
  signatories: readonly Id<'per'>[],
): Promise<void> {
  const active = await people.among(tx, signatories);
  const personIds = signatories.filter((personId) => !active.has(personId));
  if (personIds.length === 0) return;
  throw new PaymentError(
    'custody_signatory_unknown',
    'both signatories must be adults with an open account here; name others',
    { personIds },
  );
}
