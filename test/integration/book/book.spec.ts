import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { held, ReadBook, WriteBook, type PublicLine } from '@hehuo/book';
import { GiveConsent, ListConsents, WithdrawConsent } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { FoldLedger, Ledger, transferId } from '@hehuo/ledger';
import { OFFLINE } from '@hehuo/payment';
import { actorOf } from '../../support/world.js';
import { bookOn, BookWorld, id } from './world.js';

let world: BookWorld;
beforeAll(async () => {
  world = await BookWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const told = ({ line, payer, voucher }: PublicLine, of: 'campaign' | 'community' = 'campaign') => [
  line.flow,
  line.amount,
  line.reason,
  payer.kind === 'named' ? payer.name : payer.kind,
  voucher === null ? null : voucher.slice(0, 1),
  line[of]!.balance,
];

describe('the public book', () => {
  it('tells receipts and returns line by line, with masked names and what is held after each', async () => {
    const open = await world.campaign({ asks: [{ kind: 'money', minimum: 9_000n }], people: 5 });
    const pledges = [];
    for (const who of [0, 1, 2]) {
      pledges.push(await world.money.pledge(open, who, 0, { quantity: 1_000n * BigInt(who + 1) }));
    }
    await world.sql.change('UPDATE pledge SET anonymous = 1 WHERE id = ?', [pledges[2]!.id]);
    const agreeing = actorOf(open.people[1]!);
    await world.get(GiveConsent).execute({ actor: agreeing, kind: 'publish_name', version: '2026-11' });
    for (const pledge of pledges) await world.money.pay(pledge);
    await world.write();
    const book = { campaignId: open.campaignId };
    expect((await world.linesOf(book)).map((line) => told(line))).toEqual([
      ['received', 1_000n, 'charge-paid', '王**', 'C', 1_000n],
      ['received', 2_000n, 'charge-paid', '李大力', 'C', 3_000n],
      ['received', 3_000n, 'charge-paid', 'anonymous', 'C', 6_000n],
    ]);
    expect((await world.get(ReadBook).page(book, null, 10)).head).toEqual({
      ...{ seq: 3n, received: 6_000n, returned: 0n, spent: 0n },
    });
    // The campaign fails: until the gateway has paid the money back it is still at the custodian.
    expect(await world.money.close(open)).toBe('failed');
    await world.money.settle(open);
    await world.write();
    expect(held((await world.get(ReadBook).page(book, null, 10)).head)).toBe(6_000n);
    await world.money.sweepDry();
    await world.write();
    const lines = (await world.linesOf(book, 2)).slice(3).map((line) => told(line));
    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual(expect.arrayContaining(['returned', 1_000n, 'refund-done', '王**', 'R']));
    expect(lines.at(-1)![5]).toBe(0n);
    expect((await world.get(ReadBook).page(book, null, 10)).head).toEqual({
      ...{ seq: 6n, received: 6_000n, returned: 6_000n, spent: 0n },
    });
    // A consent taken back masks the name in every line at once, old ones too.
    const [consent] = await world.get(ListConsents).execute({ actor: agreeing });
    await world.get(WithdrawConsent).execute({ actor: agreeing, consentId: consent!.id });
    expect((await world.linesOf(book)).map((line) => told(line)[3])).not.toContain('李大力');
  });

  it('shows money that came too late or twice as what it is, and that it went back', async () => {
    const open = await world.campaign();
    const pledge = await world.money.pledge(open, 0, 0, { quantity: 500n });
    const first = await world.money.order(pledge);
    await world.money.pay(pledge);
    await world.money.sandbox('POST', '/test/pay', { orderNo: first.number });
    await world.money.sweepDry();
    await world.write();
    const lines = await world.linesOf({ campaignId: open.campaignId });
    const sums = lines.reduce(
      (sum, { line }) => sum + (line.flow === 'received' ? line.amount : -line.amount),
      0n,
    );
    expect(sums).toBe(500n);
    expect(lines.at(-1)!.line.campaign!.balance).toBe(500n);
  });

  it('names the receipt of money that came by hand', async () => {
    const open = await world.campaign({ paymentMode: 'offline' });
    const pledge = await world.money.pledge(open, 0, 0, { quantity: 700n });
    const [chargeId, receiptId] = [id('chg'), id('rct')];
    await world.sql.change(
      `INSERT INTO offline_receipt (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, method,
         receipt_number, expected, amount, received_at, evidence, state, entered_by, confirmed_by, operation_id)
       VALUES (?, ?, ?, ?, ?, ?, 'cash', 'No. 88', 700, 700, UTC_TIMESTAMP(3), 'slip', 'confirmed', ?, ?, 'op-1')`,
      [
        receiptId,
        pledge.id,
        open.campaignId,
        open.communityId,
        open.people[0]!,
        open.custodyAccountId,
        id('per'),
        id('per'),
      ],
    );
    await world.sql.change(
      `INSERT INTO charge (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, gateway, merchant_ref, number,
         operation_id, amount, description, pay_by, state, paid_at, paid_amount, booked_as)
       VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, 700, 'No. 88', UTC_TIMESTAMP(3), 'succeeded', UTC_TIMESTAMP(3), 700, 'escrow')`,
      [
        chargeId,
        pledge.id,
        open.campaignId,
        open.communityId,
        open.people[0]!,
        open.custodyAccountId,
        OFFLINE,
        chargeId,
        receiptId,
      ],
    );
    const cash = { code: 'cash_clearing', owner: open.custodyAccountId } as const;
    await world.move('charge-paid', 700n, cash, { code: 'escrow', owner: open.campaignId }, chargeId);
    await world.write();
    const [line] = await world.linesOf({ campaignId: open.campaignId });
    expect(line).toMatchObject({ voucher: 'No. 88', payer: { kind: 'named', name: '王**' } });
  });

  it('shows movements that nobody has thought of yet, by their plain reason, and none that stays inside', async () => {
    const open = await world.campaign();
    const other = { code: 'escrow', owner: open.campaignId } as const;
    const [clearing, payable, transit] = (
      [
        ['gateway_clearing', open.custodyAccountId],
        ['payable', open.campaignId],
        ['payout_in_transit', open.custodyAccountId],
      ] as const
    ).map(([code, owner]) => ({ code, owner }));
    const payout = id('pay');
    await world.move('gift-from-a-firm', 9_000n, clearing!, other);
    await world.move('settled', 9_000n, other, payable!);
    await world.move('payout-requested', 4_000n, payable!, transit!, payout);
    await world.write();
    const book = { campaignId: open.campaignId };
    expect((await world.linesOf(book)).map(({ line }) => [line.flow, line.amount, line.reason])).toEqual([
      ['received', 9_000n, 'gift-from-a-firm'],
    ]);
    await world.move('payout-done', 4_000n, transit!, clearing!, payout);
    await world.move('claw-back', 1_000n, clearing!, payable!);
    await world.move('odd-job', 500n, transit!, clearing!).catch((error: Error) => {
      expect(error.message).toContain('does not hold that much');
    });
    await world.write();
    const { head } = await world.get(ReadBook).page(book, null, 10);
    expect([head, held(head)]).toEqual([{ seq: 3n, received: 10_000n, returned: 0n, spent: 4_000n }, 6_000n]);
    const spent = (await world.linesOf(book))[1]!;
    expect([spent.line.accountCode, spent.payer, spent.voucher]).toEqual([
      ...['payout_in_transit', { kind: 'none' }, null],
    ]);
  });

  it('keeps one book a campaign and one for the whole community', async () => {
    const open = await world.campaign();
    const second = id('cmp');
    await world.sql.change(
      `INSERT INTO campaign (id, community_id, organiser_id, state, title, lead_text, story, beneficiaries, place_text, plan, risks,
         category, legal_type, payment_mode, custody_account_id, deadline, time_zone, notice_days, collection_hours,
         failure_policy, surplus_policy, scope_change_policy, notice_ends_at, opened_at)
       SELECT ?, community_id, organiser_id, state, title, lead_text, story, beneficiaries, place_text, plan, risks, category,
         legal_type, payment_mode, custody_account_id, deadline, time_zone, notice_days, collection_hours, failure_policy,
         surplus_policy, scope_change_policy, notice_ends_at, opened_at FROM campaign WHERE id = ?`,
      [second, open.campaignId],
    );
    const clearing = { code: 'gateway_clearing', owner: open.custodyAccountId } as const;
    const [here, there] = [open.campaignId, second].map((owner) => ({ code: 'escrow', owner }) as const);
    await world.move('charge-paid', 100n, clearing, here!);
    await world.move('charge-paid', 50n, clearing, there!);
    await world.move('surplus-moved', 30n, here!, there!);
    await world.write();
    const communityLines = await world.linesOf({ communityId: open.communityId });
    expect(communityLines.map(({ line }) => line.community.seq)).toEqual([1n, 2n, 3n, 4n]);
    expect(communityLines.at(-1)!.line.community.balance).toBe(150n);
    const last = async (campaignId: Id<'cmp'>) => (await world.linesOf({ campaignId })).at(-1)!.line;
    expect(await last(open.campaignId)).toMatchObject({
      flow: 'spent',
      amount: 30n,
      campaign: { balance: 70n },
    });
    expect(await last(second)).toMatchObject({ flow: 'received', amount: 30n, campaign: { balance: 80n } });
  });

  it('has no book of a campaign or community that does not exist', async () => {
    const read = world.get(ReadBook);
    const notFound = { code: 'book_not_found' };
    await expect(read.page({ campaignId: id('cmp') }, null, 10)).rejects.toMatchObject(notFound);
    await expect(read.export({ communityId: id('com') })).rejects.toMatchObject(notFound);
    await expect(read.line(id('bln'))).rejects.toMatchObject({ code: 'book_line_not_found' });
  });

  it('is written once, however many write at once', async () => {
    const open = await world.campaign();
    const clearing = { code: 'gateway_clearing', owner: open.custodyAccountId } as const;
    const escrow = { code: 'escrow', owner: open.campaignId } as const;
    for (let n = 1; n <= 40; n += 1) await world.move('charge-paid', BigInt(n), clearing, escrow);
    while (await world.get(FoldLedger).execute());
    const others = await Promise.all([1, 2, 3].map(() => bookOn(world.money.db.url)));
    const writers = [world.app, ...others].map((app) => app.get(WriteBook, { strict: false }));
    await Promise.all(writers.map((writer) => writer.execute()));
    await world.write();
    const lines = await world.linesOf({ campaignId: open.campaignId });
    expect(lines).toHaveLength(40);
    expect(lines.at(-1)!.line.campaign).toEqual({ owner: open.campaignId, seq: 40n, balance: 820n });
    await Promise.all(others.map((app) => app.close()));
  });
});

describe('a book of ten thousand lines', () => {
  it('is read page by page at a flat cost', async () => {
    const open = await world.campaign();
    const transfers = Array.from({ length: 10_000 }, (_, n) => ({
      ...{ id: transferId(`many:${open.campaignId}:${n}`), kind: 'single' as const, amount: BigInt(n + 1) },
      ...{ reason: 'charge-paid', ref: id('chg') },
      debit: { unit: 'fen' as const, code: 'gateway_clearing' as const, owner: open.custodyAccountId },
      credit: { unit: 'fen' as const, code: 'escrow' as const, owner: open.campaignId },
    }));
    for (let at = 0; at < transfers.length; at += 500) {
      const part = transfers.slice(at, at + 500);
      await world.get(UnitOfWork).run((tx) => world.get(Ledger).post(tx, part));
    }
    await world.write();
    const book = { campaignId: open.campaignId };
    const { head, lines } = await world.get(ReadBook).page(book, 5_000n, 100);
    expect(head).toMatchObject({ seq: 10_000n, received: 50_005_000n });
    expect(lines.map(({ line }) => line.campaign!.seq)).toEqual(
      Array.from({ length: 100 }, (_, n) => BigInt(4_999 - n)),
    );
    let [exported, sum] = [0, 0n];
    for await (const page of (await world.get(ReadBook).export({ communityId: open.communityId })).pages) {
      expect(page.length).toBeLessThanOrEqual(500);
      for (const { line } of page) [exported, sum] = [exported + 1, sum + line.amount];
    }
    expect([exported, sum]).toEqual([10_000, 50_005_000n]);
    const plans: [string, readonly string[]][] = [
      [
        'SELECT id FROM book_line WHERE campaign_id = ? AND campaign_seq < ? ORDER BY campaign_seq DESC LIMIT 101',
        [open.campaignId, '5000'],
      ],
      [
        'SELECT id FROM book_line WHERE community_id = ? AND community_seq > ? AND community_seq <= 10000 ORDER BY community_seq LIMIT 500',
        [open.communityId, '5000'],
      ],
      [
        'SELECT id FROM book_line WHERE custody_account_id = ? AND month = ? AND custody_seq > 5000 ORDER BY custody_seq LIMIT 1000',
        [open.custodyAccountId, '2026-11'],
      ],
      ['SELECT seq FROM book_head WHERE owner = ?', [open.campaignId]],
      [
        'SELECT line_id, COUNT(*), COUNT(live_of) FROM book_challenge WHERE line_id IN (?) GROUP BY line_id',
        [lines[0]!.line.id],
      ],
    ];
    for (const [text, values] of plans) {
      const [plan] = await world.sql.rows<{ key: string | null; Extra: string | null }>(
        `EXPLAIN ${text}`,
        values,
      );
      expect([text, plan!.key === null, plan!.Extra?.includes('filesort') ?? false]).toEqual([
        text,
        false,
        false,
      ]);
    }
  });
});
