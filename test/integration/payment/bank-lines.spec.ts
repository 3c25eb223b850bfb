import { describe, expect, it } from '@jest/globals';
import {
  ConfirmReceipt,
  DecideBankLine,
  MatchBankLines,
  paymentReference,
  PersonalMoney,
  ReadCharge,
  RefuseReceipt,
  type BankLineView,
  type PayablePledge,
} from '@hehuo/payment';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { bankWorld, csv } from './bank-clerk.js';
import { id, officer } from './world.js';

const { world, clerk } = bankWorld();

describe('the proposals of a line', () => {
  it('go from certain to possible and follow the pledges', async () => {
    const mine = await clerk.awaited(12_300n, '周一');
    await clerk.awaited(12_300n, '周二');
    const [byReference, byName, bySum] = [clerk.serial(), clerk.serial(), clerk.serial()];
    await clerk.bring(
      csv(
        clerk.line('123.00', '公司', `长椅 ${paymentReference(mine.pledgeId)}`, byReference),
        clerk.line('123.00', '周二', '', byName),
        clerk.line('123.00', '陌生人', '', bySum),
      ),
    );
    const words = async (number: string) =>
      (await clerk.lineOf(number)).proposals.map(({ score, why }) => `${score} ${why}`);
    expect(await words(byReference)).toEqual(['certain reference_and_sum']);
    expect(await words(byName)).toEqual(['likely sum_and_name', 'possible sum']);
    expect(await words(bySum)).toEqual(['possible sum', 'possible sum']);
    clerk.awaiting.known.length = 0;
    const after = await clerk.lineOf(bySum);
    expect([after.line.state, after.proposals]).toEqual(['unmatched', []]);
    await world.database.change('UPDATE bank_line SET matched_at = matched_at - INTERVAL 1 HOUR');
    expect(await world.get(MatchBankLines).due(10)).toEqual([clerk.accountId]);
    await world.get(MatchBankLines).execute(clerk.accountId);
    expect(await world.get(MatchBankLines).due(10)).toEqual([]);
  });
});

describe('what is held on a payer', () => {
  const money = () => world.get(PersonalMoney);
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.get(UnitOfWork).run(work);
  const bring = async (payer: string, remark: string) => {
    const [pledge, number] = [await clerk.awaited(4_200n), clerk.serial()];
    await clerk.bring(
      csv(clerk.line('42.00', payer, `${remark} ${paymentReference(pledge.pledgeId)}`, number)),
    );
    const receiptId = await clerk.accept(await clerk.lineOf(number), pledge);
    return { pledge, number, receiptId };
  };

  it('is exported with what the bank said, and nothing of others', async () => {
    const mine = await bring('王小明', '长椅');
    await bring('李大力', '路灯');
    await clerk.confirm(mine.receiptId);
    const held = await money().export(mine.pledge.payerId);
    expect(held).toMatchObject({
      payments: [{ pledgeId: mine.pledge.pledgeId, amount: '4200', state: 'succeeded' }],
      refunds: [],
      receipts: [{ id: mine.receiptId, method: 'bank_transfer', amount: '4200', state: 'confirmed' }],
      bankLines: [{ receiptId: mine.receiptId, payer: '王小明', amount: '4200' }],
    });
    expect(JSON.stringify(held)).not.toMatch(/李大力|路灯/);
  });

  it('waits for the second person, and then keeps what the books need and no word of the bank', async () => {
    const [mine, other] = [await bring('王小明', '长椅'), await bring('李大力', '路灯')];
    const { payerId } = mine.pledge;
    expect(await inTx((tx) => money().open(tx, payerId))).toEqual([
      { kind: 'receipt_open', ref: mine.receiptId },
    ]);
    await clerk.confirm(mine.receiptId);
    expect(await inTx((tx) => money().open(tx, payerId))).toEqual([]);
    await inTx((tx) => money().forget(tx, payerId));
    const { line } = await clerk.lineOf(mine.number);
    expect(line).toMatchObject({ payer: '', remark: '', amount: 4_200n, receiptId: mine.receiptId });
    expect((await clerk.lineOf(other.number)).line).toMatchObject({ payer: '李大力' });
    expect(await money().export(payerId)).toMatchObject({
      payments: [{ state: 'succeeded' }],
      receipts: [{ receiptNumber: mine.number, state: 'confirmed' }],
    });
    // The same line in a later file of the bank is known, and does not bring the name back.
    await clerk.bring(csv(clerk.line('42.00', '王小明', '又一次', mine.number)));
    expect((await clerk.lineOf(mine.number)).line.payer).toBe('');
  });

  it('empties the words of a receipt that was refused', async () => {
    const { pledge, receiptId } = await bring('赵一', '长椅');
    await world
      .get(RefuseReceipt)
      .execute({ actor: officer('fund_approver'), receiptId, reason: '认错了人：赵一' });
    await inTx((tx) => money().forget(tx, pledge.payerId));
    expect(await money().export(pledge.payerId)).toMatchObject({
      receipts: [{ state: 'refused', evidence: '' }],
      bankLines: [],
    });
  });

  it('keeps nobody who signs for an account from saying so first', async () => {
    const row = await world.database.row<{ one: Id<'per'> }>(
      'SELECT signatory_one AS one FROM custody_account WHERE id = ?',
      [world.custodyAccountId],
    );
    expect(await inTx((tx) => money().open(tx, row!.one))).toEqual([
      { kind: 'custody_signatory', ref: world.custodyAccountId },
    ]);
  });
});

