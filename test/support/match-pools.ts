import { createHash, randomBytes } from 'node:crypto';
import { ActivateMatchPool, BindMatchPool, ProposeMatchPool, type MatchPoolDraft } from '@hehuo/campaign';
import type { Actor, Role } from '@hehuo/identity';
import { newId, type Id } from '@hehuo/kernel';
import { SystemClock, type Sql } from '@hehuo/platform';
import { actorOf } from './world.js';

const dayMs = 86_400_000;
const nowMs = (): number => new SystemClock().now().getTime();
type Get = <T>(token: abstract new (...parts: never[]) => T) => T;

/** Somebody with a role in every community. */
export function officerOf(role: Role): Actor {
  return actorOf(newId('per', nowMs()), { roles: [{ role, communityId: null }] });
}

/** A pool of 1:1 money without a condition, unless a test says otherwise; proposed by one and activated by another. */
export async function activePool(
  get: Get,
  communityIds: readonly Id<'com'>[],
  over: Partial<MatchPoolDraft> = {},
): Promise<Id<'mpl'>> {
  const poolId = await proposedPool(get, communityIds, over);
  await get(ActivateMatchPool).execute({ actor: officerOf('fund_approver'), poolId });
  return poolId;
}

export async function proposedPool(
  get: Get,
  communityIds: readonly Id<'com'>[],
  over: Partial<MatchPoolDraft> = {},
  actor = officerOf('community_staff'),
): Promise<Id<'mpl'>> {
  const draft: MatchPoolDraft = {
    ...{ donorName: '书院街道办事处', donorKind: 'street', unit: 'fen', kinds: ['money'], factorBps: 10_000 },
    ...{ total: 100_000n, capPerCampaign: 100_000n, capPerPerson: 100_000n, conditionMinimum: 0n },
    ...{ startsAt: new Date(nowMs() - dayMs), endsAt: new Date(nowMs() + 30 * dayMs), communityIds },
    donors: { households: [], persons: [], partners: [] },
    ...over,
  };
  const { value } = await get(ProposeMatchPool).execute({
    ...{ actor, draft, idempotencyKey: randomBytes(8).toString('hex') },
    requestHash: createHash('sha256').update(randomBytes(8)).digest(),
  });
  return value.id;
}

export async function bind(
  get: Get,
  campaignId: Id<'cmp'>,
  poolId: Id<'mpl'>,
  supplierIds: readonly Id<'ptn'>[] = [],
  actor = officerOf('fund_approver'),
): Promise<void> {
  await get(BindMatchPool).execute({ actor, campaignId, poolId, supplierIds });
}

/** A pool that is active and bound. */
export async function boundPool(
  get: Get,
  campaign: { readonly campaignId: Id<'cmp'>; readonly communityId: Id<'com'> },
  over: Partial<MatchPoolDraft> = {},
): Promise<Id<'mpl'>> {
  const poolId = await activePool(get, [campaign.communityId], over);
  await bind(get, campaign.campaignId, poolId);
  return poolId;
}

/** What each pledge of a campaign got, oldest first: `amount code state`. */
export async function linesOf(sql: Sql, campaignId: string): Promise<string[]> {
  const rows = await sql.rows<Record<'amount' | 'code' | 'state' | 'reason', string>>(
    'SELECT amount, code, state, reason FROM match_reservation WHERE campaign_id = ? ORDER BY created_at, pledge_id',
    [campaignId],
  );
  return rows.map(({ amount, code, state, reason }) =>
    [amount, code, state, reason].filter(Boolean).join(' '),
  );
}

export async function poolSums(sql: Sql, poolId: string): Promise<Record<string, string>> {
  const row = await sql.row<Record<string, string>>(
    'SELECT reserved, released, spent FROM match_pool WHERE id = ?',
    [poolId],
  );
  return row ?? {};
}

/** A partner with these people as members, as the register would have it after a review. */
export async function partnerOf(sql: Sql, members: readonly Id<'per'>[]): Promise<Id<'ptn'>> {
  const partnerId = newId('ptn', nowMs());
  await sql.change(
    `INSERT INTO partner (id, kind, name, legal_status, about, state, applied_by)
     VALUES (?, 'social_organisation', '邻里互助会', 'registered', '', 'applied', ?)`,
    [partnerId, members[0] ?? newId('per', nowMs())],
  );
  for (const personId of members) {
    await sql.change(
      "INSERT INTO partner_member (partner_id, person_id, duty, open_slot, added_by) VALUES (?, ?, 'owner', 1, ?)",
      [partnerId, personId, personId],
    );
  }
  return partnerId;
}
