import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, UnitOfWork, type Id } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { ReadReminders, ReadSettlement, RedriveItem, RemindPayers, ResumeRun } from '@hehuo/settlement';
import { checkInvariants } from '@hehuo/platform';
import { SETTLEMENT_INVARIANTS } from '@hehuo/settlement';
import type { OpenCampaign } from '../../support/open-campaign.js';
import { actorOf } from '../../support/world.js';
import { moduleOn, SettlementWorld } from './world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.start();
});
afterAll(() => world.stop());

const staffOf = ({ communityId }: Pick<OpenCampaign, 'communityId'>) =>
  actorOf('per_staff' as Id<'per'>, { roles: [{ role: 'community_staff', communityId }] });

const approverOf = ({ communityId }: Pick<OpenCampaign, 'communityId'>) =>
  actorOf('per_approver' as Id<'per'>, { roles: [{ role: 'fund_approver', communityId }] });

const stuck = (open: OpenCampaign) =>
  world.get(ReadSettlement).unsettled({
    ...{ actor: staffOf(open), campaignId: open.campaignId, state: 'needs_human', after: '', limit: 10 },
  });

const redrive = (open: OpenCampaign, pledgeId: Id<'plg'>, actor = staffOf(open)) =>
  world.get(RedriveItem).execute({ actor, campaignId: open.campaignId, pledgeId, reason: '凭证已找到' });

describe('a pledge that cannot be settled', () => {
  afterEach(() => world.expectSound());

  it('waits for a human with its reason, holds up nobody else, and goes on when its cause is repaired', async () => {
    const open = await world.campaign({
      asks: [
        { kind: 'money', minimum: 99_000n },
        { kind: 'goods', minimum: 1n },
      ],
      ...{ paymentMode: 'pay_now', people: 8 },
    });
    const paid = [];
    for (const who of [1, 2, 3]) {
      const pledge = await world.pledge(open, who, 0, { quantity: 700n });
      await world.pay(pledge);
      paid.push(pledge);
    }
    for (const who of [4, 5]) await world.pledge(open, who, 1);
    expect(await world.close(open)).toBe('failed');
    const bad = paid[1]!;
    const charge = (await world.sql.row<{ id: string }>(
      'SELECT winning_charge_id AS id FROM pledge WHERE id = ?',
      [bad.id],
    ))!.id;
    await world.sql.change('UPDATE pledge SET winning_charge_id = NULL WHERE id = ?', [bad.id]);
    await world.settle(open);
    expect(await stuck(open)).toMatchObject([
      { pledgeId: bad.id, state: 'needs_human', reason: expect.stringContaining('names no charge') },
    ]);
    expect(await world.get(ReadSettlement).needsHuman()).toBe(1);
    expect(await world.pledgeStates(open)).toEqual({ held: 1, refund_due: 2, released: 2 });
    expect(await world.view(open)).toMatchObject({
      ...{ run: { state: 'executing' }, progress: { items: 5, done: 2, waiting: 2, needsHuman: 1, due: 0 } },
    });
    // Not repaired: it comes back with its reason, and nothing else changes.
    await redrive(open, bad.id);
    await world.settle(open);
    expect(await stuck(open)).toHaveLength(1);
    await world.sql.change('UPDATE pledge SET winning_charge_id = ? WHERE id = ?', [charge, bad.id]);
    await redrive(open, bad.id);
    await world.sweepDry();
    expect(await stuck(open)).toEqual([]);
    expect(await world.pledgeStates(open)).toEqual({ refunded: 3, released: 2 });
    expect(await world.view(open)).toMatchObject({ run: { state: 'done' } });
  });

  it('is redriven by staff of its community only, and only while it is stuck', async () => {
    const open = await world.campaign({ asks: [{ kind: 'goods', minimum: 1n }] });
    const pledge = await world.pledge(open, 1, 0);
    await expect(redrive(open, pledge.id)).rejects.toMatchObject({ code: 'settlement_not_found' });
    await world.close(open);
    await world.settle(open);
    const stranger = staffOf({ communityId: 'com_elsewhere' as Id<'com'> });
    await expect(redrive(open, pledge.id, stranger)).rejects.toMatchObject({ code: 'settlement_forbidden' });
    await expect(redrive(open, pledge.id, actorOf(pledge.personId))).rejects.toMatchObject({
      code: 'settlement_forbidden',
    });
    await expect(redrive(open, pledge.id)).rejects.toMatchObject({ code: 'settlement_item_not_stuck' });
    const other = await world.campaign({ asks: [{ kind: 'goods', minimum: 1n }] });
    const foreign = await world.pledge(other, 1, 0);
    await expect(redrive(open, foreign.id)).rejects.toMatchObject({ code: 'settlement_item_not_found' });
  });

  it('never costs its neighbours in the same chunk: one promise of fifty was already taken back in the books', async () => {
    const open = await world.campaign({ asks: [{ kind: 'labour', minimum: 120n, slots: [60] }], people: 52 });
    const pledges = [];
    for (let who = 1; who <= 50; who += 1) pledges.push(await world.pledge(open, who, 0));
    const [bad] = pledges;
    const ledger = world.get(Ledger);
    await world.get(UnitOfWork).run((tx) => ledger.resolve(tx, 'void', [derivedId('trf', bad!.id)]));
    await world.close(open);
    await world.settle(open);
    expect(await world.pledgeStates(open)).toEqual({ confirmed: 49, promised: 1 });
    expect(await stuck(open)).toMatchObject([
      { pledgeId: bad!.id, reason: expect.stringContaining('reservation') },
    ]);
  });
});

