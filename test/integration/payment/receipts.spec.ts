import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  ActivateCustodyAccount,
  ActivePeople,
  CloseCustodyAccount,
  ConfirmHandRefund,
  ConfirmReceipt,
  CustodyCampaigns,
  EnterHandRefund,
  EnterReceipt,
  ListReceipts,
  ListRefunds,
  ActivateChannel,
  ProposeChannel,
  ProposeCustodyAccount,
  ReadCharge,
  ReadCustody,
  RedriveRefund,
  RefuseReceipt,
  type EnterReceiptInput,
  type Officer,
  type PayablePledge,
} from '@hehuo/payment';
import type { TestCampaigns, TestPeople } from './ports.js';
import { ReadFile, UploadFile } from '@hehuo/platform';
import sharp from 'sharp';
import { id, nowMs, officer, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
});

/** An upload of the person, as small as a photo can be. */
async function photoOf(by: Id<'per'>): Promise<Id<'fil'>> {
  const create = { width: 8, height: 8, channels: 3, background: '#fff' } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  const upload = { by, purpose: 'receipt', source: Readable.from([bytes]) } as const;
  return (await world.get(UploadFile).execute(upload)).id;
}

let count = 0;
function entry(pledge: PayablePledge, over: Partial<EnterReceiptInput> = {}): EnterReceiptInput {
  count += 1;
  return {
    ...{
      actor: officer('community_staff', world.communityId),
      pledgeId: pledge.pledgeId,
      method: 'bank_transfer',
    },
    ...{ receiptNumber: `No. ${count}`, amount: pledge.amount, receivedAt: new Date(nowMs() - 60_000) },
    ...{ evidence: 'slip in the cash box, photo 12' },
    operationId: id('opr'),
    ...over,
  };
}

const confirm = (receiptId: Awaited<ReturnType<EnterReceipt['execute']>>, actor = officer('fund_approver')) =>
  world.get(ConfirmReceipt).execute({ actor, receiptId });

