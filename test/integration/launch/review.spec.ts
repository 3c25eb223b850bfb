import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ApproveCampaign,
  EditDraft,
  ReadCampaign,
  ReadHistory,
  ReturnCampaign,
  ReviewCampaign,
  SetCustody,
  TakeBackCampaign,
  type CustodyFacts,
} from '@hehuo/campaign';
import {
  ALL_OK,
  AT_ONCE,
  actor,
  custodyOf,
  dayMs,
  id,
  LaunchWorld,
  minuteMs,
  type Village,
} from '../../support/launch-world.js';

let world: LaunchWorld;
let village: Village;

beforeAll(async () => {
  world = await LaunchWorld.start();
});
beforeEach(async () => {
  village = await world.village();
});
afterEach(() => world.expectSound());
afterAll(() => world.stop());

const organiser = () => village.people[0]!;
const review = (
  campaignId: Parameters<ReviewCampaign['execute']>[0]['campaignId'],
  items: typeof ALL_OK | never[],
) => world.get(ReviewCampaign).execute({ actor: village.staff, campaignId, items });
const approve = (campaignId: Parameters<ReviewCampaign['execute']>[0]['campaignId'], by = village.staff) =>
  world.get(ApproveCampaign).execute({ actor: by, campaignId, version: null, rehearsal: AT_ONCE });
const giveBack = (
  campaignId: Parameters<ReviewCampaign['execute']>[0]['campaignId'],
  reason: string | null,
) =>
  world.get(ReturnCampaign).execute({
    actor: village.staff,
    campaignId,
    version: null,
    items: reason === null ? [] : [{ item: 'costs', verdict: 'fix', reason }],
  });

