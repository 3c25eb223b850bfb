import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AdmitPledges, ReadMatches, WithdrawPledge, type MatchPoolDraft } from '@hehuo/campaign';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { activePool, bind, boundPool, linesOf, partnerOf, poolSums } from '../../support/match-pools.js';
import { openCampaign, type CampaignFixture, type OpenCampaign } from '../../support/open-campaign.js';
import { line } from '../../support/pledging.js';
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

describe('a pledge with a pool behind it', () => {
  it('is matched by the factor first and the caps afterwards, and every line says why', async () => {
    const campaign = await moneyCampaign();
    const poolId = await boundPool(get, campaign, {
      ...{ factorBps: 30_000, total: 10_000n, capPerCampaign: 9_000n, capPerPerson: 4_000n },
    });
    for (const [who, quantity] of [
      [1, 1_000n],
      [1, 1_000n],
      [2, 1_500n],
      [3, 900n],
      [0, 500n],
    ] as const)
      await give(campaign, who, quantity);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '3000 full reserved',
      '1000 capped_by_person reserved',
      '4000 capped_by_person reserved',
      '1000 capped_by_campaign reserved',
      '0 excluded_organiser unmatched',
    ]);
    expect(await poolSums(sql(), poolId)).toEqual({ reserved: '9000', released: '0', spent: '0' });
  });

  it('is not matched for the organiser, a supplier’s member or the donor, nor for anybody of their households', async () => {
    const campaign = await moneyCampaign({ people: 8 });
    const [, member, donor, partnersDonor, neighbour] = campaign.people;
    const supplier = await partnerOf(sql(), [member!]);
    const firm = await partnerOf(sql(), [partnersDonor!]);
    // Two people behind one door.
    await sql().change(
      `UPDATE membership m JOIN membership o ON o.person_id = ? SET m.household_id = o.household_id WHERE m.person_id = ?`,
      [donor!, neighbour!],
    );
    const poolId = await activePool(
      get,
      [campaign.communityId],
      parties({ persons: [donor!], partners: [firm] }),
    );
    await bind(get, campaign.campaignId, poolId, [supplier]);
    for (const who of [0, 1, 2, 3, 4, 5]) await give(campaign, who, 100n);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '0 excluded_organiser unmatched',
      '0 excluded_supplier unmatched',
      '0 excluded_donor unmatched',
      '0 excluded_donor unmatched',
      '0 excluded_donor unmatched',
      '100 full reserved',
    ]);
  });

  it('needs parties to keep out that are somebody', async () => {
    const campaign = await moneyCampaign();
    const nobody = { persons: [newId('per', 0)], households: [newId('hhd', 0)], partners: [newId('ptn', 0)] };
    const pointers = ['/donorPersonIds/0', '/donorHouseholdIds/0', '/donorPartnerIds/0'];
    await expect(activePool(get, [campaign.communityId], parties(nobody))).rejects.toMatchObject({
      code: 'match_pool_invalid',
      details: { errors: pointers.map((pointer) => expect.objectContaining({ pointer, code: 'unknown' })) },
    });
    const poolId = await activePool(get, [campaign.communityId]);
    await expect(bind(get, campaign.campaignId, poolId, nobody.partners)).rejects.toMatchObject({
      ...{ code: 'match_pool_invalid', details: { errors: [{ pointer: '/supplierIds/0' }] } },
    });
  });

  it('tells the public nothing of who gave anonymously, and the giver everything', async () => {
    const campaign = await moneyCampaign();
    await boundPool(get, campaign);
    const organiser = campaign.people[0]!;
    const hidden = await world.pledge({
      person: organiser,
      ...line(campaign),
      quantity: 100n,
      anonymous: true,
    });
    const shown = await give(campaign, 1, 100n);
    const bound = await world.get(ReadMatches).ofCampaign(campaign.campaignId, null);
    const lines = await world.get(ReadMatches).lines(bound, campaign.campaignId, null, 10);
    expect(lines.map(({ pledgeId }) => pledgeId)).toEqual([shown.id]);
    const own = await world.get(ReadMatches).ofPledge(actorOf(organiser), hidden.id);
    expect(own.map(({ code }) => code)).toEqual(['excluded_organiser']);
  });

  it('explains itself to its payer for every pool, also where nothing is given', async () => {
    const campaign = await moneyCampaign({ asks: [{ kind: 'money' }, { kind: 'goods' }] });
    const early = await give(campaign, 1, 700n);
    await boundPool(get, campaign, { conditionMinimum: 5_000n });
    await boundPool(get, campaign, {
      unit: 'pieces',
      kinds: ['goods'],
      total: 3n,
      capPerCampaign: 3n,
      capPerPerson: 3n,
    });
    const pledge = await give(campaign, 1, 700n);
    const read = (pledgeId: Id<'plg'>) =>
      world.get(ReadMatches).ofPledge(actorOf(campaign.people[1]!), pledgeId);
    expect((await read(pledge.id)).map(({ code, amount, state }) => [code, amount, state])).toEqual([
      ['full', 700n, 'conditional'],
      ['kind_not_matched', 0n, 'unmatched'],
    ]);
    expect((await read(early.id)).map(({ code }) => code)).toEqual(['before_binding', 'kind_not_matched']);
    const stranger = world.get(ReadMatches).ofPledge(actorOf(campaign.people[2]!), pledge.id);
    await expect(stranger).rejects.toMatchObject({ code: 'pledge_not_found' });
  });

  it('gives its match back when it is withdrawn, and the next one can have it', async () => {
    const campaign = await moneyCampaign();
    const poolId = await boundPool(get, campaign, { total: 500n, capPerCampaign: 500n, capPerPerson: 500n });
    const pledge = await give(campaign, 1, 500n);
    await give(campaign, 2, 500n);
    const withdraw = () =>
      world.get(WithdrawPledge).execute({ actor: actorOf(campaign.people[1]!), pledgeId: pledge.id });
    await Promise.all([withdraw(), withdraw(), withdraw()]);
    await give(campaign, 3, 200n);
    expect(await linesOf(sql(), campaign.campaignId)).toEqual([
      '500 full released withdrawn',
      '0 pool_empty unmatched',
      '200 full reserved',
    ]);
    expect(await poolSums(sql(), poolId)).toEqual({ reserved: '200', released: '500', spent: '0' });
  });

  it('costs the same number of statements for one as for two hundred, and none without a pool', async () => {
    const people = 202;
    const ofMatch = /\bmatch_(pool|campaign|reservation|exclusion)\b/;
    const plain = await moneyCampaign({ people });
    const matched = await moneyCampaign({ people });
    await boundPool(get, matched);
    await give(plain, 201, 100n);
    // The first pledge makes the accounts, the second one remembers them.
    await give(matched, 201, 100n);
    await give(matched, 200, 100n);
    const proto = await world
      .get(UnitOfWork)
      .run(async (tx) => Object.getPrototypeOf(sqlOf(tx)) as SqlMethods);
    const counted = async (campaign: OpenCampaign, from: number, to: number): Promise<string[]> => {
      const spies = [jest.spyOn(proto, 'rows'), jest.spyOn(proto, 'change')];
      const requests = campaign.people.slice(from, to).map((personId, at) => ({
        ...{
          campaignId: campaign.campaignId,
          askId: campaign.asks[0]!.id,
          slotId: null,
          places: 1,
          quantity: 100n,
        },
        ...{ text: null, anonymous: false, personId, submittedBy: personId, consentEvidence: null },
        ...{ onceHash: `${campaign.campaignId}${at + from}`.padEnd(43, 'x'), requestHash: '0'.repeat(64) },
      }));
      const answers = await world.get(AdmitPledges).execute(campaign.campaignId, requests);
      expect(answers.every(({ ok }) => ok)).toBe(true);
      const texts = spies.flatMap((spy) => spy.mock.calls.map(([text]) => String(text)));
      spies.forEach((spy) => spy.mockRestore());
      return texts;
    };
    const [one, many] = [await counted(matched, 1, 2), await counted(matched, 2, 200)];
    expect(many.length).toBe(one.length);
    expect(many.filter((text) => ofMatch.test(text)).length).toBe(6);
    expect((await counted(plain, 1, 200)).filter((text) => ofMatch.test(text))).toEqual([]);
  });
});

interface SqlMethods {
  rows(text: string): unknown;
  change(text: string): unknown;
}
