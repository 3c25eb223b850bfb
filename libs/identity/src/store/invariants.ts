import type { Invariant } from '@hehuo/platform';

export const IDENTITY_INVARIANTS: readonly Invariant[] = [
  {
    name: 'identity.deleted-is-empty',
    statement:
      'Of a person who left nothing personal, no open session, role, consent or partner membership is kept.',
    sql: `SELECT p.id FROM person p WHERE p.state = 'deleted' AND (
        p.phone_index IS NOT NULL OR p.phone_sealed IS NOT NULL OR p.name_sealed IS NOT NULL OR p.birth_sealed IS NOT NULL
        OR EXISTS (SELECT 1 FROM session s WHERE s.person_id = p.id AND s.revoked_at IS NULL)
        OR EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = p.id AND g.state <> 'withdrawn')
        OR EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.open_slot = 1)
        OR EXISTS (SELECT 1 FROM staff_credential f WHERE f.person_id = p.id)
        OR EXISTS (SELECT 1 FROM partner_member m WHERE m.person_id = p.id AND m.open_slot = 1))`,
  },
  {
    name: 'identity.session-has-person',
    statement: 'Every session belongs to a person.',
    sql: `SELECT s.id FROM session s LEFT JOIN person p ON p.id = s.person_id WHERE p.id IS NULL`,
  },
  {
    name: 'identity.session-ends',
    statement: 'No session lasts longer than the life of its kind.',
    sql: `SELECT id FROM session
      WHERE ends_at > created_at + INTERVAL 1 MINUTE + INTERVAL IF(kind = 'staff', 12, 180 * 24) HOUR`,
  },
  {
    name: 'identity.role-open-key',
    statement: 'A grant is open exactly while it carries its key, so that a role is held once.',
    sql: `SELECT id FROM role_grant WHERE (state = 'withdrawn') <> (open_key IS NULL)
        OR (open_key IS NOT NULL AND open_key <> CONCAT(person_id, '|', role, '|', COALESCE(community_id, '*')))`,
  },
  {
    name: 'identity.two-people',
    statement:
      'Nobody gave a role to themselves, and an active role over money has two different people behind it.',
    sql: `SELECT id FROM role_grant WHERE granted_by = person_id OR confirmed_by = person_id OR confirmed_by = granted_by
        OR (role = 'fund_approver' AND state = 'active' AND (granted_by IS NULL OR confirmed_by IS NULL))`,
  },
  {
    name: 'identity.partner-reviewed-by-stranger',
    statement: 'A verified partner was reviewed by somebody who does not belong to it.',
    sql: `SELECT t.id FROM partner t WHERE t.state IN ('verified', 'suspended')
        AND (t.reviewed_by IS NULL OR t.reviewed_by = t.applied_by)`,
  },
  {
    name: 'identity.partner-has-owner',
    statement: 'A verified partner has an owner.',
    sql: `SELECT t.id FROM partner t WHERE t.state = 'verified' AND NOT EXISTS
        (SELECT 1 FROM partner_member m WHERE m.partner_id = t.id AND m.open_slot = 1 AND m.duty = 'owner')`,
  },
  {
    name: 'identity.independent-is-one',
    statement: 'An independent partner is one person.',
    sql: `SELECT t.id FROM partner t JOIN partner_member m ON m.partner_id = t.id AND m.open_slot = 1
      WHERE t.legal_status = 'natural_person' AND m.person_id <> t.applied_by`,
  },
  {
    name: 'identity.state-logged',
    statement: 'The last entry of the log of a grant or a partner names the state it is in.',
    sql: `SELECT g.id, g.state, l.to_state FROM role_grant g JOIN state_log l ON l.id =
        (SELECT MAX(x.id) FROM state_log x WHERE x.object_id = g.id) JOIN person p ON p.id = g.person_id
      WHERE l.to_state <> g.state AND p.state = 'active'
      UNION ALL
      SELECT t.id, t.state, l.to_state FROM partner t JOIN state_log l ON l.id =
        (SELECT MAX(x.id) FROM state_log x WHERE x.object_id = t.id) JOIN person p ON p.id = t.applied_by
      WHERE l.to_state <> t.state AND p.state = 'active'`,
  },
];