describe('the review', () => {
  it('approves only when every item of this round is good and the custodian is known', async () => {
    const campaign = await world.submitted(village);
    await expect(approve(campaign.id)).rejects.toMatchObject({
      code: 'review_incomplete',
      details: { items: expect.arrayContaining(['need', 'privacy']) },
    });
    await review(campaign.id, ALL_OK.slice(1));
    await expect(approve(campaign.id)).rejects.toMatchObject({ details: { items: ['need'] } });
    await review(campaign.id, ALL_OK.slice(0, 1));
    await expect(approve(campaign.id)).rejects.toMatchObject({ code: 'custody_account_missing' });
    const account = custodyOf(campaign);
    const choose = (over: Partial<CustodyFacts>) =>
      world.get(SetCustody).execute({
        actor: village.staff,
        campaignId: campaign.id,
        account: { ...account, ...over },
      });
    for (const unfit of [
      { communityId: id('com') },
      { active: false },
      { holderKind: 'owners' },
      { online: false },
    ] as const) {
      await expect(choose(unfit)).rejects.toMatchObject({ code: 'custody_account_unfit' });
    }
    await expect(
      world.get(SetCustody).execute({ actor: organiser(), campaignId: campaign.id, account }),
    ).rejects.toMatchObject({ code: 'campaign_forbidden' });
    await choose({});
    expect(await approve(campaign.id)).toMatchObject({ state: 'notice', custodyAccountId: account.id });
  });

  it('says first that a draft is not to be judged, whatever else is wrong with it', async () => {
    const { id: campaignId } = await world.finished(village, organiser(), 2 * minuteMs);
    const usual = { actor: village.staff, campaignId, version: null };
    const conflict = { code: 'state_conflict', details: { state: 'draft' } };
    await expect(world.get(ApproveCampaign).execute(usual)).rejects.toMatchObject(conflict);
    await expect(giveBack(campaignId, '漆的报价附上')).rejects.toMatchObject(conflict);
    await expect(review(campaignId, ALL_OK)).rejects.toMatchObject({ code: 'not_in_review' });
    expect(await world.state(campaignId)).toBe('draft');
  });

  it('judges money where money is asked for', async () => {
    const campaign = await world.submitted(village);
    await expect(
      world.get(ReviewCampaign).execute({
        actor: village.staff,
        campaignId: campaign.id,
        items: [{ item: 'money', verdict: 'not_applicable', reason: null }],
      }),
    ).rejects.toMatchObject({ code: 'review_incomplete' });
    await expect(
      world.get(ReviewCampaign).execute({
        actor: village.staff,
        campaignId: campaign.id,
        items: [{ item: 'money', verdict: 'fix', reason: ' ' }],
      }),
    ).rejects.toMatchObject({ code: 'review_incomplete' });
  });

  it('returns with reasons, and keeps every round', async () => {
    const campaign = await world.submitted(village);
    await expect(giveBack(campaign.id, null)).rejects.toMatchObject({ code: 'review_incomplete' });
    expect(await giveBack(campaign.id, '漆的报价附上')).toMatchObject({ state: 'returned', round: 1 });
    const { campaign: returned } = await world.get(ReadCampaign).page(campaign.id, organiser());
    const changed = await world.edit(returned, organiser(), {
      part: 'costs',
      lines: [{ title: '乳胶漆 20 桶', amount: 360_000n }],
    });
    expect(await world.submit(changed, organiser())).toMatchObject({ state: 'in_review', round: 2 });
    // The verdicts of the first round do not count in the second.
    await expect(approve(campaign.id)).rejects.toMatchObject({ code: 'review_incomplete' });
    await world.approve(changed, village.staff);
    const rounds = (await world.get(ReadHistory).reviews(campaign.id, organiser())).map(({ round }) => round);
    expect(new Set(rounds)).toEqual(new Set([1, 2]));
    await expect(world.get(ReadHistory).reviews(campaign.id, village.people[1]!)).rejects.toMatchObject({
      code: 'campaign_forbidden',
    });
  });

  it('is not for the organiser, nor for staff of another community', async () => {
    const both = actor(organiser().personId, { roles: village.staff.roles });
    const campaign = await world.submitted(village);
    await expect(approve(campaign.id, both)).rejects.toMatchObject({ code: 'reviewer_is_organiser' });
    const elsewhere = actor(id('per'), { roles: [{ role: 'community_staff', communityId: id('com') }] });
    await expect(approve(campaign.id, elsewhere)).rejects.toMatchObject({ code: 'campaign_not_found' });
    await expect(approve(campaign.id, organiser())).rejects.toMatchObject({ code: 'campaign_forbidden' });
  });

  it('has one winner when it is approved and returned at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const campaign = await world.submitted(village);
      await world.judge(campaign, village.staff);
      const outcomes = await Promise.allSettled([
        approve(campaign.id),
        giveBack(campaign.id, '再想想'),
        world.get(TakeBackCampaign).execute({ actor: organiser(), campaignId: campaign.id, version: null }),
        approve(campaign.id),
      ]);
      const approved = outcomes[0]!.status === 'fulfilled' || outcomes[3]!.status === 'fulfilled';
      // A notice may be returned or taken back afterwards; a returned one is never approved without a new round.
      const state = await world.state(campaign.id);
      expect(['notice', 'returned', 'draft']).toContain(state);
      if (state === 'notice') expect(approved).toBe(true);
      expect([outcomes[0]!, outcomes[3]!].filter(({ status }) => status === 'fulfilled').length).toBeLessThan(
        2,
      );
    }
  });

  it('freezes what it judges', async () => {
    const campaign = await world.submitted(village);
    const edit = () =>
      world.get(EditDraft).execute({
        actor: organiser(),
        campaignId: campaign.id,
        version: campaign.version,
        change: { part: 'place', placeText: '别处' },
      });
    await expect(edit()).rejects.toMatchObject({ code: 'campaign_not_editable' });
    const back = await world
      .get(TakeBackCampaign)
      .execute({ actor: organiser(), campaignId: campaign.id, version: null });
    expect(back.state).toBe('draft');
  });

  it('does not approve what has too little time left', async () => {
    const campaign = await world.submitted(village, organiser(), 5 * dayMs);
    await world.judge(campaign, village.staff);
    await expect(
      world.get(ApproveCampaign).execute({ actor: village.staff, campaignId: campaign.id, version: null }),
    ).rejects.toMatchObject({ code: 'deadline_too_near' });
  });

  it('is told in the log, with masked names', async () => {
    const campaign = await world.noticed(village);
    const lines = await world.get(ReadHistory).logPage(campaign.id, null, { before: null, limit: 10 });
    expect(lines.map(({ event, to }) => `${event} ${to}`)).toEqual([
      'approve notice',
      'submit in_review',
      'create draft',
    ]);
    const [, older] = lines;
    const rest = await world.get(ReadHistory).logPage(campaign.id, null, { before: older!.id, limit: 10 });
    expect(rest.map(({ event }) => event)).toEqual(['create']);
    expect(JSON.stringify(lines)).not.toContain('per_');
  });
});
