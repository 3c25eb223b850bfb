import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import {
  ConfirmHandRefund,
  ConfirmReceipt,
  EnterHandRefund,
  EnterReceipt,
  ListRefunds,
  type Charge,
} from '@hehuo/payment';
import { PayoutWorld } from '../integration/payment/payout-world.js';
import { id, nowMs, officer, type World } from '../integration/payment/world.js';
import { alter, DROPPED, found, inWorld, paidCharge, requestRefund } from './sabotage.js';

// What the database refuses to store, stored all the same once its rule is gone: the audit must see each such row.

describe('one person in the place of two', () => {
  let world: PayoutWorld;

  async function receipt(): Promise<void> {
    const { pledgeId, amount } = await world.pledge(3_600n);
    const receiptId = await world.get(EnterReceipt).execute({
      ...{ actor: world.staff, pledgeId, amount, method: 'bank_transfer', receiptNumber: 'No. 1' },
      ...{ receivedAt: new Date(nowMs() - 60_000), evidence: 'slip in the box', operationId: id('opr') },
    });
    await world.get(ConfirmReceipt).execute({ actor: officer('fund_approver'), receiptId });
  }

  async function handRefund(): Promise<void> {
    const charge = await paidCharge(world);
    await world.faults({ match: { operation: 'refund' }, fault: 'reject', times: 1 });
    await requestRefund(world, charge, charge.amount);
    await world.sweep();
    const refundId = await refundOf(charge);
    const voucher = 'BANK-7';
    const entered = { actor: world.first, refundId, voucher, evidence: 'bank slip' };
    await world.get(EnterHandRefund).execute(entered);
    await world.get(ConfirmHandRefund).execute({ actor: world.second, refundId, voucher });
  }

  async function refundOf({ id: chargeId }: Charge) {
    const page = { actor: officer('auditor'), after: null, limit: 100, states: ['needs_human' as const] };
    const refunds = await world.get(ListRefunds).execute(page);
    return refunds.find((refund) => refund.chargeId === chargeId)!.id;
  }

  beforeAll(async () => {
    world = new PayoutWorld();
    await world.start();
    await receipt();
    await handRefund();
    const campaignId = await world.fund(10_000n);
    await world.payOut(campaignId, await world.payee(campaignId), 4_000n);
    expect(await found(world)).toEqual([]);
  });
  afterAll(() => world.stop());

  it.each([
    ['offline_receipt', 'offline_receipt_four_eyes', 'confirmed_by', 'entered_by', 'receipt-four-eyes'],
    ['refund', 'refund_four_eyes', 'confirmed_by', 'entered_by', 'refund-four-eyes'],
    ['custody_account', 'custody_account_four_eyes', 'approved_by', 'proposed_by', 'custody-four-eyes'],
    ['merchant_channel', 'merchant_channel_four_eyes', 'approved_by', 'proposed_by', 'channel-four-eyes'],
    ['payee', 'payee_four_eyes', 'confirmed_by', 'entered_by', 'payee-four-eyes'],
    ['payout', 'payout_first_eyes', 'approved_by', 'proposed_by', 'payout-four-eyes'],
    ['payout', 'payout_second_eyes', 'released_by', 'account_entered_by', 'payout-four-eyes'],
    ['payout', 'payout_sender', 'payee_person_id', 'sent_by', 'payout-four-eyes'],
    ['payout', 'payout_confirmer', 'payee_person_id', 'ended_by', 'payout-four-eyes'],
  ])('%s without %s: %s as %s is found', async (table, check, column, other, invariant) => {
    const rows = await world.database.rows<{ id: string; was: string | null }>(
      `SELECT id, ${column} AS was FROM ${table} WHERE ${other} IS NOT NULL`,
    );
    const write = `UPDATE ${table} SET ${column} = ${other} WHERE ${other} IS NOT NULL`;
    await expect(alter(world, write)).rejects.toThrow(check);
    await alter(world, `ALTER TABLE ${table} DROP CONSTRAINT ${check}`, write);
    expect(await found(world)).toEqual([`payment.${invariant}`]);
    for (const { id: rowId, was } of rows) {
      await world.database.change(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, [was, rowId]);
    }
    expect(await found(world)).toEqual([]);
  });
});

describe('a guarded account', () => {
  /** More than the escrow holds, posted as any transfer is. */
  const overdraw = (world: World) =>
    world.get(UnitOfWork).run((tx) =>
      world.get(Ledger).post(tx, [
        {
          ...{ id: transferId(`test:${id('tst')}`), kind: 'single', amount: 15_000n, reason: 'test' },
          debit: { unit: 'fen', code: 'escrow', owner: world.campaignId },
          credit: { unit: 'fen', code: 'payable', owner: world.campaignId },
          ref: world.campaignId,
        },
      ]),
    );
  const spend = "UPDATE ledger_account SET debits_posted = debits_posted + 15000 WHERE code = 'escrow'";
  const unguard = (world: World, guarded: 0 | 1) =>
    world.database.change('UPDATE ledger_account SET guarded = ? WHERE code = ?', [guarded, 'escrow']);

  it('is overdrawn by SQL without its CHECK', () =>
    inWorld(async (world) => {
      await paidCharge(world);
      await expect(world.database.change(spend)).rejects.toThrow('ledger_account_covered');
      expect(await found(world)).toEqual([]);
      await alter(world, 'ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_covered');
      await world.database.change(spend);
      expect(await found(world)).toEqual(['ledger.strict-balance', 'ledger.not-overdrawn']);
    }));

  it('is overdrawn by a transfer when its flag is taken away, and the books are even', () =>
    inWorld(async (world) => {
      await paidCharge(world);
      await expect(overdraw(world)).rejects.toMatchObject({ code: 'ledger_insufficient' });
      expect(await found(world)).toEqual([]);
      await unguard(world, 0);
      await overdraw(world);
      expect(await found(world)).toEqual(['ledger.chart-kept']);
      await alter(world, 'ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_covered');
      await unguard(world, 1);
      expect(await found(world)).toEqual(['ledger.not-overdrawn']);
    }));
});

describe('a sweeper', () => {
  /** One of each that waits: a callback that came, a charge whose callback was lost, a refund. */
  async function leaveOpen(world: World): Promise<void> {
    const refunded = await paidCharge(world);
    const before = world.inbox.answered.length;
    await world.pay(await world.charge(await world.pledge()));
    await world.eventually('the callback came', () => world.inbox.answered.length > before);
    await world.faults(DROPPED);
    await world.pay(await world.charge(await world.pledge()));
    await requestRefund(world, refunded, refunded.amount);
    await world.pass(7_200);
  }

  it('that is off leaves rows whose time is over', () =>
    inWorld(async (world) => {
      await leaveOpen(world);
      for (let round = 0; round < 4; round += 1) {
        await world.sweep();
        await world.pass(600);
      }
      expect(await found(world)).toEqual([]);
      await world.faults();
      await leaveOpen(world);
      const [breach, ...others] = await world.breaches();
      expect([breach?.invariant, others]).toEqual(['payment.nothing-forgotten', []]);
      const kinds = breach?.rows.map((row) => String(row['id']).slice(0, 3)).sort();
      expect(kinds).toEqual(['chg', 'chg', 'gev', 'rfd']);
    }));
});