describe('money by hand', () => {
  it('counts when a second person confirms it, once', async () => {
    const pledge = await world.pledge(3_600n);
    const input = entry(pledge);
    const receiptId = await world.get(EnterReceipt).execute(input);
    expect((await world.pledgeRow(pledge)).winner).toBeNull();
    await expect(confirm(receiptId, input.actor)).rejects.toMatchObject({ code: 'same_person' });
    const payer = { ...officer('community_staff', world.communityId), personId: pledge.payerId };
    await expect(confirm(receiptId, payer)).rejects.toMatchObject({ code: 'same_person' });
    await expect(confirm(receiptId, officer('auditor'))).rejects.toMatchObject({ code: 'payment_forbidden' });
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => confirm(receiptId)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.pledgeRow(pledge)).winner).not.toBeNull();
    expect(await world.balance('escrow', world.campaignId)).toBe(3_600n);
    expect(await world.balance('cash_clearing', world.custodyAccountId)).toBe(-3_600n);
  });

  it('of another sum than promised goes back by hand', async () => {
    const pledge = await world.pledge(1_000n);
    const receiptId = await world
      .get(EnterReceipt)
      .execute(entry(pledge, { amount: 900n, method: 'bank_transfer' }));
    await confirm(receiptId);
    expect((await world.pledgeRow(pledge)).winner).toBeNull();
    await world.sweep();
    const [charge] = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(charge?.status).toBe('returning');
    const actor = officer('fund_approver');
    const list = await world
      .get(ListRefunds)
      .execute({ actor, states: ['needs_human'], after: null, limit: 10 });
    const refundId = list.find(({ pledgeId }) => pledgeId === pledge.pledgeId)!.id;
    await expect(
      world.get(RedriveRefund).execute({ actor, refundId, reason: 'again' }),
    ).rejects.toMatchObject({
      code: 'refund_not_by_hand',
    });
    await world.get(EnterHandRefund).execute({ actor, refundId, voucher: 'B-1', evidence: 'bank line 4' });
    await world.get(ConfirmHandRefund).execute({ actor: officer('fund_approver'), refundId, voucher: 'B-1' });
    expect((await world.get(ReadCharge).ofPledge(pledge.pledgeId))[0]?.status).toBe('returned');
    expect((await world.pledgeRow(pledge)).returned).toBe(900n);
  });

  it('that comes beside an online payment goes back', async () => {
    const pledge = await world.pledge(2_000n);
    const charge = await world.charge(pledge);
    const receiptId = await world.get(EnterReceipt).execute(entry(pledge));
    await world.pay(charge);
    await world.until('it is booked', async () => (await world.pledgeRow(pledge)).winner === charge.id);
    await confirm(receiptId);
    const views = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(views.map(({ charge: { bookedAs } }) => bookedAs).sort()).toEqual(['escrow', 'excess']);
  });

  it('is refused with a reason, and its number may then be entered again', async () => {
    const pledge = await world.pledge();
    const input = entry(pledge);
    const receiptId = await world.get(EnterReceipt).execute(input);
    const again = await Promise.all(Array.from({ length: 5 }, () => world.get(EnterReceipt).execute(input)));
    expect(new Set([...again, receiptId]).size).toBe(1);
    await expect(world.get(EnterReceipt).execute({ ...input, amount: 1n })).rejects.toMatchObject({
      code: 'receipt_operation_reused',
    });
    const twin = { ...input, operationId: id('opr') };
    await expect(world.get(EnterReceipt).execute(twin)).rejects.toMatchObject({
      code: 'receipt_number_used',
    });
    await world.get(RefuseReceipt).execute({ actor: input.actor, receiptId, reason: 'wrong pledge' });
    await expect(confirm(receiptId)).rejects.toMatchObject({ code: 'state_conflict' });
    const second = await world.get(EnterReceipt).execute(twin);
    const open = await world.get(ListReceipts).execute({
      ...{ actor: officer('fund_approver', world.communityId), communityId: world.communityId },
      ...{ state: 'entered', after: null, limit: 100 },
    });
    expect(open.map((receipt) => receipt.id)).toContain(second);
  });

  it('in cash needs a photo of the slip, which officers and the payer may see', async () => {
    const pledge = await world.pledge();
    const input = entry(pledge, { method: 'cash' });
    const enter = (fileIds: readonly Id<'fil'>[], over: Partial<EnterReceiptInput> = {}) =>
      world.get(EnterReceipt).execute({ ...input, ...over, fileIds });
    await expect(enter([])).rejects.toMatchObject({ code: 'receipt_photo_required' });
    await expect(enter([await photoOf(id('per'))])).rejects.toMatchObject({ code: 'file_not_usable' });
    const photos = [await photoOf(input.actor.personId), await photoOf(input.actor.personId)];
    const receiptId = await enter(photos);
    expect(await enter([...photos].reverse())).toBe(receiptId);
    await expect(enter(photos.slice(1))).rejects.toMatchObject({ code: 'receipt_operation_reused' });
    const twin = { operationId: id('opr'), receiptNumber: `twin ${receiptId}` };
    await expect(enter(photos, twin)).rejects.toMatchObject({ code: 'file_not_usable' });
    const read = (reader: Officer) => world.get(ReadFile).execute(reader, photos[0]!, 'small');
    const payer = { personId: pledge.payerId, roles: [] };
    for (const reader of [officer('auditor', world.communityId), officer('fund_approver'), payer])
      (await read(reader)).content.destroy();
    for (const reader of [
      officer('auditor', id('com')),
      officer('platform_admin'),
      { ...payer, personId: id('per') },
    ])
      await expect(read(reader)).rejects.toMatchObject({ code: 'file_not_found' });
    await confirm(receiptId);
  });

  it('is refused where it cannot be', async () => {
    const pledge = await world.pledge();
    const enter = (over: Partial<EnterReceiptInput>) => world.get(EnterReceipt).execute(entry(pledge, over));
    await expect(enter({ pledgeId: id('plg') })).rejects.toMatchObject({ code: 'receipt_invalid' });
    await expect(enter({ amount: 0n })).rejects.toMatchObject({ code: 'receipt_invalid' });
    await expect(enter({ receivedAt: new Date(nowMs() + 60_000) })).rejects.toMatchObject({
      code: 'receipt_invalid',
    });
    await expect(enter({ actor: officer('community_staff', id('com')) })).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
  });
});

