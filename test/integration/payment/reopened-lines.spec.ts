import { describe, expect, it } from '@jest/globals';
import {
  ConfirmReceipt,
  DecideBankLine,
  paymentReference,
  ReopenBankLine,
  type BankLineView,
  type PayablePledge,
} from '@hehuo/payment';
import { act } from './act.js';
import { bankWorld, csv } from './bank-clerk.js';
import { id, officer } from './world.js';

const { world, clerk } = bankWorld();

describe('a line of a bank', () => {
  async function paid(
    amount = 4_200n,
  ): Promise<{ pledge: PayablePledge; view: BankLineView; number: string }> {
    const [pledge, number] = [await clerk.awaited(amount), clerk.serial()];
    const yuan = `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    await clerk.bring(csv(clerk.line(yuan, '吴', paymentReference(pledge.pledgeId), number)));
    return { pledge, number, view: await clerk.lineOf(number) };
  }

  it('that was dismissed by mistake is reopened with a reason, and paid by two persons like any other', async () => {
    const { pledge, view, number } = await paid(3_300n);
    const { id: lineId } = view.line;
    const reopen = (version: number, over: object = {}) =>
      world.get(ReopenBankLine).execute({
        ...{ ...act(clerk.staff()), lineId, version, reason: 'it names the pledge after all' },
        ...over,
      });
    const refused = async (version: number, code: string, over: object = {}) =>
      expect(reopen(version, over)).rejects.toMatchObject({ code });
    await refused(view.line.version, 'bank_line_not_dismissed');
    await world
      .get(DecideBankLine)
      .dismiss({ actor: clerk.staff(), lineId, reason: 'not a pledge of this house' });
    const { version } = (await clerk.lineOf(number)).line;
    await refused(version - 1, 'bank_line_changed');
    await refused(version, 'bank_line_not_found', { actor: clerk.staff(id('com')) });
    await refused(version, 'bank_line_not_found', { actor: officer('fund_approver') });
    await refused(version, 'bank_line_not_found', { lineId: id('bkl') });
    const once = act(clerk.staff());
    const answer = { id: lineId, state: 'unmatched', version: version + 1 };
    expect(await reopen(version, once)).toEqual(answer);
    expect(await reopen(version, once)).toEqual(answer);
    await refused(version, 'bank_line_changed');
    const open = await clerk.lineOf(number);
    expect([open.line.state, open.line.dismissal, open.proposals.length]).toEqual(['proposed', null, 1]);
    const actor = clerk.staff();
    const receiptId = await clerk.accept(open, pledge, { actor });
    await expect(world.get(ConfirmReceipt).execute({ actor, receiptId })).rejects.toMatchObject({
      code: 'same_person',
    });
    await clerk.confirm(receiptId);
    expect((await world.pledgeRow(pledge)).winner).not.toBeNull();
    const log = await world.database.rows<{ event: string; reason: string | null }>(
      "SELECT event, reason FROM state_log WHERE object_id = ? AND event IN ('dismiss', 'reopen') ORDER BY id",
      [lineId],
    );
    expect(log.map(({ event, reason }) => [event, reason])).toEqual([
      ['dismiss', 'not a pledge of this house'],
      ['reopen', 'it names the pledge after all'],
    ]);
  });

  it('is reopened once by many at once, and never while somebody accepts it', async () => {
    const { pledge, view, number } = await paid(3_400n);
    const { id: lineId } = view.line;
    await world.get(DecideBankLine).dismiss({ actor: clerk.staff(), lineId, reason: 'a mistake' });
    const { version } = (await clerk.lineOf(number)).line;
    const attempts = await Promise.allSettled([
      ...Array.from({ length: 6 }, () =>
        world
          .get(ReopenBankLine)
          .execute({ ...act(clerk.staff()), lineId, version, reason: 'it is a pledge' }),
      ),
      clerk.accept(view, pledge),
    ]);
    const reopened = attempts.slice(0, 6).filter(({ status }) => status === 'fulfilled');
    expect(reopened).toHaveLength(1);
    expect(['unmatched', 'proposed', 'accepted']).toContain((await clerk.lineOf(number)).line.state);
  });
});
