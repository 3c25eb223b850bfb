import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { CHARGE_MACHINE, isOver } from '../domain/charge.js';
import { ChargeStore } from '../store/charge.store.js';
import { AskCharge } from './ask-charge.js';
import { PlaceCharge } from './place-charge.js';

/** A payer who says "I have paid" may have the gateway asked this often. */
const askedByPayerSecondsMin = 5;

/** The janitor of one charge: asks, and sends again under the same number what the gateway surely does not show. */
@Injectable()
export class CheckCharge {
  constructor(
    private readonly charges: ChargeStore,
    private readonly ask: AskCharge,
    private readonly place: PlaceCharge,
  ) {}

  async execute(chargeId: Id<'chg'>): Promise<void> {
    const before = await this.charges.find(chargeId);
    if (!before) return;
    if (before.state === 'new') {
      await this.place.execute(chargeId);
      return;
    }
    const finding = await this.ask.execute(chargeId);
    if (finding?.kind !== 'absent' && finding?.kind !== 'open') return;
    const after = await this.charges.look(chargeId);
    if (!after || isOver(after.charge, after.ages) || !CHARGE_MACHINE.can(after.charge.state, 'send')) return;
    await this.place.execute(chargeId);
  }

  /** Asks at the payer's wish, at most every few seconds. True when the gateway was asked. */
  async onDemand(chargeId: Id<'chg'>): Promise<boolean> {
    if (!(await this.charges.mayAskNow(chargeId, askedByPayerSecondsMin))) return false;
    await this.execute(chargeId);
    return true;
  }
}
