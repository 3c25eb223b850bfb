import { afterAll, expect, it } from '@jest/globals';
import { SystemClock } from '@hehuo/platform';
import { makeGateways } from './index.js';

const gateways = makeGateways(
  {
    sandbox: { url: 'http://127.0.0.1:1', secret: 'secret' },
    wechat: {},
    alipay: { gateway: 'http://127.0.0.1:1/gateway.do' },
  },
  new SystemClock(),
  { find: () => Promise.resolve([]) },
);
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())));

it('no gateway splits an order, so every payout is a bank transfer of the custodian', () => {
  expect(gateways.map(({ name, capabilities }) => [name, capabilities.split])).toEqual([
    ['sandbox', false],
    ['wechat', false],
    ['alipay', false],
  ]);
});
