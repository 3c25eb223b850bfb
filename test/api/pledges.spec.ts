import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { signedIn } from '../support/signed-in.js';

let api: TestApi;
let campaign: OpenCampaign;
let tokens: Map<Id<'per'>, string>;

beforeAll(async () => {
  api = await startApi();
  campaign = await openCampaign(api.testDatabase.database, {
    asks: [
      { kind: 'money', minimum: 100n, perPersonMax: 50_000n },
      { kind: 'labour', slots: [2] },
      { kind: 'planning' },
    ],
    paymentMode: 'pay_on_success',
    people: 4,
  });
  tokens = await signedIn(api.testDatabase.database, campaign.people);
});
afterAll(() => api.stop());

const as = (index: number): string => `Bearer ${tokens.get(campaign.people[index]!)}`;
let keys = 0;
const post = (index: number, body: object, key = `test-key-${(keys += 1)}`) =>
  request(api.url)
    .post(`/v1/campaigns/${campaign.campaignId}/pledges`)
    .set('authorization', as(index))
    .set('idempotency-key', key)
    .send(body);
const money = () => campaign.asks[0]!.id;

describe('POST /v1/campaigns/:id/pledges', () => {
  it('takes a promise and answers a repeated key with the same one', async () => {
    const body = { askId: money(), quantity: '10000', anonymous: true };
    const first = await post(0, body, 'key-of-neighbour-0');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      kind: 'money',
      quantity: '10000',
      state: 'promised',
      anonymous: true,
    });
    const again = await post(0, { anonymous: true, quantity: '10000', askId: money() }, 'key-of-neighbour-0');
    expect(again.body).toEqual(first.body);
    const other = await post(0, { ...body, quantity: '10001' }, 'key-of-neighbour-0');
    expect([other.status, other.body.code]).toEqual([422, 'pledge_key_reused']);
  });

  it.each<[string, number, string, () => object]>([
    ['a sum with a sign', 422, 'validation_failed', () => ({ askId: money(), quantity: '-1' })],
    ['a sum as a number', 422, 'validation_failed', () => ({ askId: money(), quantity: 100 })],
    ['full-width digits', 422, 'validation_failed', () => ({ askId: money(), quantity: '１２' })],
    ['an exponent', 422, 'validation_failed', () => ({ askId: money(), quantity: '1e3' })],
    [
      'a sum past the limit of numbers',
      422,
      'validation_failed',
      () => ({ askId: money(), quantity: '9007199254740993000' }),
    ],
    ['no sum', 422, 'pledge_invalid', () => ({ askId: money() })],
    ['a field of ours', 422, 'validation_failed', () => ({ askId: money(), quantity: '1', state: 'held' })],
    [
      'an ask of another campaign',
      422,
      'pledge_ask_unknown',
      () => ({ askId: `ask_${'0'.repeat(26)}`, quantity: '1' }),
    ],
    [
      'a slot on money',
      422,
      'pledge_slot_unknown',
      () => ({ askId: money(), quantity: '1', slotId: `slt_${'0'.repeat(26)}` }),
    ],
    ['labour without a slot', 422, 'pledge_invalid', () => ({ askId: campaign.asks[1]!.id })],
    [
      'more places than a pledge may take',
      422,
      'validation_failed',
      () => ({ askId: campaign.asks[1]!.id, slotId: campaign.asks[1]!.slots[0], places: 21 }),
    ],
    [
      'more places than are left',
      409,
      'pledge_slot_full',
      () => ({ askId: campaign.asks[1]!.id, slotId: campaign.asks[1]!.slots[0], places: 3 }),
    ],
    ['an empty idea', 422, 'validation_failed', () => ({ askId: campaign.asks[2]!.id, text: '   ' })],
    [
      'more than one person may give',
      422,
      'pledge_over_limit',
      () => ({ askId: money(), quantity: '50001' }),
    ],
    [
      'for somebody else without a role',
      403,
      'pledge_on_behalf_refused',
      () => ({
        askId: money(),
        quantity: '1',
        onBehalfOf: { personId: campaign.people[2]!, consentEvidence: '签了字的纸条' },
      }),
    ],
  ])('refuses %s', async (_what, status, code, body) => {
    const answer = await post(1, body());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('needs a key and a sign-in', async () => {
    const path = `/v1/campaigns/${campaign.campaignId}/pledges`;
    const noKey = await request(api.url)
      .post(path)
      .set('authorization', as(0))
      .send({ askId: money(), quantity: '1' });
    expect([noKey.status, noKey.body.code]).toEqual([400, 'idempotency_key_required']);
    const nobody = await request(api.url)
      .post(path)
      .set('idempotency-key', 'some-key-1')
      .send({ askId: money(), quantity: '1' });
    expect(nobody.status).toBe(401);
  });

  it('hides my pledge from my neighbour and shows the public no name of an anonymous one', async () => {
    const mine = await post(2, { askId: money(), quantity: '500', anonymous: true });
    const path = `/v1/pledges/${mine.body.id}`;
    expect((await request(api.url).get(path).set('authorization', as(2))).status).toBe(200);
    expect((await request(api.url).get(path).set('authorization', as(3))).status).toBe(404);
    const list = await request(api.url).get(`/v1/campaigns/${campaign.campaignId}/pledges?limit=100`);
    const shown = (list.body.items as { id: string; name: string | null }[]).find(
      ({ id }) => id === mine.body.id,
    );
    expect(shown).toMatchObject({ name: null });
    expect(JSON.stringify(list.body)).not.toContain(campaign.people[2]);
  });

  it('pages through the list without losing or repeating one', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await request(api.url).get(
        `/v1/campaigns/${campaign.campaignId}/pledges?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...(page.body.items as { id: string }[]).map(({ id }) => id));
      cursor = page.body.next as string;
    } while (cursor);
    const rows = await api.testDatabase.database.rows<{ id: string }>(
      'SELECT id FROM pledge ORDER BY id DESC',
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it('counts households and pledges on the card as on the page, and names the community', async () => {
    const { communityId } = await api.testDatabase.database
      .rows<{ communityId: string }>('SELECT community_id AS communityId FROM campaign')
      .then(([row]) => row!);
    const card = async () =>
      (await request(api.url).get(`/v1/campaigns?communityId=${communityId}`)).body.items[0];
    const page = async () => (await request(api.url).get(`/v1/campaigns/${campaign.campaignId}`)).body;
    const before = await card();
    const { body } = await post(3, { askId: money(), quantity: '300' });
    const after = await card();
    expect([after.households, BigInt(after.pledges as string)]).toEqual([
      before.households + 1,
      BigInt(before.pledges as string) + 1n,
    ]);
    const { households, pledges, community } = await page();
    expect(after).toMatchObject({ households, pledges, communityName: community.name });
    await request(api.url).post(`/v1/pledges/${body.id}/withdraw`).set('authorization', as(3));
    expect(await card()).toMatchObject({ households: before.households, pledges: before.pledges });
  });

  it('lists what I promised to one campaign, and nothing to another', async () => {
    const mine = async (query: string) =>
      (await request(api.url).get(`/v1/me/pledges${query}`).set('authorization', as(2))).body;
    const { items } = await mine('');
    expect(items.length).toBeGreaterThan(0);
    expect((await mine(`?campaignId=${campaign.campaignId}`)).items).toEqual(items);
    expect((await mine(`?campaignId=cmp_${'0'.repeat(26)}`)).items).toEqual([]);
    expect((await mine('?campaignId=plg_1')).code).toBe('validation_failed');
  });

  it('takes a promise back and tells what would happen now', async () => {
    const { body } = await post(3, { askId: money(), quantity: '700' });
    const forecast = () => request(api.url).get(`/v1/campaigns/${campaign.campaignId}/forecast`);
    const before = BigInt((await forecast()).body.asks[0].promised as string);
    const answer = await request(api.url).post(`/v1/pledges/${body.id}/withdraw`).set('authorization', as(3));
    expect([answer.status, answer.body.state]).toEqual([200, 'withdrawn']);
    expect(BigInt((await forecast()).body.asks[0].promised as string)).toBe(before - 700n);
  });

  it('answers a page that asks for the forecast again with 304 until somebody pledges', async () => {
    const ask = (etag: string) =>
      request(api.url).get(`/v1/campaigns/${campaign.campaignId}/forecast`).set('if-none-match', etag);
    const { etag = '' } = (await ask('"none"')).headers;
    expect((await ask(etag)).status).toBe(304);
    await post(3, { askId: money(), quantity: '100' });
    expect((await ask(etag)).status).toBe(200);
  });
});
