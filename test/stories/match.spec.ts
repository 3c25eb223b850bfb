import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EnterMatchReceipt, ForecastCampaign, RefuseMatchReceipt, type Pledge } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { SystemClock } from '@hehuo/platform';
import { ReadSettlement, TakeMatchMoney } from '@hehuo/settlement';
import { boundPool, linesOf, officerOf, poolSums } from '../support/match-pools.js';
import type { OpenCampaign } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const get = <T>(token: abstract new (...parts: never[]) => T): T => world.get(token);

/** A street gives three for one, at most 50 yuan a person, only if the residents' own part reaches 300 yuan. */
async function street(
  minimum: bigint,
): Promise<{ campaign: OpenCampaign; poolId: Id<'mpl'>; pledges: Pledge[] }> {
  const campaign = await world.campaign({
    ...{ asks: [{ kind: 'money', minimum }], paymentMode: 'pay_on_success', people: 4 },
  });
  const poolId = await boundPool(get, campaign, {
    ...{ factorBps: 30_000, total: 100_000n, capPerCampaign: 60_000n, capPerPerson: 50_000n },
    conditionMinimum: 30_000n,
  });
  const pledges = [];
  for (const [who, quantity] of [
    [0, 5_000n],
    [1, 10_000n],
    [2, 20_000n],
  ] as const)
    pledges.push(await world.pledge({ person: campaign.people[who]!, ...line(campaign), quantity }));
  return { campaign, poolId, pledges };
}

const receipt = ({ campaignId }: OpenCampaign, poolId: Id<'mpl'>, actor: Actor, amount: bigint) =>
  world.get(EnterMatchReceipt).execute({
    ...{ actor, campaignId, poolId, amount, voucher: 'BANK-0001', evidence: '银行回单第 1 号' },
    receivedAt: new SystemClock().now(),
  });
const binding = async ({ campaignId }: OpenCampaign): Promise<string> => {
  const row = await world.sql.row<Record<string, string>>(
    'SELECT state, reserved, confirmed, received, residents FROM match_campaign WHERE campaign_id = ?',
    [campaignId],
  );
  return Object.entries(row ?? {})
    .map(([name, value]) => `${name} ${value ?? '-'}`)
    .join(', ');
};

describe('a street matches three for one, only if the residents reach 300 yuan themselves', () => {
  it('is owed what was collected reached, received by two people, and payable with the residents’ money', async () => {
    const { campaign, poolId, pledges } = await street(30_000n);
    expect(await linesOf(world.sql, campaign.campaignId)).toEqual([
      '0 excluded_organiser unmatched',
      '30000 full conditional',
      '30000 capped_by_campaign conditional',
    ]);
    const forecast = await world.get(ForecastCampaign).execute(campaign.campaignId);
    expect(forecast.asks[0]?.counted).toBe(35_000n);
    expect(forecast.matches).toMatchObject([
      { residents: 35_000n, release: null, binding: { reserved: 60_000n } },
    ]);
    await world.passDeadline(campaign);
    expect(await binding(campaign)).toContain('state bound, reserved 60000');
    for (const pledge of pledges) await world.pay(pledge);
    await world.settled(campaign);
    expect(await world.outcome(campaign)).toBe('succeeded done');
    expect(await binding(campaign)).toBe(
      'state due, reserved 60000, confirmed 60000, received 0, residents 35000',
    );
    const staff = officerOf('community_staff');
    await expect(receipt(campaign, poolId, staff, 59_999n)).rejects.toMatchObject({
      code: 'match_receipt_invalid',
    });
    await receipt(campaign, poolId, staff, 60_000n);
    const { campaignId } = campaign;
    const mayConfirm = { ...staff, roles: [{ role: 'fund_approver', communityId: null }] } as const;
    const confirm = (actor: Actor) => world.get(TakeMatchMoney).execute({ actor, campaignId, poolId });
    await expect(confirm(mayConfirm)).rejects.toMatchObject({ code: 'match_same_person' });
    const refuse = { actor: officerOf('fund_approver'), campaignId, poolId, reason: '账上还没有' };
    await world.get(RefuseMatchReceipt).execute(refuse);
    await receipt(campaign, poolId, staff, 60_000n);
    const approver = officerOf('fund_approver');
    await Promise.all([confirm(approver), confirm(approver)]);
    expect(await binding(campaign)).toContain(
      'state received, reserved 60000, confirmed 60000, received 60000',
    );
    expect(await poolSums(world.sql, poolId)).toEqual({ reserved: '60000', released: '0', spent: '60000' });
    expect(await world.books(campaign)).toEqual([
      'gateway_clearing {custodian} fen: in 0 out 35000 pending 0 left -35000',
      'cash_clearing {custodian} fen: in 0 out 60000 pending 0 left -60000',
      'escrow {campaign} fen: in 35000 out 35000 pending 0 left 0',
      'payable {campaign} fen: in 95000 out 0 pending 0 left 95000',
      'promised_to {ask 0 money} fen_promised: in 35000 out 0 pending 0 left 35000',
      'match_to {campaign} fen_promised: in 60000 out 0 pending 0 left 60000',
    ]);
    const { asks, matches } = await world.get(ReadSettlement).execute(campaignId);
    expect(asks[0]?.collected.quantity).toBe(35_000n);
    expect(matches[0]?.binding).toMatchObject({ state: 'received', received: 60_000n });
  });

  it('owes nothing when too little of it was paid, though the goal was reached', async () => {
    const { campaign, poolId, pledges } = await street(20_000n);
    await world.passDeadline(campaign);
    await world.pay(pledges[0]!);
    await world.pay(pledges[2]!);
    await world.held(campaign, 2);
    await world.endCollection(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'succeeded done',
      'paid',
      'dropped',
      'paid',
    ]);
    expect(await linesOf(world.sql, campaign.campaignId)).toEqual([
      '0 excluded_organiser unmatched',
      '30000 full released dropped',
      '30000 capped_by_campaign released condition_missed',
    ]);
    expect(await binding(campaign)).toBe(
      'state released, reserved 0, confirmed 0, received 0, residents 25000',
    );
    expect(await poolSums(world.sql, poolId)).toEqual({ reserved: '0', released: '60000', spent: '0' });
    expect(await world.books(campaign)).toEqual([
      'gateway_clearing {custodian} fen: in 0 out 25000 pending 0 left -25000',
      'escrow {campaign} fen: in 25000 out 25000 pending 0 left 0',
      'payable {campaign} fen: in 25000 out 0 pending 0 left 25000',
      'promised_to {ask 0 money} fen_promised: in 25000 out 0 pending 0 left 25000',
      'match_to {campaign} fen_promised: in 0 out 0 pending 0 left 0',
    ]);
  });

  it('does not lift a campaign over its goal: the residents missed it by one fen and every sum goes back', async () => {
    const { campaign, poolId } = await street(35_001n);
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect(await world.outcome(campaign)).toBe('failed done');
    expect(await linesOf(world.sql, campaign.campaignId)).toEqual([
      '0 excluded_organiser unmatched',
      '30000 full released campaign_failed',
      '30000 capped_by_campaign released campaign_failed',
    ]);
    expect(await poolSums(world.sql, poolId)).toEqual({ reserved: '0', released: '60000', spent: '0' });
    expect(await world.books(campaign)).toEqual([
      'promised_to {ask 0 money} fen_promised: in 0 out 0 pending 0 left 0',
      'match_to {campaign} fen_promised: in 0 out 0 pending 0 left 0',
    ]);
  });
});
