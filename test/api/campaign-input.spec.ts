import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CampaignApi, PARTS, type Method } from '../support/campaign-api.js';
import { actor, id, type Village } from '../support/launch-world.js';

const http = new CampaignApi();
let village: Village;
let campaign: string;

beforeAll(async () => {
  await http.start();
  village = await http.world.village();
  campaign = await http.draft(village);
});
afterAll(() => http.stop());

const story = (over: object) => ({ ...PARTS.story, ...over });
const rules = (over: object) => ({ ...PARTS.rules, ...over });
const goal = (over: object) => ({ asks: [{ ...PARTS.goal.asks[0], ...over }] });
const cost = (amount: unknown) => ({ lines: [{ title: '漆', amount }] });
const step = (over: object) => ({ steps: [{ title: '完工', dueOn: '2027-02-03', shareBps: 0, ...over }] });
const slot = (startsAt: string, endsAt: string) => goal({ slots: [{ startsAt, endsAt, capacity: 6 }] });
const need = { title: '缺灯', text: '楼道黑' };

const wrong = '422 validation_failed';
const invalid = '422 campaign_field_invalid';
/** Name, part, body, answer; written on version 0 of a fresh draft. */
const PART_CASES: [string, keyof typeof PARTS, object, string][] = [
  ['unknown field', 'place', { ...PARTS.place, state: 'open' }, wrong],
  ['control character', 'place', { placeText: 'a\u0000b' }, wrong],
  ['organiser from outside', 'story', story({ organiserId: 'me' }), wrong],
  ['title too long', 'story', story({ title: '长'.repeat(61) }), wrong],
  ['category nobody knows', 'story', story({ category: 'gambling' }), wrong],
  ['personal aid', 'story', story({ category: 'personal_aid' }), '422 category_blocked'],
  ['promise of return', 'story', story({ category: 'investment_return' }), '422 category_blocked'],
  ['amount with a point', 'costs', cost('12.5'), wrong],
  ['amount as a number', 'costs', cost(12), wrong],
  ['negative amount', 'costs', cost('-1'), wrong],
  ['full-width amount', 'costs', cost('１２'), wrong],
  ['amount past the limit', 'costs', cost('1000000001'), invalid],
  ['51 cost lines', 'costs', { lines: Array.from({ length: 51 }, () => cost('1').lines[0]) }, wrong],
  ['no such day', 'milestones', step({ dueOn: '2027-02-30' }), invalid],
  ['share above all', 'milestones', step({ shareBps: 10_001 }), wrong],
  ['a list for an ask', 'goal', { asks: [[]] }, wrong],
  ['a list for a slot', 'goal', goal({ slots: [[]] }), wrong],
  ['a list for a cost line', 'costs', { lines: [[]] }, wrong],
  ['a list for the extension', 'rules', rules({ extension: [] }), wrong],
  ['unknown kind', 'goal', goal({ kind: 'blood' }), wrong],
  ['wanted below minimum', 'goal', goal({ minimum: '700', wanted: '600' }), invalid],
  ['more than the slots hold', 'goal', goal({ wanted: '721' }), invalid],
  ['no slot', 'goal', goal({ slots: [] }), invalid],
  ['cap on labour', 'goal', goal({ cap: '900' }), invalid],
  ['slot without offset', 'goal', slot('2027-01-09T09:00', '2027-01-09T11:00'), wrong],
  ['slot backwards', 'goal', slot('2027-01-09T11:00Z', '2027-01-09T09:00Z'), invalid],
  ['slot of a day', 'goal', slot('2027-01-09T00:00Z', '2027-01-10T00:00Z'), invalid],
  ['money without a limit', 'goal', goal({ kind: 'money', slots: [] }), invalid],
  ['lent without return', 'goal', goal({ kind: 'goods', goodsMode: 'lend', slots: [] }), invalid],
  ['deadline 30 February', 'rules', rules({ deadline: '2027-02-30T20:00' }), invalid],
  ['deadline in words', 'rules', rules({ deadline: 'tomorrow' }), invalid],
  ['extension of 31 days', 'rules', rules({ extension: { daysMax: 31, reachedPercent: 0 } }), wrong],
  ['collection of an hour', 'rules', rules({ collectionHours: 1 }), wrong],
  ['script as a link', 'rules', rules({ externalUrl: 'javascript:alert(1)' }), invalid],
];

