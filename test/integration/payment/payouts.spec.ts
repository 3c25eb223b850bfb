import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  ConfirmPayee,
  DropPayout,
  EnterPayee,
  ProposePayout,
  ReadPayouts,
  ReadVouchers,
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
    // What the public book shows as its proof.
    const proof = (await world.get(ReadVouchers).ofRefs([payoutId])).get(payoutId);
    expect(proof).toMatchObject({ number: 'B-77', payer: null });
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
    world.belongsTo(payeePerson.personId);
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
