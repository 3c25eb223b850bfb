import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { CHARGE_IN_FLIGHT, isOver, OFFLINE, type Charge, type ChargeAges } from '../domain/charge.js';
import type { OrderFinding } from '../domain/findings.js';
import { ChargeStore } from '../store/charge.store.js';
import { Gateways } from './gateway.port.js';
import { LearnChargeOutcome } from './learn-charge-outcome.js';

/**
 * Asks the gateway what became of an order and learns the answer. An order that must not be payable any more is closed by
 * the same visit. With `asHint` the question needs no claim: a callback came, and only facts are taken from the answer.
 */
@Injectable()
export class AskCharge {
  constructor(
    private readonly charges: ChargeStore,
    private readonly gateways: Gateways,
    private readonly learn: LearnChargeOutcome,
  ) {}

  /** What was found; null when there was nothing to ask or somebody else is asking. */
  async execute(chargeId: Id<'chg'>, asHint = false): Promise<OrderFinding | null> {
    const looked = await this.charges.look(chargeId);
    if (!looked) return null;
    const { charge, ages } = looked;
    if (charge.state === 'succeeded' || charge.gateway === OFFLINE) return null;
    const fence = asHint ? null : await this.charges.claimCheck(charge);
    if (!asHint && fence === null) return null;
    const finding = await this.find(charge, ages);
    await this.learn.execute({ chargeId, finding, fence });
    return finding;
  }

  private async find(charge: Charge, ages: ChargeAges): Promise<OrderFinding> {
    const gateway = this.gateways.get(charge.gateway);
    const inFlight = CHARGE_IN_FLIGHT.includes(charge.state);
    if (inFlight && isOver(charge, ages)) {
      const closing = await gateway.closeOrder(charge);
      // Whatever is not a plain "closed" needs the query: it may have been paid a moment ago.
      if (closing.kind === 'closed') return closing;
    }
    const finding = await gateway.queryOrder(charge);
    // An order that we believe closed or failed and that is open came into being late: nobody may pay it.
    return finding.kind === 'open' && !inFlight ? gateway.closeOrder(charge) : finding;
  }
}
