import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Charge } from '../domain/charge.js';
import { ChargeStore } from '../store/charge.store.js';
import { Trail } from './trail.js';

const over = 'the campaign collects no more';

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
    await this.uow.run(async (tx) =>
      this.close(tx, await this.charges.inFlightOfCampaign(tx, campaignId), over),
    );
    return { inFlight: await this.charges.countInFlight(campaignId) };
  }

  /** The same for single pledges whose time to pay is over; answers with those that still have an order under way. */
  async ofPledges(pledgeIds: readonly Id<'plg'>[]): Promise<ReadonlySet<Id<'plg'>>> {
    return this.uow.run(async (tx) => {
      const inFlight = await this.charges.inFlightOfPledges(tx, pledgeIds);
      await this.close(tx, inFlight, 'the time to pay this pledge is over');
      return new Set(inFlight.flatMap(({ state, pledgeId }) => (state === 'new' ? [] : [pledgeId])));
    });
  }

  private async close(tx: Tx, inFlight: readonly Charge[], reason: string): Promise<void> {
    const unsent = inFlight.filter(({ state }) => state === 'new');
    for (const charge of unsent) {
      await this.charges.step(tx, charge, 'closed', { refusal: 'over', nextCheckSeconds: null });
    }
    await this.trail.leave(
      tx,
      unsent.map(({ id }) => ({
        ...{ objectType: 'charge', objectId: id, from: 'new', to: 'closed', event: 'close' },
        reason,
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
