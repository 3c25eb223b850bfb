import type { Migration } from './migration.js';

export const campaign0402: Migration = {
  version: '0402',
  name: 'campaign: decided campaigns that settlement has not taken yet can be found',
  statements: [
    `ALTER TABLE intake ADD COLUMN handed_over_at DATETIME(3) NULL,
       ADD KEY intake_to_hand_over (handed_over_at, state)`,
  ],
};
