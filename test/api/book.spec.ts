import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WriteBook } from '@hehuo/book';
import { yuanToFen } from '@hehuo/kernel';
import { FoldLedger } from '@hehuo/ledger';
import { introduce } from '@hehuo/testing';
import request from 'supertest';
import type { Test } from 'supertest';
import { actorOf } from '../support/world.js';
import { cellsOf, unpaidCharge } from '../support/book-api.js';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';

const money = new MoneyApi();
let chargeId = '';
let lineId = '';
let challengeId = '';
let unpaid = '';

const payer = (): Who => money.person(null, { personId: money.campaign.people[0]! });
const neighbour = (): Who => money.person(null, { personId: money.campaign.people[2]! });
const staff = (): Who => money.person('community_staff');
const campaignPath = (rest = ''): string => `/campaigns/${money.campaign.campaignId}/book${rest}`;
const communityPath = (rest: string): string => `/communities/${money.campaign.communityId}/${rest}`;

beforeAll(async () => {
  await money.start();
  await money.activeAccount();
  const get = money.api.app.get.bind(money.api.app);
  await introduce(money.api.app, actorOf(money.campaign.people[0]!), { name: '王小明' });
  // A receipt number that a spreadsheet would run.
  for (const [which, receiptNumber] of ['=1+1', 'No. 2', 'No. 3'].entries()) {
    const { body } = await money
      .as(staff(), 'post', '/receipts')
      .set('idempotency-key', `receipt-${id('opr')}`)
      .send({
        ...{ pledgeId: money.pledges[which], method: 'bank_transfer', receiptNumber, amount: '10000' },
        ...{ receivedAt: new Date(now().getTime() - 60_000).toISOString(), evidence: 'slip in the box' },
      });
    await money.as(money.person('fund_approver'), 'post', `/receipts/${body.id}/confirm`).expect(204);
    if (which === 0) chargeId = `chg_${String(body.id).slice(4)}`;
  }
  while (await get(FoldLedger, { strict: false }).execute());
  while (await get(WriteBook, { strict: false }).execute());
  unpaid = await unpaidCharge(money, chargeId);
});
afterAll(() => money.stop());

