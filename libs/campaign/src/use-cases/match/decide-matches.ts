import { Injectable } from '@nestjs/common';
import { derivedId, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import type { Campaign } from '../../domain/campaign.js';
import type { Verdict } from '../../domain/decision.js';
import { endOf, judgeMatch } from '../../domain/match-binding.js';
import { exclusionOf, type ExcludedHomes } from '../../domain/match-of.js';
import type { ReleaseReason } from '../../domain/match-reservation.js';
import type { BoundRow } from '../../store/match-binding.store.js';
import { pagesOf, type OpenMatch } from '../../store/match-reservation.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { MatchHomes } from './match-homes.js';
import { ofPool, ReleaseMatches } from './release-matches.js';

/**
 * Decides the match funds of a campaign in the transaction that decides the campaign, by the same numbers: what is
 * owed is confirmed, everything else goes back into its pool with the reason.
 */
@Injectable()
export class DecideMatches {
  constructor(
    private readonly stores: MatchStores,
    private readonly homes: MatchHomes,
    private readonly release: ReleaseMatches,
    private readonly ledger: Ledger,
  ) {}

  /** For pledges that the decision itself ends: nobody paid for them. */
  letGo(
    tx: Tx,
    campaignId: Id<'cmp'>,
    pledgeIds: readonly Id<'plg'>[],
    reason: ReleaseReason,
  ): Promise<void> {
    return this.release.ofPledges(tx, campaignId, pledgeIds, reason);
  }

  /** After the last decision. The caller holds the intake and the campaign. */
  async execute(tx: Tx, campaign: Campaign, verdict: Verdict, now: Date): Promise<void> {
    const bound = await this.stores.bindings.lockOfCampaign(tx, campaign.id);
    if (bound.length === 0) return;
    const open = await this.stores.reservations.open(tx, campaign.id);
    const { id: campaignId, communityId, organiserId } = campaign;
    const poolIds = bound.map(({ pool }) => pool.id);
    // Judged again: somebody may have become the supplier's member after the pledge.
    const homes = await this.homes.of(tx, { campaignId, communityId, organiserId }, poolIds);
    for (const row of bound) {
      const mine = ofPool(open, row.pool);
      await this.decideOne(tx, row, { verdict, now, mine, homes: homes.get(row.pool.id)! });
    }
  }

  private async decideOne(
    tx: Tx,
    { pool, binding }: BoundRow,
    facts: {
      readonly verdict: Verdict;
      readonly now: Date;
      readonly mine: readonly OpenMatch[];
      readonly homes: ExcludedHomes;
    },
  ): Promise<void> {
    const { residents, release } = judgeMatch(pool, facts.verdict);
    const missed = new Set(facts.verdict.asks.filter(({ met }) => !met).map(({ askId }) => askId));
    const fates = new Map<ReleaseReason | null, OpenMatch[]>();
    for (const match of facts.mine) {
      const fate = release ?? (missed.has(match.askId) ? 'ask_missed' : excludedNow(facts.homes, match));
      const alike = fates.get(fate);
      if (alike) alike.push(match);
      else fates.set(fate, [match]);
    }
    for (const [reason, matches] of fates) {
      if (reason !== null) await this.release.back(tx, binding.campaignId, pool, matches, reason);
    }
    const kept = fates.get(null) ?? [];
    await this.confirm(tx, kept);
    const confirmed = kept.reduce((sum, { amount }) => sum + amount, 0n);
    const end = endOf(pool.unit, confirmed);
    const columns = { confirmed, residents, decided_at: facts.now };
    await this.stores.bindings.changeState(tx, binding, end, columns, release ?? undefined);
  }

  private async confirm(tx: Tx, matches: readonly OpenMatch[]): Promise<void> {
    if (matches.length === 0) return;
    await this.stores.reservations.move(tx, matches, 'confirm', null);
    for (const page of pagesOf(matches)) {
      await this.ledger.resolve(
        tx,
        'post',
        page.map(({ id }) => derivedId('trf', id)),
      );
    }
  }
}

function excludedNow(homes: ExcludedHomes, match: OpenMatch): ReleaseReason | null {
  const exclusion = exclusionOf(homes, match);
  return exclusion && `excluded_${exclusion}`;
}
