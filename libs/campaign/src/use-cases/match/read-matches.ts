import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import type { MatchCode } from '../../domain/match-of.js';
import type { MatchPool } from '../../domain/match-pool.js';
import type { MatchReservationState, ReleaseReason } from '../../domain/match-reservation.js';
import { CampaignStore } from '../../store/campaign.store.js';
import type { BoundRow } from '../../store/match-binding.store.js';
import type { StoredMatch } from '../../store/match-reservation.store.js';
import { MatchReturnStore, type StoredReturn } from '../../store/match-return.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { seenBy } from '../access.js';
import { ReadPledges } from '../read-pledges.js';

/** What a pool gave for one pledge, with everything that its sentence needs. */
export interface ExplainedMatch {
  readonly pledgeId: Id<'plg'>;
  readonly pool: MatchPool;
  readonly own: bigint;
  readonly amount: bigint;
  readonly full: bigint;
  readonly code: MatchCode;
  readonly state: MatchReservationState;
  readonly reason: ReleaseReason | null;
  /** Of the amount, what is not given after all, with each reason. */
  readonly returned: bigint;
  readonly returns: readonly StoredReturn[];
}

/** Match funds of a campaign, of a pledge, and line by line. */
@Injectable()
export class ReadMatches {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly stores: MatchStores,
    private readonly pledges: ReadPledges,
    private readonly returns: MatchReturnStore,
  ) {}

  /** The pools of a campaign with its sums; for whoever may know of the campaign. */
  async ofCampaign(campaignId: Id<'cmp'>, actor: Actor | null): Promise<BoundRow[]> {
    seenBy(await this.campaigns.find(campaignId), actor);
    return this.stores.bindings.ofCampaign(campaignId);
  }

  /** Without a look at who asks: for a view whose reader was let in already. */
  summary(campaignId: Id<'cmp'>): Promise<BoundRow[]> {
    return this.stores.bindings.ofCampaign(campaignId);
  }

  /** For the public book: the voucher's number of each binding among these references whose money came. */
  vouchersOf(refs: readonly string[]): Promise<Map<string, string>> {
    return this.stores.bindings.vouchersOf([...new Set(refs.filter((ref) => isId('mbd', ref)))]);
  }

  /** The lines of a campaign that the public may know, newest first and without names. */
  async lines(
    bound: readonly BoundRow[],
    campaignId: Id<'cmp'>,
    before: string | null,
    limit: number,
  ): Promise<(ExplainedMatch & { readonly id: Id<'mrs'> })[]> {
    const stored = await this.stores.reservations.page(campaignId, before, limit);
    const returns = await this.returns.ofLines(stored.map(({ id }) => id));
    return stored.flatMap((line) => {
      const pool = bound.find((row) => row.pool.id === line.poolId)?.pool;
      return pool ? [{ ...explained(line, pool, returns), id: line.id }] : [];
    });
  }

  /** One line for each pool of the campaign, also where it gives nothing; for the payer, who entered it, and staff. */
  async ofPledge(actor: Actor, pledgeId: Id<'plg'>): Promise<ExplainedMatch[]> {
    const { pledge } = await this.pledges.own(actor, pledgeId);
    const [bound, stored] = await Promise.all([
      this.stores.bindings.ofCampaign(pledge.campaignId),
      this.stores.reservations.ofPledge(pledgeId),
    ]);
    const returns = await this.returns.ofLines(stored.map(({ id }) => id));
    return bound.map(({ pool }) => {
      const line = stored.find(({ poolId }) => poolId === pool.id);
      if (line) return explained(line, pool, returns);
      const code = pool.kinds.includes(pledge.kind) ? 'before_binding' : 'kind_not_matched';
      const nothing = { amount: 0n, full: 0n, state: 'unmatched', reason: null } as const;
      const none = { returned: 0n, returns: [] };
      return { pledgeId, pool, own: pledge.quantity, code, ...nothing, ...none };
    });
  }
}

function explained(
  { id, pledgeId, own, amount, full, code, state, reason, returned }: StoredMatch,
  pool: MatchPool,
  returns: ReadonlyMap<Id<'mrs'>, readonly StoredReturn[]>,
): ExplainedMatch {
  return { pledgeId, pool, own, amount, full, code, state, reason, returned, returns: returns.get(id) ?? [] };
}
