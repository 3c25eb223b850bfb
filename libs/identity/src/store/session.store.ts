import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { seenEveryMinutes, SESSION_LIFE, type SessionKind } from '../domain/session.js';
import type { Role, RoleGrant } from '../domain/actor.js';

export interface NewSession {
  readonly personId: Id<'per'>;
  readonly kind: SessionKind;
  readonly tokenHash: string;
  readonly device: string;
}

export interface LiveSession {
  readonly id: Id<'ses'>;
  readonly personId: Id<'per'>;
  readonly kind: SessionKind;
  readonly secondFactorAt: Date | null;
  readonly grants: readonly RoleGrant[];
  readonly partnerIds: readonly Id<'ptn'>[];
  /** Whole milliseconds until it ends by itself. */
  readonly leftMs: number;
  /** Whether the last sighting is old enough to be written again. */
  readonly unseen: boolean;
}

export interface SessionView {
  readonly id: Id<'ses'>;
  readonly kind: SessionKind;
  readonly device: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

interface ResolveRecord {
  tokenHash: string;
  id: Id<'ses'>;
  personId: Id<'per'>;
  kind: SessionKind;
  secondFactorAt: Date | null;
  leftMs: string;
  unseen: string;
  role: Role | null;
  communityId: Id<'com'> | null;
  partnerId: Id<'ptn'> | null;
}

const LIVE = 'revoked_at IS NULL AND expires_at > UTC_TIMESTAMP(3)';

@Injectable()
export class SessionStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async open(tx: Tx, input: NewSession): Promise<{ id: Id<'ses'>; expiresAt: Date; endsAt: Date }> {
    const id = newId('ses', this.clock.now().getTime());
    const { idleMinutes, wholeMinutes } = SESSION_LIFE[input.kind];
    await sqlOf(tx).change(
      `INSERT INTO session (id, person_id, kind, token_hash, device, seen_at, expires_at, ends_at, second_factor_at)
       VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? MINUTE,
               UTC_TIMESTAMP(3) + INTERVAL ? MINUTE, UTC_TIMESTAMP(3))`,
      [id, input.personId, input.kind, input.tokenHash, input.device, idleMinutes, wholeMinutes],
    );
    const row = await sqlOf(tx).row<{ expiresAt: Date; endsAt: Date }>(
      'SELECT expires_at AS expiresAt, ends_at AS endsAt FROM session WHERE id = ?',
      [id],
    );
    return { id, ...row! };
  }

  /** One statement: the sessions by their tokens, the roles granted to each person and the verified partners they belong to. */
  async resolve(tokenHashes: readonly string[]): Promise<Map<string, LiveSession>> {
    const rows = await this.database.rows<ResolveRecord>(
      `SELECT s.token_hash AS tokenHash, s.id, s.person_id AS personId, s.kind, s.second_factor_at AS secondFactorAt,
              TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), s.expires_at) DIV 1000 AS leftMs,
              s.seen_at < UTC_TIMESTAMP(3) - INTERVAL ? MINUTE AS unseen,
              g.role, g.community_id AS communityId, t.id AS partnerId
       FROM session s
       JOIN person p ON p.id = s.person_id AND p.state = 'active'
       LEFT JOIN role_grant g ON g.person_id = s.person_id AND g.state = 'active' AND s.kind = 'staff'
       LEFT JOIN partner_member m ON m.person_id = s.person_id AND m.open_slot = 1
       LEFT JOIN partner t ON t.id = m.partner_id AND t.state = 'verified'
       WHERE s.token_hash IN (?) AND s.revoked_at IS NULL AND s.expires_at > UTC_TIMESTAMP(3)`,
      [seenEveryMinutes, tokenHashes],
    );
    const byToken = new Map<string, ResolveRecord[]>();
    for (const row of rows) byToken.set(row.tokenHash, [...(byToken.get(row.tokenHash) ?? []), row]);
    return new Map([...byToken].map(([tokenHash, of]) => [tokenHash, liveSession(of[0]!, of)]));
  }

  /** Slides the end of a session that is in use, never past its absolute end. */
  async seen(id: Id<'ses'>, kind: SessionKind): Promise<void> {
    await this.database.change(
      `UPDATE session SET seen_at = UTC_TIMESTAMP(3),
              expires_at = LEAST(ends_at, UTC_TIMESTAMP(3) + INTERVAL ? MINUTE)
       WHERE id = ? AND ${LIVE}`,
      [SESSION_LIFE[kind].idleMinutes, id],
    );
  }

  async proven(tx: Tx, id: Id<'ses'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE session SET second_factor_at = UTC_TIMESTAMP(3) WHERE id = ? AND ${LIVE}`,
      [id],
    );
    return affectedRows === 1;
  }

  async kindOf(id: Id<'ses'>): Promise<SessionKind | null> {
    const row = await this.database.row<{ kind: SessionKind }>(
      `SELECT kind FROM session WHERE id = ? AND ${LIVE}`,
      [id],
    );
    return row?.kind ?? null;
  }

  async listOf(personId: Id<'per'>): Promise<SessionView[]> {
    return this.database.rows<SessionView>(
      `SELECT id, kind, device, created_at AS createdAt, seen_at AS seenAt, expires_at AS expiresAt
       FROM session WHERE person_id = ? AND ${LIVE} ORDER BY created_at DESC, id LIMIT 100`,
      [personId],
    );
  }

  /** Revokes one live session of this person; false when there is none. */
  async revoke(tx: Tx, personId: Id<'per'>, id: Id<'ses'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE session SET revoked_at = UTC_TIMESTAMP(3) WHERE id = ? AND person_id = ? AND ${LIVE}`,
      [id, personId],
    );
    return affectedRows === 1;
  }

  /** Revokes every live session of the person but `except`; says how many. */
  async revokeAll(tx: Tx, personId: Id<'per'>, except: Id<'ses'> | null = null): Promise<number> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE session SET revoked_at = UTC_TIMESTAMP(3) WHERE person_id = ? AND id <> ? AND ${LIVE}`,
      [personId, except ?? ''],
    );
    return affectedRows;
  }

  async forgetOld(days: number): Promise<void> {
    await this.database.change(
      'DELETE FROM session WHERE ends_at < UTC_TIMESTAMP(3) - INTERVAL ? DAY LIMIT 10000',
      [days],
    );
  }
}

/** One session from its rows, one for each role and partner. */
function liveSession(first: ResolveRecord, rows: readonly ResolveRecord[]): LiveSession {
  const grants = new Map<string, RoleGrant>();
  for (const { role, communityId } of rows) {
    if (role) grants.set(`${role}|${communityId ?? ''}`, { role, communityId });
  }
  const partnerIds = new Set(rows.flatMap(({ partnerId }) => (partnerId ? [partnerId] : [])));
  return {
    id: first.id,
    personId: first.personId,
    kind: first.kind,
    secondFactorAt: first.secondFactorAt,
    grants: [...grants.values()],
    partnerIds: [...partnerIds],
    leftMs: Number(first.leftMs),
    unseen: Number(first.unseen) === 1,
  };
}
