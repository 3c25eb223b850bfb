import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { MatchError } from '../../domain/match-errors.js';
import type { MatchPool } from '../../domain/match-pool.js';
import { MatchBindingStore, type WrittenOff } from '../../store/match-binding.store.js';
import { MatchPoolStore } from '../../store/match-pool.store.js';

/** Of a pool's write-offs the newest are shown; each stands with its campaign too. */
const writtenOffMax = 100;

/** Who commits match funds, under which terms and how much is left. Anybody may know, also of proposed ones. */
@Injectable()
export class ReadMatchPools {
  constructor(
    private readonly pools: MatchPoolStore,
    private readonly bindings: MatchBindingStore,
  ) {}

  ofCommunity(communityId: Id<'com'>, before: string | null, limit: number): Promise<MatchPool[]> {
    return this.pools.page(communityId, ['proposed', 'active', 'closed'], before, limit);
  }

  /** Throws `match_pool_not_found`. */
  async one(id: Id<'mpl'>): Promise<{
    readonly pool: MatchPool;
    readonly communityIds: readonly Id<'com'>[];
    readonly writtenOff: readonly WrittenOff[];
  }> {
    const pool = await this.pools.find(id);
    if (!pool) throw new MatchError('match_pool_not_found', 'there is no such pool of match funds');
    const [communityIds, writtenOff] = await Promise.all([
      this.pools.communitiesOf(id),
      this.bindings.writtenOff(id, writtenOffMax),
    ]);
    return { pool, communityIds, writtenOff };
  }
}
