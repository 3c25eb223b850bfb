import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  ApprovePayout,
  ConfirmPayee,
  DecideClawBack,
  DropPayout,
  EnterClawBack,
  EnterPayee,
  PayOut,
  PayoutBlocks,
  ProposePayout,
  ReadPayouts,
  type Officer,
  type ProposePayoutInput,
} from '@hehuo/payment';
import { ACCOUNT, PayoutWorld } from './payout-world.js';
import { id, officer } from './world.js';

const world = new PayoutWorld();
let campaignId: Id<'cmp'>;
beforeAll(() => world.start());
afterAll(() => world.stop());
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
});

const code = (expected: string) => ({ code: expected });
const state = async (payoutId: Id<'pyo'>) =>
  (await world.get(ReadPayouts).one(world.staff, payoutId)).payout.state;
const inTransit = () => world.balance('payout_in_transit', world.custodyAccountId);
const payable = () => world.balance('payable', campaignId);

describe('a payee', () => {
  it('is entered by one, confirmed by another who types the number again, and shown masked', async () => {
    campaignId = await world.fund(1_000n);
    const entry = world.entry(campaignId);
    const { id: payeeId } = await world.get(EnterPayee).execute(entry);
    const confirm = (actor: Officer, account = ACCOUNT) =>
      world.get(ConfirmPayee).execute({ ...world.act(actor), payeeId, account });
    await expect(confirm(world.clerk)).rejects.toMatchObject(code('same_person'));
    await expect(confirm(officer('auditor', world.communityId))).rejects.toMatchObject(
      code('payment_forbidden'),
    );
    await expect(confirm(officer('community_staff', id('com')))).rejects.toMatchObject(
      code('payee_not_found'),
    );
    await expect(confirm(world.staff, '6222021001019999')).rejects.toMatchObject(
      code('payee_account_mismatch'),
    );
    expect(await confirm(world.staff, '6222-0210-0101-1234')).toEqual({ id: payeeId, state: 'confirmed' });
    const [payee] = await world.get(ReadPayouts).payeesOf(world.organiser, campaignId, null, 10);
    expect(payee).toMatchObject({ id: payeeId, accountMask: '**** 1234', name: '成都木工坊有限公司' });
    const [row] = await world.database.rows<Record<string, unknown>>('SELECT * FROM payee WHERE id = ?', [
      payeeId,
    ]);
    expect(JSON.stringify(row)).not.toMatch(/622202|木工坊/);
    // Sent again it is the same payee; the key with other content is a mistake.
    expect(await world.get(EnterPayee).execute(entry)).toMatchObject({ id: payeeId });
    await expect(
      world.get(EnterPayee).execute({ ...entry, fingerprint: Buffer.alloc(32, 9) }),
    ).rejects.toMatchObject(code('idempotency_key_reused'));
  });

  it.each<[string, object, string]>([
    ['a partner without its id', { kind: 'partner' }, 'payee_invalid'],
    ['a partner that nobody verified', { kind: 'partner', partnerId: id('ptn') }, 'payee_invalid'],
    ['a person without an id', { kind: 'organiser' }, 'payee_invalid'],
    ['a supplier with a person', { personId: id('per') }, 'payee_invalid'],
    ['an account of three digits', { account: '123' }, 'payee_invalid'],
  ])('cannot be %s', async (_what, over, expected) => {
    campaignId = await world.fund(1_000n);
    await expect(world.get(EnterPayee).execute(world.entry(campaignId, over))).rejects.toMatchObject(
      code(expected),
    );
  });

  it('is entered by staff here or the organiser, and by nobody else', async () => {
    campaignId = await world.fund(1_000n);
    const enter = (actor: Officer) =>
      world.get(EnterPayee).execute(world.entry(campaignId, world.act(actor)));
    await expect(enter(world.first)).rejects.toMatchObject(code('payment_forbidden'));
    await expect(enter(officer('community_staff', id('com')))).rejects.toMatchObject(
      code('payment_forbidden'),
    );
    expect(await enter(world.organiser)).toMatchObject({ state: 'proposed' });
    await expect(
      world.get(ReadPayouts).payeesOf(officer('none'), campaignId, null, 10),
    ).rejects.toMatchObject(code('payment_forbidden'));
  });
});

