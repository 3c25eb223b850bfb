import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { drainMinutes, DueCampaigns, ExpireUnpaid } from '@hehuo/campaign';
import { moveDeadlineOf } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

/** Payments there and back again take many rounds: long where many work on the machine. */
const testMs = 120_000;
/** Takes 100 yuan, no more. */
const oneRoom = () =>
  world.campaign({
    asks: [{ kind: 'money', minimum: 10_000n, cap: 10_000n }],
    paymentMode: 'pay_now',
    people: 2,
  });

describe('a place of pay_now that nobody pays', () => {
  it(
    'gives an unpaid place to somebody else when its own time is over, and sends money that came later back',
    async () => {
      const campaign = await oneRoom();
      const [dreamer, payer] = campaign.people;
      const dream = await world.pledge({ person: dreamer!, ...line(campaign), quantity: 10_000n });
      const order = await world.order(dream);
      const next = () => world.pledge({ person: payer!, ...line(campaign), quantity: 10_000n });
      await expect(next()).rejects.toMatchObject({ code: 'pledge_full' });
      await world.work();
      expect(await world.states(campaign)).toEqual(['awaiting_payment']);
      await world.faults({ match: { operation: 'pay' }, fault: 'late-success', times: 1 });
      await world.timeToPayIsOver(campaign);
      await world.until('it expired', async () => (await world.states(campaign)).includes('expired'));
      await world.pay(await next());
      expect((await world.payOrder(order)).status).toBe(200);
      await world.held(campaign, 1);
      await world.until('the late money went back', async () =>
        (await world.books(campaign)).includes('excess {campaign} fen: in 10000 out 10000 pending 0 left 0'),
      );
      await world.passDeadline(campaign);
      await world.settled(campaign);
      expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
        'succeeded done',
        'expired',
        'paid',
      ]);
    },
    testMs,
  );

  it('keeps the place while the gateway does not say whether it was paid, at most for the drain time', async () => {
    const campaign = await oneRoom();
    const [dreamer] = campaign.people;
    await world.order(await world.pledge({ person: dreamer!, ...line(campaign), quantity: 10_000n }));
    await world.faults(
      { match: { operation: 'query-order' }, fault: 'reject' },
      { match: { operation: 'close-order' }, fault: 'reject' },
    );
    await world.timeToPayIsOver(campaign);
    await world.work();
    await world.work();
    expect(await world.states(campaign)).toEqual(['awaiting_payment']);
    await world.timeToPayIsOver(campaign, drainMinutes);
    await world.work();
    expect(await world.states(campaign)).toEqual(['expired']);
    await world.faults();
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect(await world.outcome(campaign)).toBe('failed done');
  });

  it('leaves what was paid in time alone, and what the deadline ends to the decision', async () => {
    const campaign = await world.campaign({
      asks: [{ kind: 'money', minimum: 20_000n }],
      paymentMode: 'pay_now',
      people: 2,
      deadlineSeconds: 4 * 3600,
    });
    const [first, second] = campaign.people;
    const paid = await world.pledge({ person: first!, ...line(campaign), quantity: 10_000n });
    const open = await world.pledge({ person: second!, ...line(campaign), quantity: 10_000n });
    expect(paid.payBy!.getTime() - paid.createdAt.getTime()).toBe(2 * 3_600_000);
    await world.pay(paid);
    await world.held(campaign, 1);
    await world.timeToPayIsOver(campaign);
    await moveDeadlineOf(world.sql, campaign.campaignId, 0);
    const due = await world.get(DueCampaigns).withUnpaid(100);
    expect(due).not.toContain(campaign.campaignId);
    expect(await world.get(ExpireUnpaid).execute(campaign.campaignId, [open.id])).toBe(0);
    expect(await world.states(campaign)).toEqual(['held', 'awaiting_payment']);
    await world.work();
    await world.settled(campaign);
    expect(await world.states(campaign)).toEqual(['refunded', 'expired']);
  });
});
