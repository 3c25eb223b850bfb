import { UnitOfWork, type Id } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import {
  ApprovePayout,
  ConfirmPayee,
  EnterPayee,
  PayeePartners,
  PayOut,
  PayoutBudgets,
  ProposePayout,
  type EnterPayeeInput,
  type Officer,
  type ProposePayoutInput,
} from '@hehuo/payment';
import { act } from './act.js';
import type { TestBudgets, TestPartners } from './ports.js';
import { id, officer, World } from './world.js';

export const ACCOUNT = '6222 0210 0101 1234';

/** A campaign that succeeded, with money to pay out, and everybody who has a say in it. */
export class PayoutWorld extends World {
  readonly act = act;
  private count = 0;
  readonly organiser: Officer = officer('none');
  readonly staff = officer('community_staff', this.communityId);
  readonly clerk = officer('community_staff', this.communityId);
  readonly first = officer('fund_approver', this.communityId);
  readonly second = officer('fund_approver', this.communityId);

  /** A fresh campaign with so many fen in its only milestone. */
  async fund(fen: bigint): Promise<Id<'cmp'>> {
    const campaignId = id('cmp');
    const { communityId, custodyAccountId } = this;
    (this.get(PayoutBudgets) as TestBudgets).known = {
      ...{ communityId, custodyAccountId, organiserId: this.organiser.personId },
    };
    await this.database.change('INSERT INTO test_budget VALUES (?, ?, ?), (?, ?, 0)', [
      ...[campaignId, 'milestone:0', fen, campaignId, 'surplus'],
    ]);
    await this.get(UnitOfWork).run((tx) =>
      this.get(Ledger).post(tx, [
        {
          ...{
            id: transferId(`test:${campaignId}`),
            kind: 'single',
            amount: fen,
            reason: 'test',
            ref: campaignId,
          },
          debit: { unit: 'fen', code: 'cash_clearing', owner: custodyAccountId },
          credit: { unit: 'fen', code: 'payable', owner: campaignId },
        },
      ]),
    );
    return campaignId;
  }

  entry(campaignId: Id<'cmp'>, over: Partial<EnterPayeeInput> = {}): EnterPayeeInput {
    return {
      ...this.act(this.clerk),
      ...{ campaignId, kind: 'supplier', partnerId: null, personId: null },
      ...{ name: '成都木工坊有限公司', bankName: '农商银行', account: ACCOUNT },
      ...over,
    };
  }

  /** From here on the campaign is somebody else's; only its organiser can be paid back as a person. */
  belongsTo(organiserId: Id<'per'>): void {
    const budgets = this.get(PayoutBudgets) as TestBudgets;
    if (budgets.known) budgets.known = { ...budgets.known, organiserId };
  }

  /** Entered by the clerk, confirmed by staff, and its hold is over. */
  async payee(campaignId: Id<'cmp'>, over: Partial<EnterPayeeInput> = {}): Promise<Id<'pye'>> {
    const { id: payeeId } = await this.get(EnterPayee).execute(this.entry(campaignId, over));
    await this.get(ConfirmPayee).execute({
      ...this.act(this.staff),
      payeeId,
      account: over.account ?? ACCOUNT,
    });
    await this.database.change('UPDATE payee SET changed_at = changed_at - INTERVAL 73 HOUR WHERE id = ?', [
      payeeId,
    ]);
    return payeeId;
  }

  async verifiedPartner(members: Id<'per'>[]): Promise<Id<'ptn'>> {
    const partnerId = id('ptn');
    (this.get(PayeePartners) as TestPartners).verified.set(partnerId, members);
    return partnerId;
  }

  payoutWish(
    campaignId: Id<'cmp'>,
    payeeId: Id<'pye'>,
    amount: bigint,
    over: Partial<ProposePayoutInput> = {},
  ): ProposePayoutInput {
    const voucher = { number: `INV-${this.next()}`, title: '木料', fileId: null, evidence: '发票在档案盒' };
    return {
      ...this.act(this.staff),
      ...{ campaignId, payeeId, part: 'milestone:0', amount, purpose: '长椅木料' },
      vouchers: [{ ...voucher, amount }],
      ...over,
    };
  }

  async propose(...wanted: Parameters<PayoutWorld['payoutWish']>): Promise<Id<'pyo'>> {
    return (await this.get(ProposePayout).execute(this.payoutWish(...wanted))).id;
  }

  approve(actor: Officer, payoutId: Id<'pyo'>) {
    return this.get(ApprovePayout).execute({ ...this.act(actor), payoutId });
  }

  send(actor: Officer, payoutId: Id<'pyo'>) {
    return this.get(PayOut).send({ ...this.act(actor), payoutId });
  }

  confirm(actor: Officer, payoutId: Id<'pyo'>, voucher = `B-${this.next()}`) {
    return this.get(PayOut).confirm({ ...this.act(actor), payoutId, voucher, reason: null });
  }

  /** All the way to the payee. */
  async payOut(campaignId: Id<'cmp'>, payeeId: Id<'pye'>, amount: bigint): Promise<Id<'pyo'>> {
    const payoutId = await this.propose(campaignId, payeeId, amount);
    await this.approve(this.first, payoutId);
    await this.approve(this.second, payoutId);
    await this.send(this.staff, payoutId);
    await this.confirm(this.clerk, payoutId);
    return payoutId;
  }

  async left(campaignId: Id<'cmp'>): Promise<bigint> {
    const row = await this.database.row<{ fen: string }>(
      "SELECT fen FROM test_budget WHERE campaign_id = ? AND part = 'milestone:0'",
      [campaignId],
    );
    return BigInt(row?.fen ?? 0);
  }

  private next(): number {
    this.count += 1;
    return this.count;
  }
}
