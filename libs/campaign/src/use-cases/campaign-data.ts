import { Injectable } from '@nestjs/common';
import type { Obligation, PersonalDataSource } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import { PersonalDataStore } from '../store/personal-data.store.js';
import { CampaignPhotos } from './campaign-photos.js';

/**
 * What this context holds on a person. Whoever answers for a running campaign, has a promise open or waits for an
 * answer finishes that first; afterwards the rows keep the opaque id, because neighbours rely on them.
 */
@Injectable()
export class CampaignData implements PersonalDataSource {
  readonly name = 'campaigns';

  constructor(
    private readonly store: PersonalDataStore,
    private readonly photos: CampaignPhotos,
  ) {}

  export(personId: Id<'per'>): Promise<unknown> {
    return this.store.export(personId);
  }

  async obligations(tx: Tx, personId: Id<'per'>): Promise<readonly Obligation[]> {
    const as = (kind: string) => (ref: string) => ({ kind, ref });
    return [
      ...(await this.store.running(tx, personId)).map(as('campaign_running')),
      ...(await this.store.openPledges(tx, personId)).map(as('pledge_open')),
      ...(await this.store.openObjections(tx, personId)).map(as('objection_open')),
    ];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    await this.photos.remove(tx, await this.store.unseenDrafts(tx, personId));
    await this.store.emptyUnseenDrafts(tx, personId);
    await this.store.emptyObjections(tx, personId);
  }
}
