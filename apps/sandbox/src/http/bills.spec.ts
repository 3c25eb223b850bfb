import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nowMs, TestBed } from '../../test/harness.js';
import { utcDay } from '../clock.js';
import { unknownNumber } from '../gateway/bills.js';

const bed = new TestBed();
const day = utcDay(nowMs());
beforeAll(async () => {
  await bed.start();
  await bed.pay('B1');
  await bed.pay('B2', { amountFen: '700' });
});
afterAll(() => bed.stop());
afterEach(() => bed.faults());

const rows = async (): Promise<string[]> => {
  const { text } = await bed.call('GET', `/bills/${day}?payee=committee-1`);
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) =>
      line
        .split(',')
        .slice(0, 6)
        .filter((_, at) => at !== 3)
        .join(' '),
    );
};
const good = ['payment B1 B1 5000 0', 'payment B2 B2 700 0'];
const spoil = (fault: string, over: object = {}, match: object = {}) =>
  bed.faults({ match: { operation: 'bill', ...match }, fault, ...over });

describe('a bill that a switch spoils', () => {
  it('is not ready as often as asked, then good', async () => {
    await spoil('bill-not-ready', { times: 1 });
    const late = await bed.call('GET', `/bills/${day}`);
    expect([late.status, late.body['code']]).toEqual([409, 'bill_not_ready']);
    expect(await rows()).toEqual(good);
  });

  it.each<[string, object, object, string[]]>([
    ['bill-duplicated', {}, { orderNo: 'B2' }, [...good, good[1]!]],
    ['bill-missing-line', {}, { orderNo: 'B1' }, [good[1]!]],
    ['bill-wrong-sum', { times: 1 }, {}, ['payment B1 B1 5001 0', good[1]!]],
    ['bill-fee', {}, {}, ['payment B1 B1 5000 30', 'payment B2 B2 700 4']],
    [
      'bill-unknown-line',
      { balanceFen: '99' },
      {},
      [...good, `payment ${unknownNumber} ${unknownNumber} 99 0`],
    ],
    ['bill-withdrawal', {}, {}, [...good, 'withdrawal   10000 0']],
  ])('%s', async (fault, over, match, expected) => {
    await spoil(fault, over, match);
    expect(await rows()).toEqual(expected);
    await bed.faults();
    expect(await rows()).toEqual(good);
  });

  it('changes on its second download', async () => {
    await spoil('bill-changed');
    expect(await rows()).toEqual(good);
    expect(await rows()).toEqual([good[0], 'payment B2 B2 701 0']);
  });

  it('and the books stay right', async () => {
    await spoil('bill-wrong-sum');
    await rows();
    expect((await bed.call('GET', '/books/totals')).body).toMatchObject({ paidFen: '5700' });
  });
});
