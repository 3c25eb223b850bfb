import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants, FILE_INVARIANTS } from '@hehuo/platform';
import { PAYMENT_INVARIANTS } from '@hehuo/payment';
import { id, type Who } from '../support/money-api.js';
import { ACCOUNT, entry, PayoutApi, voucher } from '../support/payout-api.js';
import { partnerOf } from '../support/match-pools.js';

const money = new PayoutApi();
let staff: Who;
let payee: Who;

beforeAll(async () => {
  await money.start();
  staff = money.person('community_staff');
  const personId = id('per');
  const partnerId = await partnerOf(money.api.testDatabase.database, [personId]);
  payee = money.person(null, { personId, partnerIds: [partnerId] });
  const { body } = await money.post(staff, money.path('/payees'), entry());
  money.payeeId = body.id;
  const confirmer = money.person('community_staff');
  await money.post(confirmer, `/payees/${money.payeeId}/confirm`, { account: ACCOUNT });
  // As if the register had verified the partner before it was entered as the payee.
  const sql = money.api.testDatabase.database;
  await sql.change("UPDATE payee SET kind = 'partner', partner_id = ? WHERE id = ?", [
    partnerId,
    money.payeeId,
  ]);
}, 60_000);
afterAll(async () => {
  const all = [...FILE_INVARIANTS, ...PAYMENT_INVARIANTS];
  expect(await checkInvariants(money.api.testDatabase.database, all)).toEqual([]);
  await money.stop();
});

const shownBy = (fileId: string, amount = '1') => {
  const { evidence: _words, ...paper } = voucher(amount);
  return { ...paper, fileId };
};
const propose = (files: readonly string[], by = staff) => {
  const vouchers = files.map((fileId) => shownBy(fileId));
  return money.post(by, money.path('/payouts'), money.wish(String(files.length), { vouchers }));
};
const status = async (who: Who, path: string): Promise<number> => (await money.as(who, 'get', path)).status;
const payouts = async (): Promise<number> =>
  (await money.nobody('get', money.path('/payouts?limit=100')).expect(200)).body.items.length;

describe('files of vouchers', () => {
  it('are read by exactly those who may read the payout', async () => {
    const files = [await money.photo(staff), await money.photo(staff)];
    const { status: answered, body } = await propose(files);
    expect(answered).toBe(201);
    const readers: readonly [string, Who, number][] = [
      ['who proposed it', staff, 200],
      ['other staff', money.person('community_staff'), 200],
      ['an approver', money.person('fund_approver'), 200],
      ['an auditor', money.person('auditor'), 200],
      ['the organiser', money.person(null, { personId: money.campaign.people[0]! }), 200],
      ['the payee', payee, 404],
      ['a payer', money.person(null, { personId: money.campaign.people[1]! }), 404],
      ['a stranger', money.person(null), 404],
    ];
    for (const [who, reader, expected] of readers) {
      const paths = [`/payouts/${body.id}`, ...files.map((file) => `/files/${file}`)];
      const got = await Promise.all(paths.map((path) => status(reader, path)));
      expect([who, ...got]).toEqual([who, expected, expected, expected]);
    }
    const { body: detail } = await money.as(staff, 'get', `/payouts/${body.id}`);
    expect(detail.vouchers.map(({ fileId }: { fileId: string }) => fileId)).toEqual(files);
    const { body: list } = await money.nobody('get', money.path('/payouts'));
    expect(JSON.stringify(list)).not.toContain('fil_');
  });

  it('are as many as a payout has vouchers, and a repetition attaches none again', async () => {
    const files: string[] = [];
    for (let n = 0; n < 50; n += 1) files.push(await money.photo(staff));
    const vouchers = files.map((fileId) => shownBy(fileId));
    const [wish, key] = [money.wish('50', { vouchers }), `key-${id('opr')}`];
    const first = await money.post(staff, money.path('/payouts'), wish, key);
    expect(first.status).toBe(201);
    const again = await money.post(staff, money.path('/payouts'), wish, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('that are unknown, another’s, used or named twice are refused, and nothing is changed', async () => {
    const clerk = money.person('community_staff');
    const [foreign, used, own] = [
      await money.photo(clerk),
      await money.photo(staff),
      await money.photo(staff),
    ];
    expect((await propose([used])).status).toBe(201);
    const before = await payouts();
    for (const files of [[id('fil')], [own, foreign], [own, used], [own, own]]) {
      const { status: got, body } = await propose(files);
      expect([got, body.code]).toEqual([422, 'file_not_usable']);
    }
    const form = await propose(['pyo_00000000000000000000000000']);
    expect([form.status, form.body.code]).toEqual([422, 'validation_failed']);
    expect(await payouts()).toBe(before);
    // What a refused proposal named is free for the next one.
    expect((await propose([own])).status).toBe(201);
    expect((await propose([foreign], clerk)).status).toBe(201);
  });
});
