import type { Invariant } from '@hehuo/platform';

export const COMMUNITY_INVARIANTS: readonly Invariant[] = [
  {
    name: 'community.tree',
    statement: 'A district lies in a city, a street in a district, a community in a street.',
    sql: `SELECT r.id FROM region r LEFT JOIN region p ON p.id = r.parent_id
      WHERE r.kind <> 'city' AND (p.id IS NULL OR p.kind <> IF(r.kind = 'district', 'city', 'district')
        OR r.path <> CONCAT(p.path, '/', r.name))
      UNION ALL
      SELECT c.id FROM community c LEFT JOIN region s ON s.id = c.street_id
      WHERE s.id IS NULL OR s.kind <> 'street' OR c.path <> CONCAT(s.path, '/', c.name)`,
  },
  {
    name: 'community.ground',
    statement:
      'A household, its estate and its grid lie in one community, a micro grid in a general grid of it.',
    sql: `SELECT h.id FROM household h LEFT JOIN estate e ON e.id = h.estate_id LEFT JOIN grid g ON g.id = h.grid_id
      WHERE e.id IS NULL OR e.community_id <> h.community_id
        OR (h.grid_id IS NOT NULL AND (g.id IS NULL OR g.community_id <> h.community_id OR g.kind <> 'micro'))
      UNION ALL
      SELECT g.id FROM grid g LEFT JOIN grid p ON p.id = g.parent_id
      WHERE g.kind = 'micro' AND (p.id IS NULL OR p.kind <> 'general' OR p.community_id <> g.community_id)`,
  },
  {
    name: 'community.member-at-home',
    statement: 'A membership belongs to a household of its community.',
    sql: `SELECT m.id FROM membership m LEFT JOIN household h ON h.id = m.household_id
      WHERE h.id IS NULL OR h.community_id <> m.community_id`,
  },
  {
    name: 'community.one-open-membership',
    statement: 'A person has at most one open membership in a community.',
    sql: `SELECT community_id, person_id FROM membership WHERE state IN ('requested', 'verified')
      GROUP BY community_id, person_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'community.guardian-at-home',
    statement: 'The guardian of an open membership is a grown-up verified member of the same household.',
    sql: `SELECT m.id FROM membership m WHERE m.guardian_id IS NOT NULL AND m.open_for IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM membership g WHERE g.community_id = m.community_id AND g.open_for = m.guardian_id
          AND g.state = 'verified' AND g.household_id = m.household_id AND g.adult = 1)`,
  },
  {
    name: 'community.closed-keeps-no-birth',
    statement: 'A closed membership keeps neither a birth date nor a note.',
    sql: `SELECT id FROM membership WHERE open_for IS NULL AND (birth_sealed IS NOT NULL OR note IS NOT NULL)`,
  },
  {
    name: 'community.not-verified-by-oneself',
    statement: 'Nobody verified or refused the own membership.',
    sql: `SELECT id FROM membership WHERE reviewed_by = person_id OR (basis = 'staff' AND reviewed_by IS NULL)`,
  },
  {
    name: 'community.state-logged',
    statement: 'The last entry of the log of a membership names the state it is in.',
    sql: `SELECT m.id, m.state, l.to_state FROM membership m JOIN state_log l ON l.id =
        (SELECT MAX(x.id) FROM state_log x WHERE x.object_id = m.id) WHERE l.to_state <> m.state`,
  },
  {
    name: 'community.policy-versions',
    statement: 'The versions of a policy count up from 1 without a gap.',
    sql: `SELECT community_id FROM community_policy GROUP BY community_id
      HAVING MIN(version) <> 1 OR MAX(version) <> COUNT(*)`,
  },
];
