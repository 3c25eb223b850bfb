import { describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import { BILL_DAY_MACHINE, billPauseSeconds } from './bill-day.js';
import { accountOf, assertFits, DIFFERENCE_MACHINE, RESOLUTIONS, type Explanation } from './difference.js';

const campaignId = newId('cmp', Date.UTC(2026, 10, 25));
const explanation = (over: Partial<Explanation>): Explanation => ({
  ...{ resolution: 'noted', campaignId: null, openItem: null, reason: 'seen', evidence: 'letter 4' },
  ...over,
});

describe('an explanation', () => {
  it.each<[bigint, Partial<Explanation>, string | null]>([
    [0n, {}, null],
    [0n, { resolution: 'cash' }, 'only `noted` fits'],
    [5n, {}, 'say where it belongs'],
    [5n, { resolution: 'cash' }, null],
    [-5n, { resolution: 'fee' }, null],
    [5n, { resolution: 'excess', campaignId }, null],
    [5n, { resolution: 'excess' }, 'a campaign goes with'],
    [5n, { resolution: 'cash', campaignId }, 'a campaign goes with'],
    [-5n, { resolution: 'excess', campaignId }, 'cannot go back to payers'],
    [5n, { resolution: 'carried', openItem: 'payer asked on 25 November' }, null],
    [5n, { resolution: 'carried' }, 'name of an open item'],
    [5n, { resolution: 'gateway', openItem: 'x' }, 'name of an open item'],
  ])('of %s fen by %j: %s', (money, over, complaint) => {
    const check = (): void => assertFits({ money }, explanation(over));
    if (complaint === null) expect(check).not.toThrow();
    else expect(check).toThrow(complaint);
  });

  it('moves money to one account, or leaves it', () => {
    expect(RESOLUTIONS.map(accountOf)).toEqual([
      ...[null, 'excess', 'cash_clearing', 'gateway_fee', 'gateway_clearing', null],
    ]);
  });
});

describe('the machines', () => {
  it('end a difference by two persons or by the facts', () => {
    expect(DIFFERENCE_MACHINE.states.filter(DIFFERENCE_MACHINE.isFinal)).toEqual(['explained', 'healed']);
    expect(DIFFERENCE_MACHINE.can('open', 'confirm')).toBe(false);
    expect(DIFFERENCE_MACHINE.can('carried', 'propose')).toBe(true);
  });
  it('open a closed day again only for a bill that changed or for money learned of later', () => {
    expect(BILL_DAY_MACHINE.steps.filter(({ from }) => from === 'explained')).toEqual([
      { from: 'explained', event: 'change', to: 'imported' },
      { from: 'explained', event: 'reopen', to: 'matched' },
    ]);
  });
  it('ask for a late bill at growing intervals', () => {
    expect([0, 1, 2, 50].map(billPauseSeconds)).toEqual([300, 900, 1_800, 14_400]);
  });
});
