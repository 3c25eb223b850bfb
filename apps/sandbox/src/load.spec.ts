import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBed, until } from '../test/harness.js';

const bed = new TestBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());

const refundCount = 10_000;
const clients = 64;

describe('many refunds', () => {
  it('takes, settles and tells 10,000 refunds', async () => {
    const orders = Array.from({ length: refundCount / 50 }, (_, index) => `L${index}`);
    await Promise.all(orders.map((orderNo) => bed.pay(orderNo)));
    let next = 0;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (let index = next++; index < refundCount; index = next++) {
          const orderNo = orders[index % orders.length];
          const { status } = await bed.call('POST', '/refunds', {
            refundNo: `RL${index}`,
            orderNo,
            amountFen: '100',
          });
          if (status !== 202) throw new Error(`Refund ${index} was answered ${status}.`);
        }
      }),
    );
    await until('all are told', () => bed.receiver.of('refund.done').length === refundCount, 120_000);
    expect((await bed.call('GET', '/books/totals')).body).toEqual({
      ...{ paidFen: '1000000', refundedFen: '1000000', balanceFen: '0' },
    });
    await bed.restart();
    expect((await bed.call('GET', '/books/totals')).body['balanceFen']).toBe('0');
  }, 240_000);
});
