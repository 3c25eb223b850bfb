import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ActivateMatchPool,
  BindMatchPool,
  CancelCampaign,
  CloseCampaign,
  CloseMatchPool,
  DecideCampaign,
  OpenCampaign as OpenCampaignUseCase,
  WithdrawPledge,
  type MatchPoolDraft,
} from '@hehuo/campaign';
import { ReadStatement } from '@hehuo/ledger';
import {
  activePool,
  bind,
  boundPool,
  linesOf,
  officerOf,
  partnerOf,
  poolSums,
  proposedPool,
} from '../../support/match-pools.js';
import { openCampaign, type CampaignFixture, type OpenCampaign } from '../../support/open-campaign.js';
import { line, moveDeadline } from '../../support/pledging.js';
import { actorOf, World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const get = <T>(token: abstract new (...parts: never[]) => T): T => world.get(token);
const sql = () => world.db.database;
const moneyCampaign = (over: Partial<CampaignFixture> = {}): Promise<OpenCampaign> =>
  openCampaign(sql(), { asks: [{ kind: 'money' }], paymentMode: 'pay_on_success', people: 6, ...over });
const give = (campaign: OpenCampaign, who: number, quantity: bigint, ask = 0) =>
  world.pledge({ person: campaign.people[who]!, ...line(campaign, ask), quantity });
const parties = (over: Partial<MatchPoolDraft['donors']>): Pick<MatchPoolDraft, 'donors'> => ({
  donors: { households: [], persons: [], partners: [], ...over },
});
const decide = async ({ campaignId }: OpenCampaign): Promise<string> => {
  await moveDeadline(world, campaignId, 0);
  await world.get(CloseCampaign).execute(campaignId);
  return world.get(DecideCampaign).execute(campaignId, true);
};

describe('a pool', () => {
  it('takes two people to commit and a third who is not the organiser to bind', async () => {
    const campaign = await moneyCampaign();
    const staff = officerOf('community_staff');
    const donor = actorOf(campaign.people[3]!, { roles: [{ role: 'fund_approver', communityId: null }] });
    const terms = parties({ persons: [donor.personId] });
    const poolId = await proposedPool(get, [campaign.communityId], terms, staff);
    const activate = (actor: typeof staff) => world.get(ActivateMatchPool).execute({ actor, poolId });
    const both = actorOf(staff.personId, { roles: [{ role: 'fund_approver', communityId: null }] });
    await expect(activate(staff)).rejects.toMatchObject({ code: 'match_forbidden' });
    await expect(activate(both)).rejects.toMatchObject({ code: 'match_same_person' });
    await expect(activate(donor)).rejects.toMatchObject({ code: 'match_same_person' });
    await expect(bind(get, campaign.campaignId, poolId)).rejects.toMatchObject({
      code: 'match_pool_not_active',
    });
    const approver = officerOf('fund_approver');
    await activate(approver);
    await activate(approver);
    const organiser = actorOf(campaign.organiserId, {
      roles: [{ role: 'community_staff', communityId: null }],
    });
    await expect(bind(get, campaign.campaignId, poolId, [], organiser)).rejects.toMatchObject({
      code: 'match_same_person',
    });
    await expect(
      bind(get, campaign.campaignId, poolId, [], actorOf(campaign.people[1]!)),
    ).rejects.toMatchObject({
      code: 'match_forbidden',
    });
    await bind(get, campaign.campaignId, poolId);
    await bind(get, campaign.campaignId, poolId);
    const log = await sql().rows<{ event: string }>(
      'SELECT event FROM state_log WHERE object_id = ? ORDER BY id',
      [poolId],
    );
    expect(log.map(({ event }) => event)).toEqual(['propose', 'activate']);
  });

  it('fits the community and the goal, and comes before the deadline', async () => {
    const campaign = await moneyCampaign();
    const elsewhere = await moneyCampaign();
    const other = await activePool(get, [elsewhere.communityId]);
    await expect(bind(get, campaign.campaignId, other)).rejects.toMatchObject({ code: 'match_pool_unfit' });
    const hours = await activePool(get, [campaign.communityId], { unit: 'minutes', kinds: ['labour'] });
    await expect(bind(get, campaign.campaignId, hours)).rejects.toMatchObject({ code: 'match_pool_unfit' });
    const money = await activePool(get, [campaign.communityId]);
    await moveDeadline(world, campaign.campaignId, 0);
    await expect(bind(get, campaign.campaignId, money)).rejects.toMatchObject({ code: 'match_too_late' });
  });

  it('lets a supplier’s part go when the supplier is named after the pledge', async () => {
    const campaign = await moneyCampaign();
    const poolId = await boundPool(get, campaign);
    await give(campaign, 1, 100n);
    await give(campaign, 2, 200n);
    const supplier = await partnerOf(sql(), [campaign.people[1]!]);
    const actor = officerOf('community_staff');
    const input = { actor, campaignId: campaign.campaignId, poolId, supplierIds: [supplier] };
    await world.get(BindMatchPool).execute(input);
    await world.get(BindMatchPool).execute(input);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '100 full released excluded_supplier',
      '200 full reserved',
    ]);
  });

  it('keeps what it reserved when it is closed, and what comes back goes home to the donor', async () => {
    const campaign = await moneyCampaign();
    const poolId = await boundPool(get, campaign, {
      total: 1_000n,
      capPerCampaign: 1_000n,
      capPerPerson: 1_000n,
    });
    const pledge = await give(campaign, 1, 300n);
    const approver = officerOf('fund_approver');
    await world.get(CloseMatchPool).execute({ actor: approver, poolId });
    await world.get(CloseMatchPool).execute({ actor: approver, poolId });
    await give(campaign, 2, 300n);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '300 full reserved',
      '0 pool_not_active unmatched',
    ]);
    await world.get(WithdrawPledge).execute({ actor: actorOf(campaign.people[1]!), pledgeId: pledge.id });
    await world.expectSound();
    const account = await world
      .get(ReadStatement)
      .account({ unit: 'fen_promised', code: 'match_pool', owner: poolId });
    expect(account).toMatchObject({ creditsPosted: 1_000n, debitsPosted: 1_000n, debitsPending: 0n });
  });
});