describe('a payout', () => {
  it('is proposed with vouchers, released by two, sent, confirmed, and booked at each step', async () => {
    campaignId = await world.fund(1_000n);
    const payeeId = await world.payee(campaignId);
    const payoutId = await world.propose(campaignId, payeeId, 600n);
    expect(await payable()).toBe(1_000n);
    expect(await world.approve(world.first, payoutId)).toEqual({ id: payoutId, state: 'approved_once' });
    expect([await payable(), await inTransit()]).toEqual([1_000n, 0n]);
    expect(await world.approve(world.second, payoutId)).toEqual({ id: payoutId, state: 'released' });
    expect([await payable(), await inTransit(), await world.left(campaignId)]).toEqual([400n, 600n, 400n]);
    const cash = await world.balance('cash_clearing', world.custodyAccountId);
    await world.send(world.staff, payoutId);
    await expect(world.confirm(world.staff, payoutId)).rejects.toMatchObject(code('same_person'));
    expect(await world.confirm(world.first, payoutId, 'B-77')).toEqual({ id: payoutId, state: 'done' });
    expect(await inTransit()).toBe(0n);
    expect(await world.balance('cash_clearing', world.custodyAccountId)).toBe(cash + 600n);
    const [shown] = await world.get(ReadPayouts).ofCampaign(campaignId, null, 10);
    expect(shown).toMatchObject({
      payeeName: '成都木工坊有限公司',
      payout: { state: 'done' },
      clawedBack: 0n,
    });
  });

  it('of a person shows the first character of the name only', async () => {
    campaignId = await world.fund(1_000n);
    const personId = world.organiser.personId;
    const payeeId = await world.payee(campaignId, { kind: 'organiser', personId, name: '王小明' });
    await world.propose(campaignId, payeeId, 10n);
    expect(await world.get(ReadPayouts).ofCampaign(campaignId, null, 10)).toMatchObject([
      { payeeName: '王**' },
    ]);
  });

  it('needs vouchers that prove exactly its sum, each once', async () => {
    campaignId = await world.fund(1_000n);
    const payeeId = await world.payee(campaignId);
    const propose = (over: Partial<ProposePayoutInput>) =>
      world.get(ProposePayout).execute(world.payoutWish(campaignId, payeeId, 100n, over));
    const voucher = { number: 'F-1', title: '木料', amount: 60n, fileId: null, evidence: '发票' };
    const other = { ...voucher, number: 'F-2', amount: 40n };
    await expect(propose({ vouchers: [] })).rejects.toMatchObject(code('payout_invalid'));
    await expect(propose({ vouchers: [voucher] })).rejects.toMatchObject(code('payout_invalid'));
    await expect(propose({ vouchers: [voucher, { ...other, number: 'F-1' }] })).rejects.toMatchObject(
      code('payout_invalid'),
    );
    await expect(propose({ vouchers: [voucher, { ...other, evidence: null }] })).rejects.toMatchObject(
      code('payout_invalid'),
    );
    const { id: payoutId } = await propose({ vouchers: [voucher, other] });
    await expect(propose({ vouchers: [voucher, other] })).rejects.toMatchObject(code('payout_voucher_used'));
    await world.get(DropPayout).refuse({ ...world.act(world.first), payoutId, reason: '发票抬头不对' });
    expect(await propose({ vouchers: [voucher, other] })).toMatchObject({ state: 'proposed' });
    await expect(
      propose({ amount: 1_001n, vouchers: [{ ...voucher, amount: 1_001n }] }),
    ).rejects.toMatchObject(code('payout_exceeds_budget'));
    await expect(propose({ part: 'milestone:7' })).rejects.toMatchObject(code('payout_exceeds_budget'));
    await expect(propose(world.act(world.first))).rejects.toMatchObject(code('payment_forbidden'));
  });

  it('does not exist for officers of another community', async () => {
    campaignId = await world.fund(1_000n);
    const payoutId = await world.propose(campaignId, await world.payee(campaignId), 100n);
    const stranger = officer('fund_approver', id('com'));
    const missing = code('payout_not_found');
    await expect(world.approve(stranger, payoutId)).rejects.toMatchObject(missing);
    await expect(world.send(stranger, payoutId)).rejects.toMatchObject(missing);
    await expect(world.get(ReadPayouts).one(officer('none'), payoutId)).rejects.toMatchObject(missing);
    await expect(
      world.get(DropPayout).withdraw({ ...world.act(stranger), payoutId, reason: 'not mine' }),
    ).rejects.toMatchObject(missing);
  });
});