describe('accepting a line', () => {
  async function paid(
    amount = 4_200n,
  ): Promise<{ pledge: PayablePledge; view: BankLineView; number: string }> {
    const [pledge, number] = [await clerk.awaited(amount), clerk.serial()];
    const yuan = `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    await clerk.bring(csv(clerk.line(yuan, '吴', paymentReference(pledge.pledgeId), number)));
    return { pledge, number, view: await clerk.lineOf(number) };
  }

  it('enters a receipt that another person confirms, and the pledge is paid', async () => {
    const { pledge, view, number } = await paid();
    const actor = clerk.staff();
    const receiptId = await clerk.accept(view, pledge, { actor });
    expect(await clerk.accept(view, pledge, { actor })).toBe(receiptId);
    expect((await world.pledgeRow(pledge)).winner).toBeNull();
    await expect(world.get(ConfirmReceipt).execute({ actor, receiptId })).rejects.toMatchObject({
      code: 'same_person',
    });
    await clerk.confirm(receiptId);
    const [charge] = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(charge).toMatchObject({ status: 'paid', charge: { description: number, bookedAs: 'escrow' } });
    expect(
      (await world.get(ReadCharge).ofPayer(pledge.payerId, null, 10)).map(({ status }) => status),
    ).toEqual(['paid']);
    expect((await clerk.lineOf(number)).line).toMatchObject({ state: 'accepted', receiptId });
  });

  it('by eight clerks at once is one receipt', async () => {
    const { pledge, view } = await paid();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => clerk.accept(view, pledge)));
    const [won, lost] = [
      answers.filter(({ status }) => status === 'fulfilled'),
      answers.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
    ];
    expect([won.length, [...new Set(lost)]]).toEqual([1, ['state_conflict']]);
  });

  it('of two lines for one pledge takes one, and the other only as paid twice, which goes back', async () => {
    const { pledge, view } = await paid();
    const number = clerk.serial();
    await clerk.bring(csv(clerk.line('42.00', '吴', paymentReference(pledge.pledgeId), number)));
    const other = await clerk.lineOf(number);
    const answers = await Promise.allSettled([clerk.accept(view, pledge), clerk.accept(other, pledge)]);
    const refusals = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals).toEqual([expect.objectContaining({ code: 'bank_line_pledge_taken' })]);
    const [first] = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const left = answers[0]?.status === 'fulfilled' ? other : view;
    const second = await clerk.accept(left, pledge, { paidTwice: true });
    await clerk.confirm(first!);
    await clerk.confirm(second);
    const views = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(views.map(({ status }) => status).sort()).toEqual(['paid', 'returning']);
  });

  it('of another sum than promised goes back whole', async () => {
    const pledge = await clerk.awaited(5_000n);
    const number = clerk.serial();
    await clerk.bring(csv(clerk.line('49.99', '吴', paymentReference(pledge.pledgeId), number)));
    const view = await clerk.lineOf(number);
    expect(view.proposals).toMatchObject([{ score: 'likely', why: 'reference' }]);
    await clerk.confirm(await clerk.accept(view, pledge));
    expect((await world.get(ReadCharge).ofPledge(pledge.pledgeId))[0]?.status).toBe('returning');
  });

  it('whose receipt is refused waits for the right pledge, and is accepted anew', async () => {
    const { pledge, view, number } = await paid();
    const right = await clerk.awaited(4_200n);
    const input = { actor: clerk.staff(), operationId: id('opr') };
    const wrong = await clerk.accept(view, pledge, input);
    await world
      .get(RefuseReceipt)
      .execute({ actor: officer('fund_approver'), receiptId: wrong, reason: 'other pledge' });
    expect((await clerk.lineOf(number)).line.receiptId).toBeNull();
    const again = await clerk.accept(await clerk.lineOf(number), right, input);
    expect(again).not.toBe(wrong);
    await clerk.confirm(again);
    expect((await world.pledgeRow(right)).winner).not.toBeNull();
  });

  it('is refused where it cannot be', async () => {
    const { pledge, view } = await paid();
    const refusals: [object, string][] = [
      [{ actor: clerk.staff(id('com')) }, 'bank_line_not_found'],
      [{ actor: officer('fund_approver') }, 'bank_line_not_found'],
      [{ lineId: id('bkl') }, 'bank_line_not_found'],
      [{ pledgeId: id('plg') }, 'bank_line_pledge_unfit'],
    ];
    for (const [over, code] of refusals)
      await expect(clerk.accept(view, pledge, over)).rejects.toMatchObject({ code });
    const dismiss = (actor = clerk.staff()) =>
      world.get(DecideBankLine).dismiss({ actor, lineId: view.line.id, reason: 'rent of the hall' });
    await expect(dismiss(officer('auditor'))).rejects.toMatchObject({ code: 'bank_line_not_found' });
    const decider = clerk.staff();
    await dismiss(decider);
    await dismiss(decider);
    await expect(dismiss()).rejects.toMatchObject({ code: 'state_conflict' });
    await expect(clerk.accept(view, pledge)).rejects.toMatchObject({ code: 'state_conflict' });
    expect((await clerk.inState('dismissed')).map(({ line: { dismissal } }) => dismissal)).toEqual([
      'rent of the hall',
    ]);
  });

  it('and comparing all lines at the same time never undoes it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { pledge, view, number } = await paid(5_100n + BigInt(round));
      clerk.awaiting.known.pop();
      const [receipt] = await Promise.all([
        clerk.accept(view, pledge),
        world.get(MatchBankLines).execute(clerk.accountId),
        world.get(MatchBankLines).execute(clerk.accountId),
      ]);
      expect((await clerk.lineOf(number)).line).toMatchObject({ state: 'accepted', receiptId: receipt });
    }
  });
});
