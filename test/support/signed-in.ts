import { createHash, randomBytes } from 'node:crypto';
import { newId, type Id } from '@hehuo/kernel';
import { SystemClock, type Sql, type SqlValue } from '@hehuo/platform';

/** Sessions as signing in would leave them, for tests of what comes after: a bearer token for each person. */
export async function signedIn(sql: Sql, people: readonly Id<'per'>[]): Promise<Map<Id<'per'>, string>> {
  const tokens = new Map(people.map((person) => [person, randomBytes(32).toString('base64url')]));
  const now = new SystemClock().now();
  const dayMs = 86_400_000;
  const ends = new Date(now.getTime() + dayMs);
  const rows = [...tokens].map(([person, token]) => [
    newId('ses', now.getTime()),
    person,
    'resident',
    createHash('sha256').update(token).digest('hex'),
    'test',
    now,
    ends,
    ends,
  ]);
  const pageMax = 1000;
  for (let at = 0; at < rows.length; at += pageMax) {
    await sql.change(
      'INSERT INTO session (id, person_id, kind, token_hash, device, seen_at, expires_at, ends_at) VALUES ?',
      [rows.slice(at, at + pageMax) as unknown as SqlValue[]],
    );
  }
  return tokens;
}
