import type { Migration } from './migration.js';

/** What is held on a person is read, locked and forgotten by the person. */
export const payment0548: Migration = {
  version: '0548',
  name: 'payment: payees and payouts by person',
  statements: [
    'ALTER TABLE payee ADD KEY payee_of_person (person_id)',
    'ALTER TABLE payout ADD KEY payout_of_person (payee_person_id, state)',
  ],
};