describe('a wrong part of a draft', () => {
  it.each(PART_CASES)('%s', async (_name, part, body, answer) => {
    const got = await http
      .call(village.people[0]!, 'put', `/campaigns/${campaign}/${part}`)
      .set('if-match', '"0"')
      .send(body);
    expect(`${got.status} ${got.body.code}`).toBe(answer);
    expect(got.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it.each([
    [undefined, '428 version_required'],
    ['W/"0"', '428 version_required'],
    ['0', '428 version_required'],
    ['"9"', '412 campaign_stale'],
  ])('on the version %s', async (version, answer) => {
    const sent = http.call(village.people[0]!, 'put', `/campaigns/${campaign}/place`);
    if (version !== undefined) void sent.set('if-match', version);
    const got = await sent.send(PARTS.place);
    expect(`${got.status} ${got.body.code}`).toBe(answer);
  });

  it('left nothing behind', async () => {
    const { body } = await http.call(village.people[0]!, 'get', `/campaigns/${campaign}`).expect(200);
    expect(body).toMatchObject({
      version: 0,
      title: '',
      asks: [],
      costs: [],
      milestones: [],
      deadline: null,
    });
  });
});

type Caller = 'organiser' | 'staff' | 'stranger' | 'nobody';
const judged = { items: [{ item: 'need', verdict: 'ok' }] };
/** Name, caller, method, path, body, answer. `{c}` is the draft, `{v}` the community. */
const CALL_CASES: [string, Caller, Method, string, object | undefined, string][] = [
  ['handing in nothing', 'organiser', 'post', '/campaigns/{c}/submit', undefined, '422 campaign_incomplete'],
  ['approving a draft', 'staff', 'post', '/campaigns/{c}/approve', undefined, '409 state_conflict'],
  ['judging a draft', 'staff', 'put', '/campaigns/{c}/review', judged, '409 not_in_review'],
  ['judging as a resident', 'organiser', 'put', '/campaigns/{c}/review', judged, '403 forbidden'],
  ['suspending a draft', 'staff', 'post', '/campaigns/{c}/suspend', { reason: 'x' }, '409 state_conflict'],
  [
    'resuming a draft',
    'staff',
    'post',
    '/campaigns/{c}/resume',
    { reason: 'x' },
    '409 campaign_not_suspended',
  ],
  [
    'objecting to a draft',
    'organiser',
    'post',
    '/campaigns/{c}/objections',
    { text: 'x' },
    '409 not_under_notice',
  ],
  [
    'extending a draft',
    'organiser',
    'post',
    '/campaigns/{c}/extend',
    { deadline: '2027-01-01T00:00' },
    '409 campaign_not_open',
  ],
  ['cancelling without a reason', 'organiser', 'post', '/campaigns/{c}/cancel', { reason: ' ' }, wrong],
  [
    'an account nobody knows',
    'staff',
    'put',
    '/campaigns/{c}/custody',
    { custodyAccountId: id('cus') },
    '422 custody_account_unfit',
  ],
  ['an id of another kind', 'nobody', 'get', `/campaigns/${id('ned')}`, undefined, '404 not_found'],
  ['nobody’s campaign', 'nobody', 'get', `/campaigns/${id('cmp')}`, undefined, '404 campaign_not_found'],
  ['a draft without a session', 'nobody', 'get', '/campaigns/{c}', undefined, '404 campaign_not_found'],
  ['nobody’s need', 'organiser', 'put', `/needs/${id('ned')}/me-too`, undefined, '404 need_not_found'],
  ['a need of a stranger', 'stranger', 'post', '/communities/{v}/needs', need, '403 not_a_member'],
  ['a need without a session', 'nobody', 'post', '/communities/{v}/needs', need, '401 sign_in_required'],
  ['a draft of a stranger', 'stranger', 'post', '/communities/{v}/campaigns', {}, '403 not_a_member'],
  [
    'a blocked start',
    'organiser',
    'post',
    '/communities/{v}/campaigns',
    { category: 'religion_politics' },
    '422 category_blocked',
  ],
  ['a search without words', 'nobody', 'get', '/communities/{v}/similar', undefined, wrong],
  [
    'a community nobody knows',
    'nobody',
    'get',
    `/communities/${id('com')}/similar?text=x`,
    undefined,
    '404 community_unknown',
  ],
  ['a cursor of one’s own', 'nobody', 'get', '/campaigns?cursor=WyJ4Il0', undefined, '422 cursor_invalid'],
  ['a state nobody knows', 'nobody', 'get', '/campaigns?state=dreaming', undefined, wrong],
  ['a page of 101', 'nobody', 'get', '/campaigns?limit=101', undefined, wrong],
  ['tasks for a resident', 'organiser', 'get', '/communities/{v}/tasks', undefined, '403 forbidden'],
  ['nobody’s task', 'staff', 'post', `/tasks/${id('tsk')}/done`, { note: 'x' }, '404 task_not_found'],
];

describe('a wrong call', () => {
  it.each(CALL_CASES)('%s', async (_name, caller, method, path, body, answer) => {
    const who = {
      organiser: village.people[0]!,
      staff: village.staff,
      stranger: actor(id('per')),
      nobody: null,
    }[caller];
    const target = path.replace('{c}', campaign).replace('{v}', village.communityId);
    const sent = http.call(who, method, target);
    const got = await (body === undefined ? sent : sent.send(body));
    expect(`${got.status} ${got.body.code}`).toBe(answer);
    expect(got.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('learns of every missing thing at once', async () => {
    const answer = await http.call(village.people[0]!, 'post', `/campaigns/${campaign}/submit`).expect(422);
    expect(answer.body.errors.length).toBeGreaterThan(8);
    expect(answer.body.errors[0]).toMatchObject({ pointer: '/story/title', code: 'missing' });
  });
});
