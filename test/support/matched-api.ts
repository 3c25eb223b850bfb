import type { Id } from '@hehuo/kernel';
import { boundPool } from './match-pools.js';
import { PayoutApi } from './payout-api.js';

/** One of the two neighbours who paid pledged after a street had promised the same again. */
export class MatchedApi extends PayoutApi {
  poolId!: Id<'mpl'>;

  override async activeAccount(): Promise<Id<'cus'>> {
    const accountId = await super.activeAccount();
    const { app } = this.api;
    this.poolId = await boundPool((token) => app.get(token as never, { strict: false }), this.campaign);
    const neighbour = this.person(null, { personId: this.campaign.people[3]! });
    const wish = { askId: this.campaign.asks[0]!.id, quantity: '10000' };
    const { body } = await this.post(neighbour, this.path('/pledges'), wish);
    this.pledges.unshift(body.id);
    return accountId;
  }
}