describe('the public book over HTTP', () => {
  it('is read by everybody in pages, in both languages, and not again when nothing changed', async () => {
    const first = await money.nobody('get', campaignPath('?limit=2&lang=en')).expect(200);
    expect(first.body.totals).toEqual({
      received: '30000',
      returned: '0',
      spent: '0',
      held: '30000',
      lines: '3',
    });
    expect(first.body.items).toHaveLength(2);
    expect(first.body.items[0]).toMatchObject({
      ...{ number: '3', direction: 'in', flow: 'received', amount: '10000', balance: '30000' },
      ...{ what: 'Contribution received', reason: 'charge-paid', voucher: 'No. 3', challenges: 0 },
    });
    const rest = await money.nobody('get', campaignPath(`?limit=2&cursor=${first.body.next}`)).expect(200);
    expect([rest.body.items.length, rest.body.next]).toEqual([1, null]);
    expect(rest.body.items[0]).toMatchObject({ what: '收到出资', payer: { kind: 'named', name: '王**' } });
    lineId = rest.body.items[0].id;
    const tag = String(first.headers['etag']);
    await money.nobody('get', campaignPath('?limit=2&lang=en')).set('if-none-match', tag).expect(304);
    const community = await money.nobody('get', communityPath('book')).expect(200);
    expect(community.body.totals.held).toBe('30000');
    const line = await money.nobody('get', `/book-lines/${lineId}`).expect(200);
    expect(line.body).toMatchObject({ id: lineId, voucher: '=1+1', campaignId: money.campaign.campaignId });
    expect(JSON.stringify([first.body, rest.body])).not.toContain('王小明');
  });

  it.each(['campaign', 'community'])(
    'is a file of the %s that equals the screen to the fen',
    async (which) => {
      const path = which === 'campaign' ? campaignPath() : communityPath('book');
      const screen = await money.nobody('get', `${path}?limit=100`).expect(200);
      const file = await money.nobody('get', `${path}.csv`).buffer(true).expect(200);
      expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(file.headers['content-disposition']).toContain('attachment');
      expect(file.text.startsWith('\uFEFF')).toBe(true);
      const [header, ...rows] = cellsOf(file.text);
      expect(header!.slice(0, 3)).toEqual(['序号', '时间', '事项']);
      const fen = (yuan: string) => (yuan === '' ? '0' : String(yuanToFen(yuan)));
      const told = rows.map((row) => [
        row[0],
        fen(row[3]!),
        fen(row[4]!),
        fen(row[5]!),
        fen(row[6]!),
        row[8],
        row.at(-1),
      ]);
      const shown = [...screen.body.items].reverse().map((line) => {
        const of = (flow: string) => (line.flow === flow ? line.amount : '0');
        const sums = [of('received'), of('returned'), of('spent'), line.balance];
        return [line.number, ...sums, line.payer.name, line.id];
      });
      expect(told).toEqual(shown);
      // What a spreadsheet would take for a formula is a text.
      expect(rows[0]![7]).toBe("'=1+1");
    },
  );

  it('takes a question, an answer, and shows the thread', async () => {
    const asked = await money
      .as(neighbour(), 'post', `/book-lines/${lineId}/challenges`)
      .send({ text: '谁签的字？' });
    expect(asked.status).toBe(201);
    challengeId = asked.body.id;
    await money
      .as(staff(), 'post', `/challenges/${challengeId}/answers`)
      .send({ text: '见公告栏' })
      .expect(204);
    await money
      .as(payer(), 'post', `/challenges/${challengeId}/replies`)
      .send({ text: '看不清' })
      .expect(204);
    await money
      .as(staff(), 'post', `/challenges/${challengeId}/answers`)
      .send({ text: '已换大字' })
      .expect(204);
    await money.as(neighbour(), 'post', `/challenges/${challengeId}/settle`).expect(204);
    const { body } = await money.nobody('get', `/challenges/${challengeId}`).expect(200);
    expect(body).toMatchObject({ id: challengeId, lineId, state: 'settled', overdue: false, dueAt: null });
    expect(body.messages.map(({ speaker }: { speaker: string }) => speaker)).toEqual([
      ...['challenger', 'custodian', 'member', 'custodian'],
    ]);
    const hide = `/challenges/${challengeId}/messages/${body.messages[2].id}/hide`;
    await money.as(staff(), 'post', hide).send({ reason: '无关内容' }).expect(204);
    const hidden = await money.nobody('get', `/challenges/${challengeId}`).expect(200);
    expect(hidden.body.messages[2]).toMatchObject({ text: null, hiddenReason: '无关内容' });
    const list = await money.nobody('get', communityPath('challenges?state=settled')).expect(200);
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([challengeId]);
    const ofLine = await money.nobody('get', `/book-lines/${lineId}/challenges`).expect(200);
    expect(ofLine.body.items).toHaveLength(1);
  });

  it.each<[string, number, string, () => Test]>([
    ['a book of nothing', 404, 'book_not_found', () => money.nobody('get', `/campaigns/${id('cmp')}/book`)],
    [
      'a file of nothing',
      404,
      'book_not_found',
      () => money.nobody('get', `/communities/${id('com')}/book.csv`),
    ],
    ['a line of nothing', 404, 'book_line_not_found', () => money.nobody('get', `/book-lines/${id('bln')}`)],
    ['a cursor made up', 422, 'cursor_invalid', () => money.nobody('get', campaignPath('?cursor=WyItMSJd'))],
    ['a language of its own', 422, 'validation_failed', () => money.nobody('get', campaignPath('?lang=fr'))],
    [
      'a question unsigned',
      401,
      'sign_in_required',
      () => money.nobody('post', `/book-lines/${lineId}/challenges`),
    ],
    [
      'a question by a stranger',
      403,
      'book_members_only',
      () =>
        money.as(money.person(null), 'post', `/book-lines/${lineId}/challenges`).send({ text: '这是什么？' }),
    ],
    [
      'a question without words',
      422,
      'validation_failed',
      () => money.as(neighbour(), 'post', `/book-lines/${lineId}/challenges`).send({ text: ' ' }),
    ],
    [
      'an answer by a neighbour',
      403,
      'challenge_forbidden',
      () => money.as(payer(), 'post', `/challenges/${challengeId}/answers`).send({ text: '我来答' }),
    ],
    [
      'a thread of nothing',
      404,
      'challenge_not_found',
      () => money.nobody('get', `/challenges/${id('chl')}`),
    ],
    [
      'closing as a neighbour',
      403,
      'forbidden',
      () => money.as(payer(), 'post', `/challenges/${challengeId}/close`).send({ reason: '不想答' }),
    ],
    [
      'closing what is settled',
      409,
      'state_conflict',
      () => money.as(staff(), 'post', `/challenges/${challengeId}/close`).send({ reason: '已说明' }),
    ],
    [
      'a statement of nothing',
      404,
      'statement_not_found',
      () => money.nobody('get', `/statements/${id('stm')}`),
    ],
    [
      'its lines',
      404,
      'statement_not_found',
      () => money.nobody('get', `/statements/${id('stm')}/lines.csv`),
    ],
    [
      'statements of nowhere',
      404,
      'book_not_found',
      () => money.nobody('get', `/communities/${id('com')}/statements`),
    ],
  ])('%s is %i %s', async (_what, status, code, send) => {
    const { body } = await send();
    expect(body).toMatchObject({ status, code });
  });

  it('gives the key that statements are signed with', async () => {
    const { body } = await money.nobody('get', '/statement-key').expect(200);
    expect(body.items).toEqual([
      {
        ...{ keyId: expect.stringMatching(/^[0-9a-f]{16}$/), algorithm: 'Ed25519', current: true },
        ...{ publicKey: expect.stringMatching(/^MCowBQYDK2VwAyEA/), since: expect.any(String) },
      },
    ]);
    expect((await money.nobody('get', communityPath('statements'))).body).toEqual({ items: [], next: null });
  });
});