describe('four eyes', () => {
  const both = (personId: Id<'per'>): Officer => ({
    personId,
    roles: (['community_staff', 'fund_approver'] as const).map((role) => ({
      role,
      communityId: world.communityId,
    })),
  });

  it('let nobody release who proposed it, gets it, entered its account, or approved it before', async () => {
    campaignId = await world.fund(1_000n);
    const payeePerson = both(id('per'));
    const payeeId = await world.payee(campaignId, {
      ...{ kind: 'organiser', personId: payeePerson.personId, name: '王小明' },
    });
    const payoutId = await world.propose(campaignId, payeeId, 100n);
    const insiders = [both(world.staff.personId), payeePerson, both(world.clerk.personId)];
    for (const insider of insiders)
      await expect(world.approve(insider, payoutId)).rejects.toMatchObject(code('same_person'));
    await expect(world.approve(world.staff, payoutId)).rejects.toMatchObject(code('payment_forbidden'));
    await world.approve(world.first, payoutId);
    for (const insider of [...insiders, world.first])
      await expect(world.approve(insider, payoutId)).rejects.toMatchObject(code('same_person'));
    expect(await state(payoutId)).toBe('approved_once');
    await world.approve(world.second, payoutId);
    await expect(world.send(payeePerson, payoutId)).rejects.toMatchObject(code('same_person'));
    await world.send(world.staff, payoutId);
    await expect(world.confirm(payeePerson, payoutId)).rejects.toMatchObject(code('same_person'));
    await expect(world.confirm(world.staff, payoutId)).rejects.toMatchObject(code('same_person'));
    await world.confirm(world.clerk, payoutId);
  });

  it('let no member of the partner that is paid release, send or confirm', async () => {
    campaignId = await world.fund(1_000n);
    const member = both(id('per'));
    const partnerId = await world.verifiedPartner([member.personId]);
    const payeeId = await world.payee(campaignId, { kind: 'partner', partnerId });
    const payoutId = await world.propose(campaignId, payeeId, 100n);
    await expect(world.approve(member, payoutId)).rejects.toMatchObject(code('same_person'));
    await world.approve(world.first, payoutId);
    await world.approve(world.second, payoutId);
    await expect(world.send(member, payoutId)).rejects.toMatchObject(code('same_person'));
    await world.send(world.staff, payoutId);
    await expect(world.confirm(member, payoutId)).rejects.toMatchObject(code('same_person'));
    await world.confirm(world.clerk, payoutId);
  });

  it.each([
    ['approved_by = proposed_by'],
    ['approved_by = account_entered_by'],
    ['released_by = approved_by'],
    ['released_by = proposed_by'],
    ['ended_by = sent_by'],
    ['sent_at = account_changed_at + INTERVAL 71 HOUR'],
  ])('are kept by the database itself: %s', async (change) => {
    campaignId = await world.fund(1_000n);
    const payoutId = await world.payOut(campaignId, await world.payee(campaignId), 100n);
    await expect(
      world.database.change(`UPDATE payout SET ${change} WHERE id = ?`, [payoutId]),
    ).rejects.toThrow(/constraint/i);
  });
});

