import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { ClawBack } from '../domain/claw-back.js';
import type { Officer } from '../domain/officer.js';
import { publicName, type Payee } from '../domain/payee.js';
import type { Payout, PayoutVoucher } from '../domain/payout.js';
import { ClawBackStore } from '../store/claw-back.store.js';
import { PayeeStore } from '../store/payee.store.js';
import { PayoutStore } from '../store/payout.store.js';
import { PayoutAccess } from './payout-access.js';

/** A payout as everybody may see it: a person's name is masked, an account is not named at all. */
export interface PublicPayout {
  readonly payout: Payout;
  readonly payeeKind: Payee['kind'] | null;
  readonly payeeName: string;
  readonly vouchers: readonly PayoutVoucher[];
  /** Fen that the payee gave back. */
  readonly clawedBack: bigint;
}

export interface PayoutDetail extends PublicPayout {
  readonly payee: Payee | null;
  readonly clawBacks: readonly ClawBack[];
}

@Injectable()
export class ReadPayouts {
  constructor(
    private readonly access: PayoutAccess,
    private readonly payees: PayeeStore,
    private readonly payouts: PayoutStore,
    private readonly clawBacks: ClawBackStore,
  ) {}

  /** Everything that was paid or is to be paid out of a campaign's money, the oldest first; for everybody. */
  async ofCampaign(campaignId: Id<'cmp'>, after: string | null, limit: number): Promise<PublicPayout[]> {
    return this.views(await this.payouts.ofCampaign(campaignId, after, limit));
  }

  /** One payout with its masked account, for officers of the community and the organiser. Throws `payout_not_found`. */
  async one(actor: Officer, payoutId: Id<'pyo'>): Promise<PayoutDetail> {
    const payout = await this.access.payout(actor, payoutId);
    const [[view], payee, clawBacks] = await Promise.all([
      this.views([payout]),
      this.payees.find(payout.payeeId),
      this.clawBacks.ofPayout(payoutId),
    ]);
    return { ...view!, payee, payeeName: payee?.name ?? '', clawBacks };
  }

  /** The payees of a campaign with masked accounts, for officers of the community and the organiser. */
  async payeesOf(
    actor: Officer,
    campaignId: Id<'cmp'>,
    after: string | null,
    limit: number,
  ): Promise<Payee[]> {
    await this.access.asInsider(actor, campaignId);
    return this.payees.ofCampaign(campaignId, after, limit);
  }

  /** Whether the payee belongs to the campaign. */
  async isPayeeOf(payeeId: Id<'pye'>, campaignId: Id<'cmp'>): Promise<boolean> {
    return (await this.payees.find(payeeId))?.campaignId === campaignId;
  }

  /** How many payouts wait for somebody, over all campaigns. */
  waiting(): Promise<number> {
    return this.payouts.waiting();
  }

  private async views(payouts: readonly Payout[]): Promise<PublicPayout[]> {
    const ids = payouts.map(({ id }) => id);
    const [payees, vouchers, returned] = await Promise.all([
      this.payees.byIds([...new Set(payouts.map(({ payeeId }) => payeeId))]),
      this.payouts.vouchersOf(ids),
      this.clawBacks.returnedOf(ids),
    ]);
    return payouts.map((payout) => {
      const payee = payees.get(payout.payeeId);
      return {
        payout,
        payeeKind: payee?.kind ?? null,
        payeeName: payee ? publicName(payee) : '',
        vouchers: vouchers.get(payout.id) ?? [],
        clawedBack: returned.get(payout.id) ?? 0n,
      };
    });
  }
}
