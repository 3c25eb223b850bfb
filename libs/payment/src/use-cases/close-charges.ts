import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { ChargeStore } from '../store/charge.store.js';
import { Trail } from './trail.js';

export interface ClosedCharges {
  /** Orders that the gateway must still be asked about: money may be on its way. */
  readonly inFlight: number;
}

/**
 * The campaign collects no more: every order still payable is to be closed at its gateway. Orders never sent end here;
 * the others are due for the janitor at once. Repeat until nothing is in flight, or the drain's time is over.
 */
@Injectable()
export class CloseCharges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly charges: ChargeStore,
    private readonly trail: Trail,
  ) {}

  async execute(campaignId: Id<'cmp'>): Promise<ClosedCharges> {
    await this.uow.run((tx) => this.close(tx, campaignId));
    return { inFlight: await this.charges.countInFlight(campaignId) };
  }

  private async close(tx: Tx, campaignId: Id<'cmp'>): Promise<void> {
    const inFlight = await this.charges.inFlightOfCampaign(tx, campaignId);
    const unsent = inFlight.filter(({ state }) => state === 'new');
    for (const charge of unsent) {
      await this.charges.step(tx, charge, 'closed', { refusal: 'over', nextCheckSeconds: null });
    }
    await this.trail.leave(
      tx,
      unsent.map(({ id }) => ({
        ...{ objectType: 'charge', objectId: id, from: 'new', to: 'closed', event: 'close' },
        reason: 'the campaign collects no more',
      })),
      unsent.map(({ id }) => ({ topic: 'charge.changed', ref: id })),
    );
    const sent = inFlight.filter(({ state, closeWanted }) => state !== 'new' && !closeWanted);
    await this.charges.wantClosed(
      tx,
      sent.map(({ id }) => id),
    );
  }
}
