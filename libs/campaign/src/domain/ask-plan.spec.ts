import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attentionMinimum, planAsks, type AskDraft, type AskSetting } from './ask-plan.js';
import { KINDS, takesSlots, type Kind } from './kind.js';
import { slotSupply, type SlotDraft } from './slot-plan.js';

const setting: AskSetting = {
  householdCount: 36,
  attention: { numerator: 1, denominator: 5 },
  moneyPerPersonMax: null,
};
const minute = 60_000;
const noon = Date.UTC(2027, 0, 9, 4);
const slot = (startMin: number, lengthMin: number, capacity = 2): SlotDraft => ({
  startsAt: new Date(noon + startMin * minute),
  endsAt: new Date(noon + (startMin + lengthMin) * minute),
  capacity,
});
const ask = (over: Partial<AskDraft> = {}): AskDraft => ({
  kind: 'labour',
  title: '搬砖',
  unitLabel: null,
  minimum: 60n,
  wanted: 120n,
  cap: null,
  required: true,
  perPersonMax: null,
  perPledgeMax: null,
  goodsMode: null,
  returnOn: null,
  skill: null,
  credential: null,
  slots: over.kind && !takesSlots(over.kind) ? [] : [slot(0, 60)],
  ...over,
});
const codes = (...drafts: AskDraft[]): string[] =>
  planAsks(drafts, setting).flaws.map(({ pointer, code }) => `${pointer.replace('/goal/asks', '')} ${code}`);

const GOOD: Record<Kind, AskDraft> = {
  skilled_work: ask({ kind: 'skilled_work', skill: '电工', credential: '低压电工证', slots: [slot(0, 60)] }),
  labour: ask(),
  goods: ask({
    kind: 'goods',
    minimum: 2n,
    wanted: 4n,
    goodsMode: 'lend',
    returnOn: '2027-02-01',
    unitLabel: '把',
  }),
  money: ask({ kind: 'money', minimum: 100n, wanted: 200n, perPersonMax: 50n }),
  planning: ask({ kind: 'planning', minimum: 1n, wanted: 3n }),
  attention: ask({ kind: 'attention', minimum: null, wanted: null }),
};

