import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const campaign0410: Migration = {
  version: '0410',
  name: 'campaign: match pools, their campaigns, and what they reserve for each pledge',
  statements: [
    `CREATE TABLE match_pool (
      id ${id} NOT NULL PRIMARY KEY, donor_name VARCHAR(120) NOT NULL, donor_kind ${word} NOT NULL,
      unit ${word} NOT NULL, kinds VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, factor_bps INT UNSIGNED NOT NULL,
      total BIGINT NOT NULL, cap_per_campaign BIGINT NOT NULL, cap_per_person BIGINT NOT NULL, condition_minimum BIGINT NOT NULL,
      starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      reserved BIGINT NOT NULL DEFAULT 0, released BIGINT NOT NULL DEFAULT 0, spent BIGINT NOT NULL DEFAULT 0,
      proposed_by ${id} NOT NULL, activated_by ${id} NULL, activated_at DATETIME(3) NULL,
      closed_by ${id} NULL, closed_at DATETIME(3) NULL, ${created},
      CONSTRAINT match_pool_room CHECK (reserved >= 0 AND reserved <= total AND spent >= 0 AND spent <= reserved AND released >= 0),
      CONSTRAINT match_pool_caps CHECK (cap_per_person > 0 AND cap_per_person <= cap_per_campaign AND cap_per_campaign <= total
        AND condition_minimum >= 0 AND factor_bps > 0 AND ends_at > starts_at),
      CONSTRAINT match_pool_four_eyes CHECK (activated_by IS NULL OR activated_by <> proposed_by),
      CONSTRAINT match_pool_activated CHECK (state <> 'active' OR activated_by IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE match_pool_community (
      community_id ${id} NOT NULL, pool_id ${id} NOT NULL, PRIMARY KEY (community_id, pool_id),
      KEY match_community_of_pool (pool_id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE match_exclusion (
      pool_id ${id} NOT NULL, campaign_id ${id} NOT NULL, kind ${word} NOT NULL, ref_id ${id} NOT NULL, ${created},
      PRIMARY KEY (pool_id, campaign_id, kind, ref_id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE match_campaign (
      id ${id} NOT NULL PRIMARY KEY, pool_id ${id} NOT NULL, campaign_id ${id} NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      reserved BIGINT NOT NULL DEFAULT 0, released BIGINT NOT NULL DEFAULT 0, confirmed BIGINT NOT NULL DEFAULT 0,
      received BIGINT NOT NULL DEFAULT 0, residents BIGINT NULL, decided_at DATETIME(3) NULL,
      voucher VARCHAR(60) NULL, evidence VARCHAR(500) NULL, receipt_at DATETIME(3) NULL,
      entered_by ${id} NULL, confirmed_by ${id} NULL, bound_by ${id} NOT NULL, ${created},
      UNIQUE KEY match_campaign_once (campaign_id, pool_id), KEY match_campaign_of_pool (pool_id, id),
      CONSTRAINT match_campaign_sums CHECK
        (reserved >= 0 AND released >= 0 AND confirmed >= 0 AND confirmed <= reserved AND received IN (0, confirmed)),
      CONSTRAINT match_campaign_four_eyes CHECK (confirmed_by IS NULL OR (entered_by IS NOT NULL AND confirmed_by <> entered_by)),
      CONSTRAINT match_campaign_received CHECK ((state = 'received') = (confirmed_by IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE match_reservation (
      id ${id} NOT NULL PRIMARY KEY, pledge_id ${id} NOT NULL, pool_id ${id} NOT NULL, campaign_id ${id} NOT NULL,
      ask_id ${id} NOT NULL, person_id ${id} NOT NULL, household_id ${id} NOT NULL, own BIGINT NOT NULL,
      amount BIGINT NOT NULL, full_amount BIGINT NOT NULL, code ${word} NOT NULL,
      state ${word} NOT NULL, reason ${word} NULL, ${created},
      UNIQUE KEY match_reservation_once (pledge_id, pool_id),
      KEY match_reservation_of_campaign (campaign_id, state, id), KEY match_reservation_page (campaign_id, id),
      KEY match_reservation_of_person (campaign_id, person_id, pool_id), KEY match_reservation_of_pool (pool_id, state),
      KEY match_reservation_to_person (person_id),
      CONSTRAINT match_reservation_amount CHECK (amount >= 0 AND amount <= full_amount),
      CONSTRAINT match_reservation_nothing CHECK ((amount = 0) = (state = 'unmatched')),
      CONSTRAINT match_reservation_reason CHECK ((state = 'released') = (reason IS NOT NULL))
    ) ENGINE=InnoDB`,
    'ALTER TABLE intake ADD COLUMN match_pools SMALLINT UNSIGNED NOT NULL DEFAULT 0',
  ],
};