describe('the hold', () => {
  it('keeps every payout from an account that was entered or changed in the last 72 hours', async () => {
    campaignId = await world.fund(1_000n);
    const { id: payeeId } = await world.get(EnterPayee).execute(world.entry(campaignId));
    await world.get(ConfirmPayee).execute({ ...world.act(world.staff), payeeId, account: ACCOUNT });
    const payoutId = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, payoutId);
    await world.approve(world.second, payoutId);
    await expect(world.send(world.staff, payoutId)).rejects.toMatchObject(code('payee_on_hold'));
    const pass = (hours: number) =>
      Promise.all([
        world.database.change(
          `UPDATE payee SET changed_at = changed_at - INTERVAL ${hours} HOUR WHERE id = ?`,
          [payeeId],
        ),
        world.database.change(
          `UPDATE payout SET account_changed_at = account_changed_at - INTERVAL ${hours} HOUR WHERE id = ?`,
          [payoutId],
        ),
      ]);
    await pass(71);
    await expect(world.send(world.staff, payoutId)).rejects.toMatchObject(code('payee_on_hold'));
    await pass(1);
    expect(await world.send(world.staff, payoutId)).toMatchObject({ state: 'sent' });
    await world.confirm(world.clerk, payoutId);
  });

  it('a changed account stops what was proposed for the former one, before and after its release', async () => {
    campaignId = await world.fund(1_000n);
    const payeeId = await world.payee(campaignId);
    const released = await world.propose(campaignId, payeeId, 300n);
    const proposed = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, released);
    await world.approve(world.second, released);
    const account = '9558 8000 1111 2222';
    const change = {
      ...world.act(world.organiser),
      payeeId,
      name: '成都木工坊有限公司',
      bankName: '工商银行',
      account,
    };
    expect(await world.get(EnterPayee).change(change)).toMatchObject({ state: 'proposed' });
    await expect(world.send(world.staff, released)).rejects.toMatchObject(code('payee_changed'));
    await world.get(ConfirmPayee).execute({ ...world.act(world.staff), payeeId, account });
    await expect(world.send(world.staff, released)).rejects.toMatchObject(code('payee_changed'));
    await expect(world.approve(world.first, proposed)).rejects.toMatchObject(code('payee_changed'));
    const drop = (actor: Officer, payoutId: Id<'pyo'>) =>
      world.get(DropPayout).withdraw({ ...world.act(actor), payoutId, reason: '账户变更' });
    await expect(drop(world.staff, released)).rejects.toMatchObject(code('payment_forbidden'));
    expect(await drop(world.first, released)).toMatchObject({ state: 'withdrawn' });
    expect(await drop(world.staff, proposed)).toMatchObject({ state: 'withdrawn' });
    expect([await payable(), await inTransit(), await world.left(campaignId)]).toEqual([1_000n, 0n, 1_000n]);
  });
});

describe('at the same time', () => {
  it('of twenty who release the same sum, as many get through as the money holds', async () => {
    campaignId = await world.fund(1_000n);
    const payeeId = await world.payee(campaignId);
    const payouts: Id<'pyo'>[] = [];
    for (let n = 0; n < 20; n += 1) {
      payouts.push(await world.propose(campaignId, payeeId, 300n));
      await world.approve(world.first, payouts[n]!);
    }
    const answers = await Promise.allSettled(
      payouts.map((payoutId) => world.approve(world.second, payoutId)),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(answers.length - refused.length).toBe(3);
    for (const { reason } of refused) expect(reason).toMatchObject(code('payout_exceeds_budget'));
    expect([await payable(), await inTransit()]).toEqual([100n, 900n]);
    const open = payouts.filter((_, at) => answers[at]!.status === 'fulfilled');
    for (const payoutId of open) {
      await world.send(world.staff, payoutId);
      await world.confirm(world.clerk, payoutId);
    }
  });

  it('one release, one sending and one confirmation of twenty each count', async () => {
    campaignId = await world.fund(500n);
    const payoutId = await world.propose(campaignId, await world.payee(campaignId), 500n);
    await world.approve(world.first, payoutId);
    const twenty = async (act: () => Promise<unknown>) =>
      (await Promise.allSettled(Array.from({ length: 20 }, act))).filter(
        ({ status }) => status === 'fulfilled',
      ).length;
    expect(await twenty(() => world.approve(world.second, payoutId))).toBe(1);
    expect(await twenty(() => world.send(world.staff, payoutId))).toBe(1);
    expect(await twenty(() => world.confirm(world.clerk, payoutId))).toBe(1);
    expect([await payable(), await inTransit()]).toEqual([0n, 0n]);
  });

  it('one act sent twenty times under one key is done once and answered alike', async () => {
    campaignId = await world.fund(500n);
    const payoutId = await world.propose(campaignId, await world.payee(campaignId), 500n);
    const act = { ...world.act(world.first), payoutId };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.get(ApprovePayout).execute(act)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ id: payoutId, state: 'approved_once' })]),
    );
  });
});

