import { describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import fc from 'fast-check';
import { admit, pairKey, type IntakeBook, type Member } from './admission.js';
import type { Kind } from './kind.js';
import { PledgeError } from './pledge-errors.js';
import type { OpenAsk, OpenSlot, PledgeRequest } from './pledge.js';

const id = <P extends string>(prefix: P): Id<P> => newId(prefix, Date.UTC(2026, 0, 1));
const campaignId = id('cmp');
const askId = id('ask');
const slotId = id('slt');
const people = Array.from({ length: 4 }, () => id('per'));
const homes = [id('hhd'), id('hhd')];

const askOf = (over: Partial<OpenAsk>): OpenAsk => ({
  id: askId,
  kind: 'goods',
  minimum: 1n,
  cap: null,
  perPersonMax: null,
  perPledgeMax: null,
  goodsMode: null,
  reserved: 0n,
  held: 0n,
  pledges: 0n,
  ...over,
});
const slotOf = (over: Partial<OpenSlot>): OpenSlot => ({
  id: slotId,
  askId,
  minutes: 90n,
  startsAt: new Date(Date.UTC(2026, 1, 1)),
  capacity: 3,
  reserved: 0,
  ...over,
});
const bookOf = (ask: OpenAsk, over: Partial<IntakeBook> = {}, slot?: OpenSlot): IntakeBook => ({
  open: true,
  terms: {
    paymentMode: 'pay_on_success',
    policies: { failure: 'refund_all', surplus: 'none', scopeChange: 'reconsent_or_refund' },
  },
  asks: new Map([[ask.id, ask]]),
  slots: new Map(slot ? [[slot.id, slot]] : []),
  members: new Map(
    people.map((person, i): [Id<'per'>, Member] => [
      person,
      { householdId: homes[i % 2]!, ageClass: 'adult' },
    ]),
  ),
  promised: new Map(),
  attentive: new Set(),
  ...over,
});
const requestOf = (over: Partial<PledgeRequest> = {}): PledgeRequest => ({
  campaignId,
  askId,
  slotId: null,
  places: 1,
  quantity: 1n,
  text: null,
  anonymous: false,
  personId: people[0]!,
  submittedBy: people[0]!,
  consentEvidence: null,
  onceHash: 'once',
  requestHash: 'body',
  ...over,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PledgeError) return error.code;
    throw error;
  }
  return 'admitted';
};

describe('admission', () => {
  it.each<[string, Partial<PledgeRequest>, Partial<OpenAsk>, Partial<IntakeBook>]>([
    ['pledging_closed', {}, {}, { open: false }],
    ['pledge_ask_unknown', { askId: id('ask') }, {}, {}],
    ['pledge_slot_unknown', { slotId: id('slt') }, {}, {}],
    ['pledge_not_eligible', { personId: id('per') }, {}, {}],
    ['pledge_full', { quantity: 11n }, { cap: 10n }, {}],
    ['pledge_over_limit', { quantity: 6n }, { perPersonMax: 5n }, {}],
    ['pledge_over_limit', { quantity: 6n }, { perPledgeMax: 5n }, {}],
    ['pledge_too_small', { quantity: 99n }, { kind: 'money' }, {}],
    ['pledge_full', { quantity: 1n }, { kind: 'money', cap: 10n, reserved: 10n }, {}],
    [
      'pledge_too_many',
      {},
      {},
      { promised: new Map([[pairKey(askId, people[0]!), { quantity: 0n, pledges: 100 }]]) },
    ],
    ['pledge_invalid', { quantity: null }, {}, {}],
    ['pledge_invalid', { places: 2 }, {}, {}],
    ['pledge_invalid', {}, { kind: 'labour' }, {}],
    ['pledge_invalid', { quantity: null, text: '  ' }, { kind: 'planning' }, {}],
    ['pledge_invalid', { text: 'keep it for me' }, {}, {}],
  ])('answers %s', (code, request, ask, book) => {
    expect(codeOf(() => admit(bookOf(askOf(ask), book), requestOf(request)))).toBe(code);
  });

  it('lets only grown-ups pledge money and work, and teenagers ideas and attention', () => {
    const teen = new Map([[people[0]!, { householdId: homes[0]!, ageClass: 'teen' as const }]]);
    const child = new Map([[people[0]!, { householdId: homes[0]!, ageClass: 'child' as const }]]);
    const answer = (kind: Kind, members: IntakeBook['members'], over: Partial<PledgeRequest>) =>
      codeOf(() => admit(bookOf(askOf({ kind }), { members }, slotOf({})), requestOf(over)));
    expect(answer('money', teen, {})).toBe('pledge_age');
    expect(answer('labour', teen, { slotId, quantity: null })).toBe('pledge_age');
    expect(answer('attention', teen, { quantity: null })).toBe('admitted');
    expect(answer('planning', teen, { quantity: null, text: 'plant a tree' })).toBe('admitted');
    expect(answer('attention', child, { quantity: null })).toBe('pledge_age');
  });

  it('counts a slot in minutes and never sells a place twice', () => {
    const slot = slotOf({});
    const book = bookOf(askOf({ kind: 'labour' }), {}, slot);
    const take = (places: number) => admit(book, requestOf({ slotId, places, quantity: null }));
    expect(take(2).quantity).toBe(180n);
    expect(codeOf(() => take(2))).toBe('pledge_slot_full');
    expect(take(1).quantity).toBe(90n);
    expect(slot.reserved).toBe(3);
  });

  it('counts one window for each household', () => {
    const book = bookOf(askOf({ kind: 'attention' }));
    const light = (personId: Id<'per'>) => codeOf(() => admit(book, requestOf({ personId, quantity: null })));
    expect(people.map(light)).toEqual(['admitted', 'admitted', 'pledge_already_made', 'pledge_already_made']);
  });

  it('takes as much as fits in the order of arrival, and leaves nothing behind on a refusal', () => {
    const requests = fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 40n }), fc.nat(3)), { maxLength: 40 });
    fc.assert(
      fc.property(
        requests,
        fc.bigInt({ min: 1n, max: 200n }),
        fc.bigInt({ min: 1n, max: 60n }),
        (list, cap, perPersonMax) => {
          const ask = askOf({ cap, perPersonMax });
          const book = bookOf(ask);
          let taken = 0n;
          const personal = [0n, 0n, 0n, 0n];
          for (const [quantity, who] of list) {
            const fits = taken + quantity <= cap && personal[who]! + quantity <= perPersonMax;
            const answer = codeOf(() => admit(book, requestOf({ quantity, personId: people[who]! })));
            expect(answer === 'admitted').toBe(fits);
            if (fits) {
              taken += quantity;
              personal[who]! += quantity;
            }
          }
          expect(ask.reserved).toBe(taken);
        },
      ),
    );
  });
});
