import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Id } from '@hehuo/kernel';
import { CLAW_BACK_MACHINE } from './claw-back.js';
import { assertIdentified, isOneOf, maskAccount, PAYEE_MACHINE, plainAccount, publicName } from './payee.js';
import {
  assertMayApprove,
  assertNotPayee,
  assertNotSender,
  assertProven,
  isPart,
  PAYOUT_IN_TRANSIT,
  PAYOUT_MACHINE,
  PAYOUT_WAITING,
  type PayoutVoucher,
} from './payout.js';

const person = (n: number): Id<'per'> => `per_${n}`;
const refusal = (work: () => void): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the machines of money that leaves', () => {
  it('send nothing that two did not release, and leave every way out open before that', () => {
    const into = (state: string) =>
      PAYOUT_MACHINE.steps.filter(({ to }) => to === state).map(({ from }) => from);
    expect(into('released')).toEqual(['approved_once']);
    expect(into('sent')).toEqual(['released']);
    expect(into('done')).toEqual(['sent']);
    expect(into('withdrawn')).toEqual(['proposed', 'approved_once', 'released']);
    expect(into('refused')).toEqual(['proposed', 'approved_once']);
    expect(PAYOUT_MACHINE.states.filter((state) => PAYOUT_MACHINE.isFinal(state))).toEqual(
      PAYOUT_MACHINE.states.filter((state) => !PAYOUT_WAITING.includes(state)),
    );
    expect(PAYOUT_IN_TRANSIT).toEqual(['released', 'sent']);
  });

  it('put changed account data before a second person again, and decide a claw-back once', () => {
    expect(PAYEE_MACHINE.next('confirmed', 'change')).toBe('proposed');
    expect(PAYEE_MACHINE.can('confirmed', 'confirm')).toBe(false);
    expect(CLAW_BACK_MACHINE.steps).toHaveLength(2);
  });
});

describe('accounts', () => {
  it('are read in groups and shown by their last four characters only', () => {
    expect(plainAccount('6222 0210-0101 1234')).toBe('6222021001011234');
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8,34}$/), (account) => {
        const mask = maskAccount(plainAccount(account));
        expect(mask).toBe(`**** ${account.slice(-4)}`);
        expect(mask).toHaveLength(9);
      }),
    );
    for (const text of ['1234567', '6222 0210 0101 12?4', ''])
      expect(refusal(() => plainAccount(text))).toBe('payee_invalid');
  });

  it('belong to whom their kind names', () => {
    const kinds = ['partner', 'supplier', 'organiser'] as const;
    for (const kind of kinds) {
      for (const partnerId of [null, 'ptn_1'] as const) {
        for (const personId of [null, 'per_1'] as const) {
          const fits =
            (kind === 'partner') === (partnerId !== null) && (kind === 'organiser') === (personId !== null);
          expect(refusal(() => assertIdentified({ kind, partnerId, personId }, 'per_1'))).toBe(
            fits ? null : 'payee_invalid',
          );
        }
      }
    }
    const stranger = { kind: 'organiser', partnerId: null, personId: 'per_2' } as const;
    expect(refusal(() => assertIdentified(stranger, 'per_1'))).toBe('payee_invalid');
    expect(publicName({ kind: 'organiser', name: '王小明' })).toBe('王**');
    expect(publicName({ kind: 'supplier', name: '木工坊' })).toBe('木工坊');
  });
});

describe('parts', () => {
  it.each(['milestone:0', 'milestone:12', 'surplus'])('%s is one', (text) => expect(isPart(text)).toBe(true));
  it.each(['milestone:', 'milestone:01', 'milestone:-1', 'milestone:12345', 'Surplus', ''])(
    '%s is none',
    (text) => expect(isPart(text)).toBe(false),
  );
});

describe('vouchers', () => {
  const voucher = (amount: bigint, number: string): PayoutVoucher => ({
    ...{ number, amount, title: '木料', fileId: null, evidence: '发票' },
  });

  it('prove their own sum and no other', () => {
    const sums = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(sums, fc.bigInt({ min: -5n, max: 5n }), (amounts, off) => {
        const vouchers = amounts.map((amount, n) => voucher(amount, `V-${n}`));
        const total = amounts.reduce((sum, amount) => sum + amount, 0n) + off;
        expect(refusal(() => assertProven(total, vouchers))).toBe(off === 0n ? null : 'payout_invalid');
      }),
    );
  });
});

describe('who may have a hand in it', () => {
  it('is somebody else each time, in every combination of hands', () => {
    const hand = fc.integer({ min: 1, max: 5 }).map(person);
    fc.assert(
      fc.property(
        hand,
        hand,
        fc.option(hand),
        fc.option(hand),
        fc.option(hand),
        hand,
        (a, b, c, d, e, who) => {
          const payout = { proposedBy: a, accountEnteredBy: b, payeePersonId: c, approvedBy: d, sentBy: e };
          const barred = [a, b, c, d].includes(who);
          expect(refusal(() => assertMayApprove(payout, who))).toBe(barred ? 'same_person' : null);
          expect(refusal(() => assertNotPayee(payout, who))).toBe(c === who ? 'same_person' : null);
          expect(refusal(() => assertNotSender(payout, who))).toBe(e === who ? 'same_person' : null);
        },
      ),
    );
  });
});

describe('money that belongs to somebody', () => {
  it.each<[Parameters<typeof isOneOf>[0], boolean]>([
    [{ kind: 'supplier', name: '书院街道办事处' }, true],
    [{ kind: 'partner', name: ' 书院 街道办事处' }, true],
    [{ kind: 'supplier', name: '青城基金会（成都）' }, true],
    [{ kind: 'supplier', name: '书院街道' }, false],
    [{ kind: 'organiser', name: '书院街道办事处' }, false],
  ])('goes to a body of its name alone: %j is %s', (payee, is) => {
    expect(isOneOf(payee, ['书院街道办事处', '青城基金会(成都)'])).toBe(is);
  });
});
