import type { Migration } from './migration.js';

const late = "('written_off', 'late_entered', 'late_received')";

/** A donor's money may come after it was written off: two persons see it, and it goes back to the donor. */
export const campaign0416: Migration = {
  version: '0416',
  name: 'campaign: matches that are paid after they were written off',
  statements: [
    'ALTER TABLE match_campaign DROP CONSTRAINT match_campaign_written_off, DROP CONSTRAINT match_campaign_received',
    `ALTER TABLE match_campaign
      ADD CONSTRAINT match_campaign_written_off CHECK ((state IN ${late}) = (written_off_by IS NOT NULL)
        AND (state NOT IN ${late} OR (returned = confirmed AND (received > 0) = (state = 'late_received')))),
      ADD CONSTRAINT match_campaign_received CHECK ((state IN ('received', 'late_received')) = (confirmed_by IS NOT NULL))`,
  ],
};
