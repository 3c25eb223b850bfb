import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const sealed = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const identity0101: Migration = {
  version: '0101',
  name: 'identity: people, sign-in, sessions, roles, partners, consents',
  statements: [
    `CREATE TABLE person (
      id ${id} NOT NULL PRIMARY KEY, state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      phone_sealed ${sealed(160)} NULL, phone_index ${hash} NULL,
      name_sealed ${sealed(400)} NULL, birth_sealed ${sealed(160)} NULL,
      locale VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'zh-CN',
      ${created}, deleted_at DATETIME(3) NULL,
      UNIQUE KEY person_phone (phone_index),
      CONSTRAINT person_phone_whole CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
      CONSTRAINT person_deleted_is_empty CHECK (state <> 'deleted' OR
        (phone_index IS NULL AND name_sealed IS NULL AND birth_sealed IS NULL AND deleted_at IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE sign_in_code (
      phone_index ${hash} NOT NULL PRIMARY KEY, code_hash ${hash} NOT NULL, tries SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      sent_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL, used_at DATETIME(3) NULL,
      KEY sign_in_code_expired (expires_at), CONSTRAINT sign_in_code_tries CHECK (tries <= 5)
    ) ENGINE=InnoDB`,
    `CREATE TABLE attempt_count (
      scope ${word} NOT NULL, subject ${hash} NOT NULL, window_starts DATETIME(3) NOT NULL, window_ends DATETIME(3) NOT NULL,
      used INT UNSIGNED NOT NULL, PRIMARY KEY (scope, subject), KEY attempt_count_over (window_ends)
    ) ENGINE=InnoDB`,
    `CREATE TABLE sms_outbox (
      id ${id} NOT NULL PRIMARY KEY, phone_index ${hash} NOT NULL, phone_sealed ${sealed(160)} NOT NULL, template ${word} NOT NULL,
      code_sealed ${sealed(160)} NOT NULL, state ${word} NOT NULL, attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      lease_until DATETIME(3) NULL, expires_at DATETIME(3) NOT NULL, ${created},
      KEY sms_outbox_due (state, expires_at), KEY sms_outbox_phone (phone_index), KEY sms_outbox_age (expires_at)
    ) ENGINE=InnoDB`,
    `CREATE TABLE staff_credential (
      person_id ${id} NOT NULL PRIMARY KEY, login VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      password_hash ${sealed(200)} NOT NULL, totp_sealed ${sealed(200)} NOT NULL, totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0,
      must_change TINYINT(1) NOT NULL DEFAULT 1, created_by ${id} NULL, ${created}, changed_at DATETIME(3) NULL,
      UNIQUE KEY staff_credential_login (login)
    ) ENGINE=InnoDB`,
    `CREATE TABLE session (
      id ${id} NOT NULL PRIMARY KEY, person_id ${id} NOT NULL, kind ${word} NOT NULL, token_hash ${hash} NOT NULL,
      device VARCHAR(60) NOT NULL, ${created}, seen_at DATETIME(3) NOT NULL, expires_at DATETIME(3) NOT NULL,
      ends_at DATETIME(3) NOT NULL, second_factor_at DATETIME(3) NULL, revoked_at DATETIME(3) NULL,
      UNIQUE KEY session_token (token_hash), KEY session_of_person (person_id, id), KEY session_over (ends_at),
      CONSTRAINT session_slides_within CHECK (expires_at <= ends_at)
    ) ENGINE=InnoDB`,
    `CREATE TABLE role_grant (
      id ${id} NOT NULL PRIMARY KEY, person_id ${id} NOT NULL, role ${word} NOT NULL, community_id ${id} NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, granted_by ${id} NULL, confirmed_by ${id} NULL, ended_by ${id} NULL,
      open_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL, ${created}, ended_at DATETIME(3) NULL,
      UNIQUE KEY role_grant_once (open_key), KEY role_grant_of_person (person_id, state),
      KEY role_grant_of_community (community_id, state, id), KEY role_grant_state (state, id),
      CONSTRAINT role_grant_not_self CHECK (granted_by IS NULL OR granted_by <> person_id),
      CONSTRAINT role_grant_not_confirmed_self CHECK (confirmed_by IS NULL OR confirmed_by <> person_id),
      CONSTRAINT role_grant_two_people CHECK (confirmed_by IS NULL OR granted_by IS NULL OR confirmed_by <> granted_by),
      CONSTRAINT role_grant_fund_confirmed CHECK (role <> 'fund_approver' OR state <> 'active' OR confirmed_by IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE consent (
      id ${id} NOT NULL PRIMARY KEY, person_id ${id} NOT NULL, given_by ${id} NOT NULL, kind ${word} NOT NULL,
      version VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, receiver VARCHAR(120) NOT NULL DEFAULT '',
      open_slot TINYINT UNSIGNED NULL, given_at DATETIME(3) NOT NULL, withdrawn_at DATETIME(3) NULL,
      UNIQUE KEY consent_once (person_id, kind, version, receiver, open_slot), KEY consent_given_by (given_by, id),
      CONSTRAINT consent_open CHECK ((open_slot IS NULL) = (withdrawn_at IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE partner (
      id ${id} NOT NULL PRIMARY KEY, kind ${word} NOT NULL, name VARCHAR(120) NOT NULL, legal_status ${word} NOT NULL,
      registration_no VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, about VARCHAR(1000) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, applied_by ${id} NOT NULL, reviewed_by ${id} NULL,
      reason VARCHAR(500) NULL, ${created}, reviewed_at DATETIME(3) NULL,
      KEY partner_public (state, id), KEY partner_applied_by (applied_by),
      CONSTRAINT partner_not_reviewed_self CHECK (reviewed_by IS NULL OR reviewed_by <> applied_by)
    ) ENGINE=InnoDB`,
    `CREATE TABLE partner_evidence (
      id ${id} NOT NULL PRIMARY KEY, partner_id ${id} NOT NULL, kind ${word} NOT NULL, reference VARCHAR(200) NOT NULL,
      valid_until DATE NULL, added_by ${id} NOT NULL, ${created}, KEY partner_evidence_of (partner_id, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE partner_member (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, partner_id ${id} NOT NULL, person_id ${id} NOT NULL,
      duty ${word} NOT NULL, open_slot TINYINT UNSIGNED NULL, added_by ${id} NOT NULL, ${created}, ended_at DATETIME(3) NULL,
      UNIQUE KEY partner_member_once (partner_id, person_id, open_slot), KEY partner_member_of_person (person_id, open_slot),
      CONSTRAINT partner_member_open CHECK ((open_slot IS NULL) = (ended_at IS NOT NULL))
    ) ENGINE=InnoDB`,
  ],
};
