import type { Migration } from './migration.js';

export const settlement0610: Migration = {
  version: '0610',
  name: 'settlement: matched money that goes back to its donor is a part of its own',
  statements: [
    'ALTER TABLE milestone_budget DROP CONSTRAINT milestone_budget_part',
    `ALTER TABLE milestone_budget ADD CONSTRAINT milestone_budget_part
      CHECK ((part IN ('surplus', 'matched', 'returned_match')) = (position IS NULL))`,
  ],
};