describe('a custody account', () => {
  const propose = (over: object = {}) => ({
    ...{ actor: officer('community_staff', world.communityId), communityId: world.communityId },
    ...{ ownerName: '社区基金会', ownerKind: 'foundation' as const },
    signatories: [id('per'), id('per')] as const,
    ...over,
  });

  it('takes money when another person activated it, and none after it is closed', async () => {
    const input = propose();
    const accountId = await world.get(ProposeCustodyAccount).execute(input);
    const pledge = await world.pledge();
    const wish = { ...pledge, custodyAccountId: accountId };
    await expect(world.charge(wish)).rejects.toMatchObject({ code: 'custody_account_not_active' });
    const both = { ...input.actor, roles: [{ role: 'fund_approver', communityId: null }] };
    await expect(world.get(ActivateCustodyAccount).execute({ actor: both, accountId })).rejects.toMatchObject(
      {
        code: 'same_person',
      },
    );
    await expect(
      world.get(ActivateCustodyAccount).execute({ actor: officer('platform_admin'), accountId }),
    ).rejects.toMatchObject({ code: 'payment_forbidden' });
    await world.get(ActivateCustodyAccount).execute({ actor: officer('fund_approver'), accountId });
    const channelId = await world.get(ProposeChannel).execute({
      ...{ actor: input.actor, custodyAccountId: accountId, gateway: 'sandbox', merchantRef: 'foundation-1' },
    });
    await world.get(ActivateChannel).execute({ actor: officer('fund_approver'), channelId });
    expect((await world.charge(wish)).state).toBe('pending');
    const close = () =>
      world.get(CloseCustodyAccount).execute({ actor: officer('fund_approver'), accountId });
    const campaigns = world.get(CustodyCampaigns) as TestCampaigns;
    campaigns.waiting = 1;
    await expect(close()).rejects.toMatchObject({ code: 'custody_account_in_use' });
    expect(await world.get(ReadCustody).byId(accountId)).toMatchObject({ account: { state: 'active' } });
    campaigns.waiting = 0;
    await close();
    await expect(
      world.charge({ ...(await world.pledge()), custodyAccountId: accountId }),
    ).rejects.toMatchObject({
      code: 'custody_account_not_active',
    });
    await expect(
      world.get(ActivateCustodyAccount).execute({ actor: officer('fund_approver'), accountId }),
    ).rejects.toMatchObject({ code: 'state_conflict' });
    expect(await world.get(ReadCustody).byId(accountId)).toMatchObject({
      account: { state: 'closed', ownerKind: 'foundation' },
    });
  });

  it('without a channel takes money by hand only', async () => {
    const accountId = await world.get(ProposeCustodyAccount).execute(propose({ ownerKind: 'owners' }));
    await world.get(ActivateCustodyAccount).execute({ actor: officer('fund_approver'), accountId });
    await expect(
      world.charge({ ...(await world.pledge()), custodyAccountId: accountId }),
    ).rejects.toMatchObject({
      code: 'custody_account_not_active',
    });
  });

  it('needs two signatories, and staff of its community', async () => {
    const one = id('per');
    const bad = (over: object) => world.get(ProposeCustodyAccount).execute(propose(over));
    await expect(bad({ signatories: [one, one] })).rejects.toMatchObject({ code: 'custody_account_invalid' });
    await expect(bad({ actor: officer('fund_approver') })).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
  });

  it('is neither proposed nor activated for a signatory who is not there', async () => {
    const people = world.get(ActivePeople) as TestPeople;
    const signatories = [id('per'), id('per')] as const;
    people.gone.add(signatories[1]);
    const refusal = { code: 'custody_signatory_unknown', details: { personIds: [signatories[1]] } };
    await expect(world.get(ProposeCustodyAccount).execute(propose({ signatories }))).rejects.toMatchObject(
      refusal,
    );
    people.gone.clear();
    const accountId = await world.get(ProposeCustodyAccount).execute(propose({ signatories }));
    people.gone.add(signatories[1]);
    const approval = { actor: officer('fund_approver'), accountId };
    await expect(world.get(ActivateCustodyAccount).execute(approval)).rejects.toMatchObject(refusal);
    people.gone.clear();
    await world.get(ActivateCustodyAccount).execute(approval);
    expect(await world.get(ReadCustody).byId(accountId)).toMatchObject({ account: { state: 'active' } });
  });

  it('cannot be activated by its proposer even in the database', async () => {
    const proposer = officer('community_staff', world.communityId);
    const accountId = await world.get(ProposeCustodyAccount).execute(propose({ actor: proposer }));
    await expect(
      world.database.change("UPDATE custody_account SET state = 'active', approved_by = ? WHERE id = ?", [
        ...[proposer.personId, accountId],
      ]),
    ).rejects.toThrow();
  });
});