describe('the decision', () => {
  const hands = (people = 4): Promise<OpenCampaign> =>
    openCampaign(sql(), {
      asks: [
        { kind: 'labour', minimum: 120n, slots: [9] },
        { kind: 'goods', minimum: 5n, required: false },
      ],
      people,
    });
  const work = (campaign: OpenCampaign, who: number) =>
    world.pledge({ person: campaign.people[who]!, ...line(campaign), slotId: campaign.asks[0]!.slots[0]! });
  const hours = (conditionMinimum: bigint): Partial<MatchPoolDraft> => ({
    ...{ unit: 'minutes', kinds: ['labour', 'skilled_work'], conditionMinimum },
    ...{ total: 10_000n, capPerCampaign: 5_000n, capPerPerson: 5_000n },
  });
  const binding = (campaign: OpenCampaign, poolId: string) =>
    sql().row(
      'SELECT state, reserved, confirmed, residents FROM match_campaign WHERE campaign_id = ? AND pool_id = ?',
      [...[campaign.campaignId, poolId]],
    );

  it('turns hours and goods into a promise of the donor, and lets go what was for an ask that failed alone', async () => {
    const campaign = await hands();
    const poolId = await boundPool(get, campaign, hours(240n));
    const pieces = await boundPool(get, campaign, {
      ...{ unit: 'pieces', kinds: ['goods'], total: 9n, capPerCampaign: 9n, capPerPerson: 9n },
    });
    await work(campaign, 1);
    await work(campaign, 2);
    await give(campaign, 3, 2n, 1);
    expect(await decide(campaign)).toBe('succeeded');
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '120 full confirmed',
      '120 full confirmed',
      '2 full released ask_missed',
    ]);
    expect(await binding(campaign, poolId)).toEqual({
      ...{ state: 'promised', reserved: '240', confirmed: '240', residents: '240' },
    });
    expect(await binding(campaign, pieces)).toMatchObject({ state: 'released', confirmed: '0' });
    const account = await booked('minutes', campaign.campaignId);
    expect(account).toMatchObject({ creditsPosted: 240n, creditsPending: 0n });
  });

  it('lets everything go when the residents miss the condition, though the goal was reached', async () => {
    const campaign = await hands();
    const poolId = await boundPool(get, campaign, hours(241n));
    await work(campaign, 1);
    await work(campaign, 2);
    expect(await decide(campaign)).toBe('succeeded');
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '120 full released condition_missed',
      '120 full released condition_missed',
    ]);
    expect(await poolSums(sql(), poolId)).toEqual({ reserved: '0', released: '240', spent: '0' });
  });

  it('judges again who is kept out: somebody joined the supplier after the pledge', async () => {
    const campaign = await hands();
    const supplier = await partnerOf(sql(), []);
    const poolId = await activePool(get, [campaign.communityId], hours(0n));
    await bind(get, campaign.campaignId, poolId, [supplier]);
    await work(campaign, 1);
    await work(campaign, 2);
    await sql().change(
      "INSERT INTO partner_member (partner_id, person_id, duty, open_slot, added_by) VALUES (?, ?, 'member', 1, ?)",
      [supplier, campaign.people[1]!, campaign.people[1]!],
    );
    await decide(campaign);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '120 full released excluded_supplier',
      '120 full confirmed',
    ]);
  });

  it('gives everything back when the campaign fails or is cancelled', async () => {
    const failed = await hands();
    const poolId = await boundPool(get, failed, { ...hours(0n), unit: 'pieces', kinds: ['goods'] });
    await give(failed, 1, 2n, 1);
    expect(await decide(failed)).toBe('failed');
    expect(await linesOf(sql(), failed.campaignId)).toEqual(['2 full released campaign_failed']);
    const cancelled = await moneyCampaign();
    await boundPool(get, cancelled);
    await give(cancelled, 1, 200n);
    await world.get(CancelCampaign).execute({
      ...{ actor: officerOf('community_staff'), campaignId: cancelled.campaignId, reason: '物业已经修好了' },
    });
    expect(await linesOf(sql(), cancelled.campaignId)).toEqual(['200 full released campaign_cancelled']);
    expect(await poolSums(sql(), poolId)).toMatchObject({ reserved: '0', released: '2' });
  });

  async function booked(unit: 'minutes', owner: string) {
    await world.expectSound();
    return world.get(ReadStatement).account({ unit, code: 'match_to', owner });
  }
});

it('is bound before the campaign opens as well, and the intake knows of it', async () => {
  const campaign = await moneyCampaign();
  await sql().change('DELETE FROM ask_intake WHERE campaign_id = ?', [campaign.campaignId]);
  await sql().change('DELETE FROM intake WHERE campaign_id = ?', [campaign.campaignId]);
  await sql().change("UPDATE campaign SET state = 'notice', opened_at = NULL WHERE id = ?", [
    campaign.campaignId,
  ]);
  await boundPool(get, campaign);
  expect(
    await world
      .get(OpenCampaignUseCase)
      .execute(campaign.campaignId, { noticeSeconds: 0, openSecondsMin: 1 }),
  ).toBe('opened');
  await give(campaign, 1, 150n);
  expect(await linesOf(sql(), campaign.campaignId)).toEqual(['150 full reserved']);
});
