import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { CLAW_BACK_MACHINE, type ClawBack, type ClawBackState } from '../domain/claw-back.js';
import { PaymentError } from '../domain/errors.js';
import type { MoneyRole, Officer } from '../domain/officer.js';
import { ClawBackStore } from '../store/claw-back.store.js';
import { PayoutStore } from '../store/payout.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import type { PayoutInput } from './approve-payout.js';
import { PayoutAccess } from './payout-access.js';
import { clawedBack } from './payout-bookings.js';
import { PayoutBudgets } from './payout.port.js';
import { Trail } from './trail.js';

export interface EnterClawBackInput extends PayoutInput {
  /** Fen. */
  readonly amount: bigint;
  readonly voucher: string;
  readonly reason: string;
}

export interface DecideClawBackInput extends Act<Officer> {
  readonly clawBackId: Id<'clw'>;
  /** The voucher that the second person looked at; must be the one entered. Not needed to refuse. */
  readonly voucher: string | null;
}

export interface ClawBackAnswer {
  readonly id: Id<'clw'>;
  readonly state: ClawBackState;
}

const ENTERERS: readonly MoneyRole[] = ['community_staff', 'fund_approver'];

/** What a confirmed claw-back does to the books. */
@Injectable()
export class BookClawBack {
  constructor(
    private readonly budgets: PayoutBudgets,
    private readonly ledger: Ledger,
    private readonly trail: Trail,
  ) {}

  async book(tx: Tx, one: ClawBack, part: Parameters<PayoutBudgets['putBack']>[2]): Promise<void> {
    await this.budgets.putBack(tx, one.campaignId, part, one.amount);
    await this.ledger.post(tx, [clawedBack(one)]);
    await this.leave(tx, one, 'confirmed', 'confirm');
  }

  async leave(tx: Tx, one: ClawBack, to: ClawBackState, event: 'confirm' | 'refuse'): Promise<void> {
    await this.trail.leave(
      tx,
      [{ objectType: 'claw_back', objectId: one.id, from: one.state, to, event }],
      [{ topic: 'payout.changed', ref: one.campaignId }],
    );
  }
}

/** A payee's money is back in the custodian's bank account, as one person writes it down. */
@Injectable()
export class EnterClawBack {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payouts: PayoutStore,
    private readonly clawBacks: ClawBackStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `payout_not_found`, `payment_forbidden`, `same_person`, `claw_back_exceeds_payout`, `claw_back_voucher_used`. */
  async execute(input: EnterClawBackInput): Promise<ClawBackAnswer> {
    await this.access.payoutAs(input.actor, input.payoutId, ENTERERS);
    try {
      return await this.acts.run('claw-back.enter', input, (tx) => this.enter(tx, input));
    } catch (error) {
      if (!isDuplicateKey(error, 'claw_back_voucher_once')) throw error;
      throw new PaymentError('claw_back_voucher_used', 'this voucher of the bank was entered before');
    }
  }

  private async enter(tx: Tx, input: EnterClawBackInput): Promise<ClawBackAnswer> {
    const payout = await this.payouts.lock(tx, input.payoutId);
    const claimed = await this.clawBacks.claimedOf(tx, input.payoutId);
    if (payout?.state !== 'done' || claimed + input.amount > payout.amount) {
      throw new PaymentError(
        'claw_back_exceeds_payout',
        'the payout did not pay that much, or has it back already',
      );
    }
    const id = newId('clw', this.clock.now().getTime());
    const { campaignId, communityId, custodyAccountId } = payout;
    const { amount, voucher, reason, actor } = input;
    await this.clawBacks.insert(tx, {
      ...{ id, payoutId: payout.id, campaignId, communityId, custodyAccountId, amount, voucher, reason },
      enteredBy: actor.personId,
    });
    await this.trail.leave(tx, [
      { objectType: 'claw_back', objectId: id, from: null, to: 'entered', event: 'enter', reason },
    ]);
    return { id, state: 'entered' };
  }
}

/** Another person looks at the bank's voucher: only then the money is payable again and no longer counts as paid out. */
@Injectable()
export class DecideClawBack {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly clawBacks: ClawBackStore,
    private readonly payouts: PayoutStore,
    private readonly entry: BookClawBack,
  ) {}

  /** Throws `claw_back_not_found`, `payment_forbidden`, `same_person` or `payout_invalid` for another voucher. */
  async confirm(input: DecideClawBackInput): Promise<ClawBackAnswer> {
    await this.seen(input);
    return this.acts.run('claw-back.confirm', input, async (tx) => {
      const one = await this.find(tx, input.clawBackId);
      if (one.enteredBy === input.actor.personId) {
        throw new PaymentError('same_person', 'another person than the one who entered it must confirm');
      }
      const state = CLAW_BACK_MACHINE.next(one.state, 'confirm') as 'confirmed';
      if (one.voucher !== input.voucher) {
        throw new PaymentError('payout_invalid', 'no claw-back with this voucher waits to be confirmed');
      }
      // The payout before the claw-back, as when it was entered.
      const payout = await this.payouts.lock(tx, one.payoutId);
      if (!payout || !(await this.clawBacks.decide(tx, one, state, input.actor.personId))) throw new Moved();
      await this.entry.book(tx, one, payout.part);
      return { id: one.id, state };
    });
  }

  async refuse(input: DecideClawBackInput): Promise<ClawBackAnswer> {
    await this.seen(input);
    return this.acts.run('claw-back.refuse', input, async (tx) => {
      const one = await this.find(tx, input.clawBackId);
      const state = CLAW_BACK_MACHINE.next(one.state, 'refuse') as 'refused';
      if (!(await this.clawBacks.decide(tx, one, state, input.actor.personId))) throw new Moved();
      await this.entry.leave(tx, one, state, 'refuse');
      return { id: one.id, state };
    });
  }

  private async seen({ actor, clawBackId }: DecideClawBackInput): Promise<void> {
    const one = await this.clawBacks.find(clawBackId);
    if (!one) throw new PaymentError('claw_back_not_found', 'there is no such claw-back');
    try {
      await this.access.payoutAs(actor, one.payoutId, ENTERERS);
    } catch (error) {
      if (!(error instanceof PaymentError) || error.code !== 'payout_not_found') throw error;
      throw new PaymentError('claw_back_not_found', 'there is no such claw-back');
    }
  }

  private async find(tx: Tx, id: Id<'clw'>): Promise<ClawBack> {
    const one = await this.clawBacks.find(id, sqlOf(tx));
    if (one) return one;
    throw new PaymentError('claw_back_not_found', 'there is no such claw-back');
  }
}