describe('a payer’s receipt over HTTP', () => {
  const put = (who: Who, path: string, body: object): Test =>
    request(money.api.url).put(`/v1${path}`).set('authorization', `Bearer ${who.token}`).send(body);
  const charity = { number: '0001234', issuer: '某某基金会', issuedOn: '2026-11-25' };

  it('is a PDF for the payer alone, with the number that staff enter later', async () => {
    const path = `/charges/${chargeId}/receipt.pdf`;
    const plain = await money.as(payer(), 'get', path).buffer(true).expect(200);
    expect(plain.headers['content-type']).toBe('application/pdf');
    expect(Buffer.from(plain.body).toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await money.as(neighbour(), 'get', path)).body).toMatchObject({
      status: 404,
      code: 'charge_not_found',
    });
    expect((await money.as(staff(), 'get', path)).body).toMatchObject({ status: 404 });
    const entered = await put(staff(), `/charges/${chargeId}/charity-receipt`, charity);
    expect([entered.status, entered.body]).toEqual([200, { chargeId, ...charity }]);
    const again = await put(staff(), `/charges/${chargeId}/charity-receipt`, {
      ...charity,
      number: '0009999',
    });
    expect(again.body.number).toBe('0009999');
    const filled = await money.as(payer(), 'get', `${path}?lang=en`).buffer(true).expect(200);
    expect(Number(filled.headers['content-length'])).not.toBe(Number(plain.headers['content-length']));
  });

  it.each<[string, number, string, () => Test]>([
    [
      'a number entered by a neighbour',
      403,
      'forbidden',
      () => put(payer(), `/charges/${chargeId}/charity-receipt`, charity),
    ],
    [
      'a number for a payment of nobody',
      404,
      'payer_receipt_not_found',
      () => put(staff(), `/charges/${id('chg')}/charity-receipt`, charity),
    ],
    [
      'a number by staff of another community',
      404,
      'payer_receipt_not_found',
      () =>
        put(
          money.person('community_staff', { roles: [{ role: 'community_staff', communityId: id('com') }] }),
          `/charges/${chargeId}/charity-receipt`,
          charity,
        ),
    ],
    [
      'a day that does not exist',
      422,
      'charity_receipt_invalid',
      () => put(staff(), `/charges/${chargeId}/charity-receipt`, { ...charity, issuedOn: '2026-02-30' }),
    ],
    [
      'an unpaid charge',
      409,
      'payer_receipt_not_paid',
      () => money.as(payer(), 'get', `/charges/${unpaid}/receipt.pdf`),
    ],
  ])('%s is %i %s', async (_what, status, code, send) => {
    const { body } = await send();
    expect(body).toMatchObject({ status, code });
  });
});
