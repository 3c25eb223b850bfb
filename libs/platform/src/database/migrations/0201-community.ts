import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const sealed = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
const path = (length: number) => `VARCHAR(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const community0201: Migration = {
  version: '0201',
  name: 'community: regions, estates, grids, households, memberships, policies',
  statements: [
    `CREATE TABLE region (
      id ${id} NOT NULL PRIMARY KEY, kind ${word} NOT NULL, parent_id ${id} NULL, name VARCHAR(40) NOT NULL,
      path ${path(160)} NOT NULL, ${created},
      UNIQUE KEY region_path (path), KEY region_children (parent_id, id), KEY region_kind (kind, id),
      CONSTRAINT region_root CHECK ((kind = 'city') = (parent_id IS NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE community (
      id ${id} NOT NULL PRIMARY KEY, street_id ${id} NOT NULL, name VARCHAR(40) NOT NULL, path ${path(200)} NOT NULL,
      time_zone VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, household_count INT UNSIGNED NOT NULL,
      phone VARCHAR(40) NULL, version INT UNSIGNED NOT NULL DEFAULT 0, ${created},
      UNIQUE KEY community_path (path), KEY community_of_street (street_id, id), KEY community_name (name)
    ) ENGINE=InnoDB`,
    `CREATE TABLE estate (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, name ${path(60)} NOT NULL, ${created},
      UNIQUE KEY estate_name (community_id, name), KEY estate_of_community (community_id, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE grid (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, kind ${word} NOT NULL, parent_id ${id} NULL,
      name ${path(60)} NOT NULL, ${created},
      UNIQUE KEY grid_name (community_id, kind, name), KEY grid_of_community (community_id, id),
      CONSTRAINT grid_two_levels CHECK ((kind = 'general') = (parent_id IS NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE household (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, estate_id ${id} NOT NULL, grid_id ${id} NULL,
      door_sealed ${sealed(300)} NOT NULL, door_index ${hash} NOT NULL, ${created},
      UNIQUE KEY household_door (estate_id, door_index), KEY household_of_community (community_id, id),
      KEY household_of_grid (grid_id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE door_code (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, household_id ${id} NOT NULL, code_hash ${hash} NOT NULL,
      uses_left SMALLINT UNSIGNED NOT NULL, expires_at DATETIME(3) NOT NULL, withdrawn_at DATETIME(3) NULL,
      issued_by ${id} NOT NULL, ${created},
      UNIQUE KEY door_code_hash (code_hash), KEY door_code_of_household (household_id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE membership (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, person_id ${id} NOT NULL, household_id ${id} NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, open_for ${id} NULL, basis ${word} NULL,
      adult TINYINT(1) NOT NULL, birth_sealed ${sealed(160)} NULL, guardian_id ${id} NULL,
      note VARCHAR(200) NULL, reason VARCHAR(500) NULL, reviewed_by ${id} NULL, reviewed_at DATETIME(3) NULL,
      ended_at DATETIME(3) NULL, ${created},
      UNIQUE KEY membership_open (community_id, open_for), KEY membership_queue (community_id, state, id),
      KEY membership_of_person (person_id, id), KEY membership_of_household (household_id, state),
      KEY membership_of_guardian (guardian_id),
      CONSTRAINT membership_open_states CHECK ((open_for IS NOT NULL) = (state IN ('requested', 'verified'))),
      CONSTRAINT membership_open_for_self CHECK (open_for IS NULL OR open_for = person_id),
      CONSTRAINT membership_minor_has_birth CHECK (adult = 1 OR birth_sealed IS NOT NULL OR open_for IS NULL),
      CONSTRAINT membership_guardian_other CHECK (guardian_id IS NULL OR guardian_id <> person_id),
      CONSTRAINT membership_verified_on_basis CHECK (state <> 'verified' OR basis IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE community_policy (
      community_id ${id} NOT NULL, version INT UNSIGNED NOT NULL, effective_from DATETIME(3) NOT NULL,
      attention_numerator SMALLINT UNSIGNED NOT NULL, attention_denominator SMALLINT UNSIGNED NOT NULL,
      notice_days SMALLINT UNSIGNED NOT NULL, collection_hours SMALLINT UNSIGNED NOT NULL,
      campaign_days_max SMALLINT UNSIGNED NOT NULL, money_per_person_max BIGINT NULL, workday_minutes SMALLINT UNSIGNED NOT NULL,
      changed_by ${id} NOT NULL, reason VARCHAR(500) NOT NULL, ${created}, PRIMARY KEY (community_id, version),
      CONSTRAINT community_policy_share CHECK (attention_numerator > 0 AND attention_numerator <= attention_denominator),
      CONSTRAINT community_policy_money CHECK (money_per_person_max IS NULL OR money_per_person_max > 0)
    ) ENGINE=InnoDB`,
    `CREATE TABLE trusted_neighbour (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, person_id ${id} NOT NULL, open_for ${id} NULL,
      granted_by ${id} NOT NULL, until_at DATETIME(3) NOT NULL, ${created}, ended_by ${id} NULL, ended_at DATETIME(3) NULL,
      UNIQUE KEY trusted_neighbour_once (community_id, open_for), KEY trusted_neighbour_of_community (community_id, id),
      KEY trusted_neighbour_of_person (person_id),
      CONSTRAINT trusted_neighbour_not_self CHECK (granted_by <> person_id),
      CONSTRAINT trusted_neighbour_open CHECK ((open_for IS NULL) = (ended_at IS NOT NULL))
    ) ENGINE=InnoDB`,
  ],
};