describe('the goal vector', () => {
  it('takes one good ask of every kind together', () => {
    const { asks, flaws } = planAsks(
      KINDS.map((kind) => GOOD[kind]),
      setting,
    );
    expect(flaws).toEqual([]);
    expect(asks.map(({ unit }) => unit)).toEqual([
      'minutes',
      'minutes',
      'pieces',
      'fen',
      'plans',
      'households',
    ]);
    expect(asks[3]).toMatchObject({ cap: 200n, perPledgeMax: 50n });
    expect(asks[5]).toMatchObject({ minimum: 8n, wanted: 8n });
  });

  it('says which field does not belong to a kind', () => {
    for (const kind of KINDS) {
      if (kind !== 'goods')
        expect(codes({ ...GOOD[kind], goodsMode: 'give' })).toContain('/0/goodsMode not_for_kind');
      if (kind !== 'skilled_work')
        expect(codes({ ...GOOD[kind], skill: '木工' })).toContain('/0/skill not_for_kind');
      if (!takesSlots(kind))
        expect(codes({ ...GOOD[kind], slots: [slot(0, 60)] })).toContain('/0/slots not_for_kind');
    }
    expect(codes({ ...GOOD.labour, cap: 500n })).toEqual(['/0/cap not_for_kind']);
  });

  it('wants what each kind cannot do without', () => {
    expect(codes({ ...GOOD.skilled_work, skill: null })).toEqual(['/0/skill missing']);
    expect(codes({ ...GOOD.money, perPersonMax: null })).toEqual(['/0/perPersonMax missing']);
    expect(codes({ ...GOOD.goods, goodsMode: null })).toEqual(['/0/goodsMode missing']);
    expect(codes({ ...GOOD.goods, returnOn: '2027-02-30' })).toEqual(['/0/returnOn missing']);
    expect(codes({ ...GOOD.goods, goodsMode: 'give' })).toEqual(['/0/returnOn not_for_kind']);
    expect(codes({ ...GOOD.labour, slots: [] })).toEqual(['/0/slots slot_missing']);
  });

  it('takes money and attention once', () => {
    expect(codes(GOOD.money, GOOD.labour, GOOD.money)).toEqual(['/2/kind kind_twice']);
    expect(codes(GOOD.attention, GOOD.attention)).toEqual(['/1/kind kind_twice']);
    expect(codes(GOOD.labour, GOOD.labour)).toEqual([]);
  });

  it('holds money per person under the community’s limit', () => {
    const { flaws } = planAsks([GOOD.money], { ...setting, moneyPerPersonMax: 49n });
    expect(flaws.map(({ code }) => code)).toEqual(['above_community']);
  });

  it('lets nothing through whose numbers contradict each other', () => {
    const quantity = fc.bigInt({ min: -2n, max: 400n });
    const maybe = fc.option(quantity, { nil: null });
    fc.assert(
      fc.property(
        quantity,
        quantity,
        maybe,
        maybe,
        maybe,
        fc.boolean(),
        (minimum, wanted, cap, person, pledge, required) => {
          const draft = {
            ...GOOD.goods,
            minimum,
            wanted,
            cap,
            perPersonMax: person,
            perPledgeMax: pledge,
            required,
          };
          const { asks, flaws } = planAsks([draft], setting);
          const [planned] = asks;
          if (flaws.length > 0 || !planned) return;
          expect(planned.minimum >= (required ? 1n : 0n) && planned.wanted >= planned.minimum).toBe(true);
          expect(planned.cap === null || planned.cap >= planned.wanted).toBe(true);
          expect(planned.perPersonMax === null || planned.perPersonMax > 0n).toBe(true);
          expect(
            planned.perPledgeMax === null ||
              planned.perPersonMax === null ||
              planned.perPledgeMax <= planned.perPersonMax,
          ).toBe(true);
        },
      ),
    );
  });

  it('never accepts slots that overlap, are too short or hold less than is wanted', () => {
    const slots = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 400 }),
        length: fc.integer({ min: -30, max: 800 }),
        capacity: fc.integer({ min: -1, max: 5 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(slots, fc.bigInt({ min: 1n, max: 3_000n }), (drawn, wanted) => {
        const drafts = drawn.map(({ start, length, capacity }) => slot(start, length, capacity));
        const { flaws } = planAsks([ask({ slots: drafts, minimum: 1n, wanted })], setting);
        const inOrder = [...drafts].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
        const good =
          drafts.length > 0 &&
          drafts.every(({ startsAt, endsAt, capacity }) => {
            const minutes = (endsAt.getTime() - startsAt.getTime()) / minute;
            return minutes >= 15 && minutes <= 720 && capacity >= 1;
          }) &&
          inOrder.every((one, index) => index === 0 || one.startsAt >= inOrder[index - 1]!.endsAt) &&
          slotSupply(drafts) >= wanted;
        expect(flaws.length === 0).toBe(good);
      }),
    );
  });

  it('rounds the share of households up and asks for at least one', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (count, a, b) => {
          const share = { numerator: Math.min(a, b), denominator: Math.max(a, b) };
          const minimum = attentionMinimum({ householdCount: count, attention: share });
          const exact = (BigInt(count) * BigInt(share.numerator)) / BigInt(share.denominator);
          expect(minimum >= 1n && minimum >= exact && minimum <= exact + 1n).toBe(true);
          expect(minimum * BigInt(share.denominator) >= BigInt(count) * BigInt(share.numerator)).toBe(true);
        },
      ),
    );
    expect(
      [0, 1, 5, 6, 36].map((householdCount) => attentionMinimum({ ...setting, householdCount })),
    ).toEqual([1n, 1n, 1n, 2n, 8n]);
  });
});
