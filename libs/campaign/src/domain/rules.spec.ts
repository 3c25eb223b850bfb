import { describe, expect, it } from '@jest/globals';
import { LEGAL_TYPES, PAYMENT_MODES } from './campaign.js';
import { BLOCKED, BLOCKED_CATEGORIES, CATEGORIES, refuseBlocked } from './category.js';
import { partFlaws } from './draft-part.js';
import { LEGAL_RULES, mayAskMoney } from './legal-type.js';
import { likenessMin, mostAlike, piecesOf } from './likeness.js';
import { checkApproval, checkReturn, checkVerdict, REVIEW_ITEMS } from './review.js';
import { extensionWords, FAILURE_WORDS, LEGAL_WORDS, PAYMENT_WORDS, SURPLUS_WORDS } from './words.js';

describe('legal types', () => {
  it('take money here only where verified members pay a body that is not the platform', () => {
    expect(LEGAL_TYPES.filter(mayAskMoney)).toEqual([
      'mutual_aid',
      'service_preorder',
      'owners_fund',
      'targeted_fund',
    ]);
    expect(LEGAL_RULES.public_charity.externalUrl).toBe('required');
  });

  it('have words for every policy that they allow', () => {
    for (const type of LEGAL_TYPES) {
      const { failure, surplus } = LEGAL_RULES[type];
      for (const text of [
        LEGAL_WORDS[type],
        ...failure.map((policy) => FAILURE_WORDS[policy]),
        ...surplus.map((policy) => SURPLUS_WORDS[policy]),
      ]) {
        expect(text['zh-CN'].length * text.en.length).toBeGreaterThan(0);
      }
    }
    for (const mode of PAYMENT_MODES) expect(PAYMENT_WORDS[mode].en).toBeTruthy();
    const rule = { extension: { daysMax: 5, reachedPercent: 50 }, extendedAt: null };
    expect(extensionWords(rule)['zh-CN']).toContain('5 天');
  });
});

describe('categories', () => {
  it('are refused with a reason and a way out when blocked', () => {
    for (const category of BLOCKED_CATEGORIES) {
      expect(() => refuseBlocked(category)).toThrow(BLOCKED[category].reason.en);
    }
    for (const category of CATEGORIES) expect(() => refuseBlocked(category)).not.toThrow();
  });
});

describe('the checklist', () => {
  const allOk = REVIEW_ITEMS.map((item) => ({ item, verdict: 'ok' as const, reason: null }));

  it('lets costs and money be left out only without money', () => {
    const without = allOk.map((one) =>
      one.item === 'money' || one.item === 'costs' ? { ...one, verdict: 'not_applicable' as const } : one,
    );
    expect(() => checkApproval(without, false)).not.toThrow();
    expect(() => checkApproval(without, true)).toThrow('costs, money');
    expect(() => checkVerdict({ item: 'need', verdict: 'not_applicable', reason: null }, false)).toThrow();
  });

  it('fails on every single item that is open or to be changed', () => {
    expect(() => checkApproval(allOk, true)).not.toThrow();
    for (const item of REVIEW_ITEMS) {
      expect(() =>
        checkApproval(
          allOk.filter((one) => one.item !== item),
          true,
        ),
      ).toThrow(item);
      const fix = allOk.map((one) =>
        one.item === item ? { ...one, verdict: 'fix' as const, reason: 'x' } : one,
      );
      expect(() => checkApproval(fix, true)).toThrow(item);
      expect(checkReturn(fix)).toHaveLength(1);
    }
    expect(() => checkReturn(allOk)).toThrow('at least one');
  });
});

describe('likeness', () => {
  const candidate = (title: string, text = '') => ({ title, text });

  it('cuts Chinese into pairs and other scripts into words', () => {
    expect([...piecesOf('充电棚 e-bike sheds，在3号楼')].sort()).toEqual(
      ['3', 'bike', 'e', 'shed', '充电', '在', '号楼', '电棚'].sort(),
    );
  });

  it('counts rare pieces more than common ones', () => {
    const candidates = [
      candidate('我们小区需要充电棚'),
      ...Array.from({ length: 20 }, (_, at) =>
        candidate(`我们小区需要${'长椅花坛书架灯泡车位'.slice(at % 10, (at % 10) + 2)}`),
      ),
    ];
    const [first, ...rest] = mostAlike('我们小区想要充电棚', candidates, 5);
    expect(first?.candidate.title).toBe('我们小区需要充电棚');
    for (const { score } of rest) expect(score).toBeLessThan(first!.score);
  });

  it('finds nothing in nothing and nothing that is not alike', () => {
    expect(mostAlike('，。！', [candidate('长椅')], 5)).toEqual([]);
    expect(mostAlike('长椅', [], 5)).toEqual([]);
    expect(mostAlike('a bench for the old', [candidate('street lamp is dark')], 5)).toEqual([]);
    for (const { score } of mostAlike('长椅', [candidate('长椅坏了')], 5)) {
      expect(score >= likenessMin && score <= 1).toBe(true);
    }
  });
});

describe('parts of a draft', () => {
  it('may be empty and may not be too long', () => {
    const story = {
      part: 'story',
      title: '',
      lead: '',
      story: '',
      beneficiaries: '',
      category: 'undecided',
    } as const;
    expect(partFlaws(story)).toEqual([]);
    expect(partFlaws({ ...story, title: '字'.repeat(60) })).toEqual([]);
    expect(partFlaws({ ...story, title: '字'.repeat(61), lead: '字'.repeat(121) })).toHaveLength(2);
    // One emoji is one character, whatever it takes to store it.
    expect(partFlaws({ ...story, title: '🪑'.repeat(60) })).toEqual([]);
  });

  it('hold sums, shares, days and addresses in their ranges', () => {
    const line = { title: '漆', amount: 1n };
    expect(partFlaws({ part: 'costs', lines: [line, { ...line, amount: 0n }] })).toHaveLength(1);
    expect(partFlaws({ part: 'costs', lines: Array.from({ length: 51 }, () => line) })).toHaveLength(1);
    const step = { title: '完工', dueOn: '2027-01-10', shareBps: 5_000 };
    expect(partFlaws({ part: 'milestones', steps: [step, { ...step, dueOn: '2027-01-09' }] })).toHaveLength(
      1,
    );
    expect(partFlaws({ part: 'milestones', steps: [{ ...step, shareBps: 10_001 }] })).toHaveLength(1);
    const rules = {
      part: 'rules',
      legalType: 'public_charity',
      paymentMode: null,
      failurePolicy: 'charity_plan',
      surplusPolicy: 'similar_purpose',
      scopeChangePolicy: 'reconsent_or_refund',
      deadline: null,
      collectionHours: 72,
      extension: { daysMax: 0, reachedPercent: 0 },
    } as const;
    for (const externalUrl of ['http://a.cn', 'javascript:alert(1)', 'https://u:p@a.cn', 'nonsense']) {
      expect(partFlaws({ ...rules, externalUrl })).toHaveLength(1);
    }
    expect(partFlaws({ ...rules, externalUrl: 'https://gongyi.example.cn/p/1' })).toEqual([]);
  });
});
