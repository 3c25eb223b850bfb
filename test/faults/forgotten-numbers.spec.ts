import { describe, expect, it } from '@jest/globals';
import { SendRefund, type CheckRefund } from '@hehuo/payment';
import type { World } from '../integration/payment/world.js';
import {
  DROPPED,
  found,
  gap,
  gatewayOf,
  inWorld,
  paidBack,
  paidCharge,
  partOf,
  requestRefund,
  sabotage,
} from './sabotage.js';

const longSeconds = 2 * 86_400;

/** A gateway that has forgotten a number when it comes again: what is sent a second time is another refund to it. */
function forgetNumbers(world: World): { sent: number } {
  const gateway = gatewayOf(world);
  const refund = gateway.refund.bind(gateway);
  const count = { sent: 0 };
  sabotage(gateway, {
    refund: (asked) => {
      count.sent += 1;
      return refund(count.sent === 1 ? asked : { ...asked, number: `${asked.number}-${count.sent}` });
    },
  });
  return count;
}

/** Two fifths of a charge go back, so that they fit twice. The answer is lost, and nobody looks for two days. */
async function refundLost(world: World) {
  const charge = await paidCharge(world);
  const lost = { match: { operation: 'refund' }, fault: 'apply-then-timeout', times: 1, delayMs: 1_100 };
  await world.faults(lost, DROPPED);
  await requestRefund(world, charge, 4_000n);
  await world.sweep();
  await world.pass(longSeconds);
  return charge;
}

describe('a refund whose number the gateway has forgotten when its answer is missed', () => {
  it('is asked about and not sent again', () =>
    inWorld(async (world) => {
      const calls = forgetNumbers(world);
      const charge = await refundLost(world);
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      expect([calls.sent, await paidBack(world, charge)]).toEqual([1, '4000']);
    }));

  it('is paid twice when it is sent again unasked', () =>
    inWorld(async (world) => {
      forgetNumbers(world);
      const check = partOf<CheckRefund>(world.get(SendRefund), 'check');
      const execute = check.execute.bind(check);
      sabotage(check, {
        execute: () => {
          sabotage(check, { execute });
          return Promise.resolve({ kind: 'absent' });
        },
      });
      const charge = await refundLost(world);
      await gap(world);
      await world.eventually('it went back twice', async () => (await paidBack(world, charge)) === '8000');
      expect(await gap(world)).toBe(4_000n);
    }));
});
