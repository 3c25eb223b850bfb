import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { now, type Who } from '../support/money-api.js';
import { MatchedApi } from '../support/matched-api.js';
import { ACCOUNT, entry } from '../support/payout-api.js';

const money = new MatchedApi();
let staff: Who;
let clerk: Who;
let first: Who;
let second: Who;
beforeAll(async () => {
  await money.start();
  [staff, clerk] = [money.person('community_staff'), money.person('community_staff')];
  [first, second] = [money.person('fund_approver'), money.person('fund_approver')];
});
afterAll(() => money.stop());

const reason = '街道财政冻结，今年不再拨付';
const bound = (rest: string): string => money.path(`/match-pools/${money.poolId}${rest}`);
const put = (who: Who, path: string, body: object) =>
  request(money.api.url).put(`/v1${path}`).set('authorization', `Bearer ${who.token}`).send(body);
const receipt = (amount: string) => ({
  ...{ amount, voucher: 'BANK-LATE-1', evidence: '银行回单', receivedAt: now().toISOString() },
});
const match = async () => (await money.nobody('get', money.path('/matches')).expect(200)).body.pools[0];
const pool = async () => (await money.nobody('get', `/match-pools/${money.poolId}`).expect(200)).body;
const payouts = async () => (await money.as(staff, 'get', money.path('/payouts')).expect(200)).body.items;

/** Entered by one, confirmed by another. */
async function payee(name: string): Promise<string> {
  const { body } = await money.post(clerk, money.path('/payees'), entry({ name })).expect(201);
  await money.post(staff, `/payees/${body.id}/confirm`, { account: ACCOUNT }).expect(200);
  return body.id;
}

describe('a match that is written off over HTTP', () => {
  it('is ended by two fund approvers, and everybody reads why', async () => {
    expect(await match()).toMatchObject({ state: 'due', matchDue: '10000' });
    await put(staff, bound('/write-off'), { reason }).expect(403);
    await put(first, bound('/write-off'), { reason }).expect(204);
    await put(first, bound('/write-off'), { reason }).expect(204);
    const alone = await money.post(first, bound('/write-off/confirm'));
    expect(alone.body).toMatchObject({ status: 403, code: 'match_same_person' });
    expect(await match()).toMatchObject({ state: 'write_off_proposed', matchDue: '10000' });
    await money.post(second, bound('/write-off/confirm')).expect(204);
    await money.post(second, bound('/write-off/confirm')).expect(204);
    expect(await match()).toMatchObject({
      ...{ state: 'written_off', matchDue: '0', returned: '10000', owedToDonor: '0' },
      writeOff: { reason },
    });
    expect(await pool()).toMatchObject({
      ...{ reserved: '0', released: '10000', writtenOff: [{ amount: '10000', reason }] },
    });
    const refuse = await money.post(first, bound('/write-off/refuse'), { reason: '街道说下周付' });
    expect(refuse.body).toMatchObject({ status: 409, code: 'state_conflict' });
  });

  it('takes money that comes all the same, by two persons, and owes all of it to the donor', async () => {
    const more = await put(staff, bound('/receipt'), receipt('10001'));
    expect(more.body).toMatchObject({ status: 422, code: 'match_receipt_invalid' });
    expect(await match()).toMatchObject({ state: 'written_off', received: '0' });
    await put(staff, bound('/receipt'), receipt('9000')).expect(204);
    const alone = await money.post(staff, bound('/receipt/confirm'));
    expect(alone.body).toMatchObject({ status: 403, code: 'match_same_person' });
    await money.post(first, bound('/receipt/confirm')).expect(204);
    await money.post(first, bound('/receipt/confirm')).expect(204);
    expect(await match()).toMatchObject({ state: 'late_received', received: '9000', owedToDonor: '9000' });
    expect(await pool()).toMatchObject({ reserved: '0', spent: '0', writtenOff: [{ amount: '10000' }] });
  });

  it('pays it to the donor of the pool and to nobody else', async () => {
    const wish = (payeeId: string, part = 'returned_match') => money.wish('9000', { payeeId, part });
    const other = await payee('成都木工坊有限公司');
    const refused = await money.post(staff, money.path('/payouts'), wish(other)).set('accept-language', 'en');
    expect(refused.body).toMatchObject({ status: 422, code: 'payout_invalid' });
    expect(refused.body.detail).toContain('书院街道办事处');
    expect(await payouts()).toEqual([]);
    const donor = await payee('书院 街道办事处');
    const spent = await money.post(staff, money.path('/payouts'), wish(donor, 'matched'));
    expect(spent.body.code).toBe('payout_exceeds_budget');
    const { body } = await money.post(staff, money.path('/payouts'), wish(donor)).expect(201);
    for (const who of [first, second]) await money.post(who, `/payouts/${body.id}/approve`).expect(200);
    expect(await payouts()).toMatchObject([{ id: body.id, part: 'returned_match', state: 'released' }]);
    const again = await money.post(staff, money.path('/payouts'), wish(donor));
    expect(again.body.code).toBe('payout_exceeds_budget');
  });
});
