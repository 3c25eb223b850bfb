import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOOK_INVARIANTS, WriteBook } from '@hehuo/book';
import { FoldLedger } from '@hehuo/ledger';
import { checkInvariants, FILE_INVARIANTS } from '@hehuo/platform';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';

const money = new MoneyApi();
let staff: Who;
let neighbour: Who;
let challengeId = '';

beforeAll(async () => {
  await money.start();
  await money.activeAccount();
  staff = money.person('community_staff');
  neighbour = money.person(null, { personId: money.campaign.people[2]! });
  const { body } = await money
    .as(staff, 'post', '/receipts')
    .set('idempotency-key', `receipt-${id('opr')}`)
    .send({
      ...{ pledgeId: money.pledges[0], method: 'bank_transfer', receiptNumber: 'No. 1', amount: '10000' },
      ...{ receivedAt: new Date(now().getTime() - 60_000).toISOString(), evidence: 'slip in the box' },
    });
  await money.as(money.person('fund_approver'), 'post', `/receipts/${body.id}/confirm`).expect(204);
  const get = money.api.app.get.bind(money.api.app);
  while (await get(FoldLedger, { strict: false }).execute());
  while (await get(WriteBook, { strict: false }).execute());
  const book = await money.nobody('get', `/campaigns/${money.campaign.campaignId}/book`).expect(200);
  const asked = await money
    .as(neighbour, 'post', `/book-lines/${book.body.items[0].id}/challenges`)
    .send({ text: '谁签的字？' });
  challengeId = asked.body.id;
}, 60_000);
afterAll(async () => {
  const all = [...FILE_INVARIANTS, ...BOOK_INVARIANTS];
  expect(await checkInvariants(money.api.testDatabase.database, all)).toEqual([]);
  await money.stop();
});

const answer = (fileIds: readonly string[], by = staff) =>
  money.as(by, 'post', `/challenges/${challengeId}/answers`).send({ text: '收据在这里', fileIds });
const thread = async () => (await money.nobody('get', `/challenges/${challengeId}`).expect(200)).body;
const everybody = async (fileId: string): Promise<number[]> => {
  const path = `/files/${fileId}`;
  const readers = [neighbour, money.person(null), money.person('auditor')];
  const answers = await Promise.all([
    money.nobody('get', path),
    ...readers.map((who) => money.as(who, 'get', path)),
  ]);
  return answers.map(({ status }) => status);
};

describe('files of an answer', () => {
  it('are read by everybody who may read the thread, and by nobody while they belong to none', async () => {
    const files = [await money.photo(staff), await money.photo(staff), await money.photo(staff)];
    expect(await everybody(files[0]!)).toEqual([401, 404, 404, 404]);
    expect((await answer(files)).status).toBe(204);
    const { messages } = await thread();
    expect(messages.map(({ fileIds }: { fileIds: string[] }) => fileIds)).toEqual([[], files]);
    for (const fileId of files) expect(await everybody(fileId)).toEqual([200, 200, 200, 200]);
    const { headers } = await money.nobody('get', `/files/${files[0]}`);
    expect(headers).toMatchObject({
      ...{ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
      ...{ 'cross-origin-resource-policy': 'same-origin', vary: 'authorization, cookie' },
    });
  });

  it('go with the text that staff hides', async () => {
    const fileId = await money.photo(staff);
    expect((await answer([fileId])).status).toBe(204);
    const { id: messageId } = (await thread()).messages.at(-1);
    const hide = `/challenges/${challengeId}/messages/${messageId}/hide`;
    await money.as(staff, 'post', hide).send({ reason: '照片里有门牌号' }).expect(204);
    expect((await thread()).messages.at(-1)).toMatchObject({ text: null, fileIds: [] });
    expect(await everybody(fileId)).toEqual([401, 404, 404, 404]);
    expect((await money.as(staff, 'get', `/files/${fileId}`)).status).toBe(404);
  });

  it('that are unknown, another’s, used or too many are refused, and nothing is said', async () => {
    const [own, foreign] = [await money.photo(staff), await money.photo(money.person('community_staff'))];
    const used = await money.photo(staff);
    await answer([used]).expect(204);
    const before = await thread();
    for (const files of [[id('fil')], [own, foreign], [own, used]]) {
      const { status, body } = await answer(files);
      expect([status, body.code]).toEqual([422, 'file_not_usable']);
    }
    const four = await answer([own, id('fil'), id('fil'), id('fil')]);
    expect([four.status, four.body.code]).toEqual([422, 'validation_failed']);
    const stranger = await answer([own], neighbour);
    expect([stranger.status, stranger.body.code]).toEqual([403, 'challenge_forbidden']);
    expect(await thread()).toEqual(before);
    const reply = { text: '看不清', fileIds: [own] };
    const asked = await money.as(neighbour, 'post', `/challenges/${challengeId}/replies`).send(reply);
    expect([asked.status, asked.body.code]).toEqual([422, 'validation_failed']);
    await answer([own]).expect(204);
  });
});