describe('money that comes back', () => {
  it('from the bank is payable again, and the payee may be paid anew', async () => {
    campaignId = await world.fund(500n);
    const payeeId = await world.payee(campaignId);
    const payoutId = await world.propose(campaignId, payeeId, 500n);
    await world.approve(world.first, payoutId);
    await world.approve(world.second, payoutId);
    await world.send(world.staff, payoutId);
    const back = (actor: Officer) =>
      world.get(PayOut).takeBack({ ...world.act(actor), payoutId, voucher: 'R-1', reason: '户名不符' });
    await expect(back(world.staff)).rejects.toMatchObject(code('same_person'));
    expect(await back(world.clerk)).toMatchObject({ state: 'returned' });
    expect([await payable(), await inTransit(), await world.left(campaignId)]).toEqual([500n, 0n, 500n]);
    await world.payOut(campaignId, payeeId, 500n);
    expect(await payable()).toBe(0n);
  });

  it('from the payee counts when a second person saw the voucher, and never beyond what was paid', async () => {
    campaignId = await world.fund(500n);
    const payoutId = await world.payOut(campaignId, await world.payee(campaignId), 500n);
    const enter = (amount: bigint, voucher: string, actor = world.staff) =>
      world
        .get(EnterClawBack)
        .execute({ ...world.act(actor), payoutId, amount, voucher, reason: '验收不合格' });
    const decide = (actor: Officer, clawBackId: Id<'clw'>, voucher: string) =>
      world.get(DecideClawBack).confirm({ ...world.act(actor), clawBackId, voucher });
    const { id: first } = await enter(300n, 'C-1');
    await expect(enter(100n, 'C-1')).rejects.toMatchObject(code('claw_back_voucher_used'));
    await expect(enter(201n, 'C-2')).rejects.toMatchObject(code('claw_back_exceeds_payout'));
    await expect(enter(1n, 'C-3', officer('fund_approver', id('com')))).rejects.toMatchObject(
      code('payout_not_found'),
    );
    await expect(decide(world.staff, first, 'C-1')).rejects.toMatchObject(code('same_person'));
    await expect(decide(world.first, first, 'C-9')).rejects.toMatchObject(code('payout_invalid'));
    expect(await payable()).toBe(0n);
    expect(await decide(world.first, first, 'C-1')).toEqual({ id: first, state: 'confirmed' });
    expect([await payable(), await world.left(campaignId)]).toEqual([300n, 300n]);
    const { id: wrong } = await enter(200n, 'C-4');
    const refusal = { ...world.act(world.clerk), clawBackId: wrong, voucher: null };
    expect(await world.get(DecideClawBack).refuse(refusal)).toMatchObject({ state: 'refused' });
    const races = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => enter(150n, `D-${n}`)));
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [shown] = await world.get(ReadPayouts).ofCampaign(campaignId, null, 10);
    expect(shown?.clawedBack).toBe(300n);
  });
});

describe('a blocked custody account', () => {
  it('lets nothing be released or sent, and says why', async () => {
    campaignId = await world.fund(500n);
    const payeeId = await world.payee(campaignId);
    const released = await world.propose(campaignId, payeeId, 200n);
    await world.approve(world.first, released);
    await world.approve(world.second, released);
    const waiting = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, waiting);
    const blocks = world.get(PayoutBlocks);
    const { find } = blocks;
    blocks.find = () => Promise.resolve('the day of 24 November is not closed');
    try {
      const blocked = { code: 'payout_blocked', details: { reason: 'the day of 24 November is not closed' } };
      await expect(world.approve(world.second, waiting)).rejects.toMatchObject(blocked);
      await expect(world.send(world.staff, released)).rejects.toMatchObject(blocked);
    } finally {
      blocks.find = find;
    }
    await world.send(world.staff, released);
    await world.confirm(world.clerk, released);
    expect(await world.get(ReadPayouts).waiting()).toBeGreaterThan(0);
  });
});