describe('several processes at once', () => {
  it('settle one run together, each pledge once', async () => {
    const others = await Promise.all([1, 2].map(() => moduleOn(world.db.url, world.sandboxUrl, 6)));
    try {
      const open = await world.campaign({
        asks: [{ kind: 'money', minimum: 100n }],
        paymentMode: 'pay_now',
        people: 9,
      });
      for (let who = 1; who < 9; who += 1)
        await world.pay(await world.pledge(open, who, 0, { quantity: 100n }));
      await world.close(open);
      const { RunSettlement } = await import('@hehuo/settlement');
      const runs = [world.app, ...others, ...others].map((app) => app.get(RunSettlement, { strict: false }));
      await Promise.all(runs.map((run) => run.execute(open.campaignId)));
      await world.sweepDry();
      expect(await world.pledgeStates(open)).toEqual({ paid: 8 });
      expect(await world.balance('payable', open.campaignId)).toBe(800n);
      await world.expectSound();
    } finally {
      for (const app of others) await app.close();
    }
  });
});

describe('reminders of a collection', () => {
  it('are written once each at their distances, whoever looks and however often', async () => {
    const open = await world.campaign({
      asks: [{ kind: 'money', minimum: 100n }],
      paymentMode: 'pay_on_success',
    });
    const pledge = await world.pledge(open, 1, 0, { quantity: 100n });
    expect(await world.close(open)).toBe('collecting');
    const mine = () => world.get(ReadReminders).execute(pledge.personId, 10);
    expect(await mine()).toMatchObject([
      { pledge: { pledgeId: pledge.id, quantity: 100n }, remindedAt: null },
    ]);
    const remind = world.get(RemindPayers);
    const endsIn = (minutes: number) =>
      world.sql.change(
        'UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) + INTERVAL ? MINUTE WHERE id = ?',
        [...[minutes, open.campaignId]],
      );
    const written: number[] = [];
    for (const hours of [200, 71, 71, 47, 30, 23.9, 2]) {
      await endsIn(hours * 60);
      const all = await Promise.all([remind.execute(100), remind.execute(100), remind.execute(100)]);
      written.push(all.reduce((sum, n) => sum + n, 0));
    }
    expect(written).toEqual([0, 1, 0, 1, 0, 1, 1]);
    const rows = await world.sql.rows<{ n: string }>(
      "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'collection.reminder'",
    );
    expect(Number(rows[0]!.n)).toBe(4);
    expect(await mine()).toMatchObject([{ remindedAt: expect.any(Date), hoursBefore: 3 }]);
    expect(await world.get(ReadReminders).execute(open.people[2]!, 10)).toEqual([]);
    // What is paid meanwhile is asked for no more.
    await endsIn(60);
    await world.pay(pledge);
    expect(await mine()).toEqual([]);
  });
});

describe('books that do not agree', () => {
  it('halt the run instead of calling it done', async () => {
    const open = await world.campaign({ asks: [{ kind: 'goods', minimum: 1n }] });
    await world.pledge(open, 1, 0);
    await world.close(open);
    const fen = (code: 'gateway_clearing' | 'escrow', owner: string) =>
      ({ unit: 'fen', code, owner }) as const;
    const ledger = world.get(Ledger);
    // Seven fen that no pledge explains.
    await world.get(UnitOfWork).run((tx) =>
      ledger.post(tx, [
        {
          ...{ id: `trf_${'0'.repeat(25)}7` as Id<'trf'>, kind: 'single', amount: 7n, reason: 'charge-paid' },
          ...{
            debit: fen('gateway_clearing', open.custodyAccountId),
            credit: fen('escrow', open.campaignId),
          },
          ref: open.campaignId,
        },
      ]),
    );
    await world.settle(open);
    expect(await world.view(open)).toMatchObject({
      ...{ run: { state: 'halted', haltedReason: expect.stringContaining('7 fen') }, progress: { done: 1 } },
    });
    expect(await world.get(ReadSettlement).needsHuman()).toBeGreaterThan(0);
    const resume = (actor = approverOf(open)) =>
      world.get(ResumeRun).execute({ actor, campaignId: open.campaignId, reason: '差额已查明' });
    await expect(resume(staffOf(open))).rejects.toMatchObject({ code: 'settlement_forbidden' });
    // Not corrected: it halts again.
    await resume();
    await world.settle(open);
    expect(await world.view(open)).toMatchObject({ run: { state: 'halted' } });
    const breaches = await checkInvariants(world.sql, SETTLEMENT_INVARIANTS);
    expect(breaches.map(({ invariant }) => invariant)).toEqual(['settlement.escrow']);
    await world.get(UnitOfWork).run((tx) =>
      ledger.post(tx, [
        {
          ...{ id: `trf_${'0'.repeat(25)}8` as Id<'trf'>, kind: 'single', amount: 7n, reason: 'correction' },
          ...{
            debit: fen('escrow', open.campaignId),
            credit: fen('gateway_clearing', open.custodyAccountId),
          },
          ref: open.campaignId,
        },
      ]),
    );
    await resume();
    await world.settle(open);
    expect(await world.view(open)).toMatchObject({ run: { state: 'done', haltedReason: null } });
    await expect(resume()).rejects.toMatchObject({ code: 'settlement_not_halted' });
  });
});
