import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { CHARGE_IN_FLIGHT, CHARGE_MACHINE, isOver, type Charge } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { ChargeStore } from '../store/charge.store.js';
import { AskCharge } from './ask-charge.js';
import { LearnChargeOutcome } from './learn-charge-outcome.js';
import { SendOrder } from './send-order.js';
import { Trail } from './trail.js';

/**
 * Sends the order to its gateway: the intent is committed before, the call is made outside any transaction, the result
 * is written under the fence of this sending. Safe to repeat: the number is the same, and a gateway makes one order of it.
 */
@Injectable()
export class PlaceCharge {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly charges: ChargeStore,
    private readonly send: SendOrder,
    private readonly ask: AskCharge,
    private readonly learn: LearnChargeOutcome,
    private readonly trail: Trail,
  ) {}

  /** The charge afterwards, with its `payUrl` when the gateway took it. Throws `charge_not_found`. */
  async execute(chargeId: Id<'chg'>): Promise<Charge> {
    const charge = await this.read(chargeId);
    if (!CHARGE_MACHINE.can(charge.state, 'send')) return charge;
    await this.closeFormerTries(charge);
    const fence = await this.uow.run((tx) => this.claim(tx, chargeId));
    if (fence !== null) {
      const finding = await this.send.execute(charge);
      await this.learn.execute({ chargeId, finding, fence });
    }
    return this.read(chargeId);
  }

  /** A new try goes out only after the gateway was asked to close the former one; whatever it answered. */
  private async closeFormerTries({ id, pledgeId }: Charge): Promise<void> {
    const siblings = await this.charges.ofPledge(pledgeId);
    const former = siblings.filter(
      (other) => other.id !== id && other.closeWanted && CHARGE_IN_FLIGHT.includes(other.state),
    );
    for (const { id: formerId, state } of former) if (state !== 'new') await this.ask.execute(formerId);
  }

  private async claim(tx: Tx, chargeId: Id<'chg'>): Promise<number | null> {
    const looked = await this.charges.look(chargeId, sqlOf(tx));
    if (!looked || !CHARGE_MACHINE.can(looked.charge.state, 'send')) return null;
    const { charge, ages } = looked;
    const siblings = await this.charges.ofPledge(charge.pledgeId, sqlOf(tx));
    const isPaid = siblings.some(({ bookedAs }) => bookedAs === 'escrow');
    if (isPaid || isOver(charge, ages)) {
      // What was never sent can be ended here; what was sent is closed by asking.
      if (charge.state === 'new') await this.endUnsent(tx, charge, isPaid ? 'already_paid' : 'over');
      return null;
    }
    const fence = await this.charges.claimSending(tx, charge);
    if (fence !== null && charge.state !== 'sent') {
      const change = {
        objectType: 'charge',
        objectId: charge.id,
        from: charge.state,
        to: 'sent',
        event: 'send',
      };
      await this.trail.leave(tx, [change]);
    }
    return fence;
  }

  private async endUnsent(tx: Tx, charge: Charge, refusal: string): Promise<void> {
    if (!(await this.charges.step(tx, charge, 'closed', { refusal, nextCheckSeconds: null }))) return;
    const change = { objectType: 'charge', objectId: charge.id, from: 'new', to: 'closed', event: 'close' };
    await this.trail.leave(
      tx,
      [{ ...change, reason: refusal }],
      [{ topic: 'charge.changed', ref: charge.id }],
    );
  }

  private async read(chargeId: Id<'chg'>): Promise<Charge> {
    const charge = await this.charges.find(chargeId);
    if (!charge) throw new PaymentError('charge_not_found', 'there is no such payment');
    return charge;
  }
}
