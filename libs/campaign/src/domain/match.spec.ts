import { describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import fc from 'fast-check';
import type { AskVerdict } from './decision.js';
import { endOf, judgeMatch } from './match-binding.js';
import { MATCH_CODES, matchOf, type Matchable, type MatchRules, type MatchSums } from './match-of.js';
import { checkPoolDraft, MATCHED_KINDS, type MatchPool, type MatchPoolDraft } from './match-pool.js';
import { matchAll, type BoundPool, type PledgeToMatch } from './match-reservation.js';
import { factorText, matchWords } from './match-words.js';

const atMs = Date.UTC(2026, 10, 25);
const id = <P extends string>(prefix: P): Id<P> => newId(prefix, atMs);
const at = new Date(atMs);
const dayMs = 86_400_000;

const rules = (over: Partial<MatchRules> = {}): MatchRules => ({
  ...{ kinds: ['money'], factorBps: 30_000, total: 100_000n, capPerCampaign: 50_000n, capPerPerson: 20_000n },
  ...{
    conditionMinimum: 0n,
    startsAt: new Date(atMs - dayMs),
    endsAt: new Date(atMs + dayMs),
    state: 'active',
  },
  ...over,
});
const pledge = (over: Partial<Matchable> = {}): Matchable => ({
  ...{ kind: 'money', quantity: 5_000n, at, verified: true, exclusion: null },
  ...over,
});
const none: MatchSums = { pool: 0n, campaign: 0n, person: 0n };

describe('matchOf', () => {
  it.each([
    ['nothing in the way', {}, {}, {}, 15_000n, 'full'],
    ['multiplies first and caps afterwards', {}, {}, { quantity: 10_000n }, 20_000n, 'capped_by_person'],
    ['the person has had some', {}, { person: 12_000n }, {}, 8_000n, 'capped_by_person'],
    ['the person has had all', {}, { person: 20_000n }, {}, 0n, 'capped_by_person'],
    ['the campaign is nearly full', {}, { campaign: 49_000n }, {}, 1_000n, 'capped_by_campaign'],
    ['the pool is nearly empty', {}, { pool: 99_999n }, {}, 1n, 'capped_by_pool'],
    ['the pool is empty', {}, { pool: 100_000n }, {}, 0n, 'pool_empty'],
    ['a part of a fen is none', { factorBps: 5_000 }, {}, { quantity: 1n }, 0n, 'rounded_to_nothing'],
    ['rounds down', { factorBps: 15_000 }, {}, { quantity: 3n }, 4n, 'full'],
    ['another kind', {}, {}, { kind: 'goods' }, 0n, 'kind_not_matched'],
    ['not active', { state: 'closed' }, {}, {}, 0n, 'pool_not_active'],
    ['not verified', {}, {}, { verified: false }, 0n, 'not_verified'],
    ['too early', { startsAt: new Date(atMs + 1) }, {}, {}, 0n, 'not_in_window'],
    ['the end is not in it', { endsAt: at }, {}, {}, 0n, 'not_in_window'],
    ['the beginning is', { startsAt: at }, {}, {}, 15_000n, 'full'],
    ['the organiser', {}, {}, { exclusion: 'organiser' }, 0n, 'excluded_organiser'],
    ['a supplier', {}, {}, { exclusion: 'supplier' }, 0n, 'excluded_supplier'],
    ['the donor', {}, {}, { exclusion: 'donor' }, 0n, 'excluded_donor'],
  ] as const)('%s', (_what, pool, sums, one, amount, code) => {
    const line = matchOf(rules(pool), { ...none, ...sums }, pledge(one));
    expect(line).toMatchObject({ amount, code });
    expect(MATCH_CODES).toContain(line.code);
  });

  it('is the least of the product and the rooms that are left, for any numbers', () => {
    const quantity = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const sums = fc.record({ pool: quantity, campaign: quantity, person: quantity });
    const terms = fc.record({ total: quantity, capPerCampaign: quantity, capPerPerson: quantity });
    const factor = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(terms, sums, factor, fc.bigInt({ min: 1n, max: 10n ** 10n }), (caps, taken, bps, own) => {
        const pool = rules({ ...caps, factorBps: bps });
        const { amount, full, code } = matchOf(pool, taken, pledge({ quantity: own }));
        // The same by counting parts of ten thousand, so that no division of ours is trusted.
        expect(full * 10_000n <= own * BigInt(bps) && (full + 1n) * 10_000n > own * BigInt(bps)).toBe(true);
        const rooms = [
          caps.capPerPerson - taken.person,
          caps.capPerCampaign - taken.campaign,
          caps.total - taken.pool,
        ].map((room) => (room > 0n ? room : 0n));
        expect([full, ...rooms].every((limit) => amount <= limit)).toBe(true);
        expect([full, ...rooms]).toContain(amount);
        expect(code === 'full' || code === 'rounded_to_nothing').toBe(amount === full);
      }),
    );
  });
});

describe('a batch', () => {
  const organiserHome = id('hhd');
  const pool = (over: Partial<MatchPool> = {}): MatchPool => ({
    ...rules(),
    ...{ id: id('mpl'), donorName: '街道', donorKind: 'street', unit: 'fen', version: 0 },
    ...{ reserved: 0n, released: 0n, spent: 0n, proposedBy: id('per'), activatedBy: id('per') },
    ...{ state: 'active', activatedAt: at, createdAt: at },
    ...over,
  });
  const bound = (of: MatchPool): BoundPool => ({
    ...{ pool: of, bindingId: id('mbd'), taken: { pool: 0n, campaign: 0n }, perPerson: new Map() },
    excluded: { households: new Map([[organiserHome, 'organiser']]), persons: new Map() },
  });
  const one = (over: Partial<PledgeToMatch> = {}): PledgeToMatch => ({
    ...{ pledgeId: id('plg'), askId: id('ask'), personId: id('per'), householdId: id('hhd') },
    ...{ kind: 'money', quantity: 5_000n },
    ...over,
  });

  it('lets the second pledge see what the first one took, in each pool by itself', () => {
    const [first, second] = [bound(pool({ total: 20_000n, capPerCampaign: 20_000n })), bound(pool())];
    const drafts = matchAll([first, second], [one(), one()], at);
    expect(drafts.map(({ line }) => [line.amount, line.code])).toEqual([
      [15_000n, 'full'],
      [15_000n, 'full'],
      [5_000n, 'capped_by_campaign'],
      [15_000n, 'full'],
    ]);
    expect([first.taken.pool, second.taken.pool]).toEqual([20_000n, 30_000n]);
  });

  it('calls it conditional where the pool has a condition, and keeps a line where nothing is given', () => {
    const conditional = bound(pool({ conditionMinimum: 50_000n }));
    const drafts = matchAll(
      [conditional],
      [one(), one({ householdId: organiserHome }), one({ kind: 'labour' })],
      at,
    );
    expect(drafts.map(({ state, line }) => [state, line.code])).toEqual([
      ['conditional', 'full'],
      ['unmatched', 'excluded_organiser'],
    ]);
    expect(matchAll([bound(pool())], [one()], at)[0]?.state).toBe('reserved');
  });
});

describe('the condition', () => {
  const ask = (over: Partial<AskVerdict>): AskVerdict => ({
    ...{ askId: id('ask'), kind: 'money', title: '', minimum: 100n, wanted: 100n, required: true },
    ...{ reserved: 100n, held: 100n, pledges: 1n, counted: 100n, met: true, short: 0n },
    ...over,
  });
  const terms = { kinds: ['money'], conditionMinimum: 100n } as const;

  it('counts what the decision counted, of its kinds and of asks that were met', () => {
    const asks = [ask({}), ask({ kind: 'goods', counted: 900n }), ask({ met: false, counted: 99n })];
    expect(judgeMatch(terms, { outcome: 'succeeded', asks })).toEqual({ residents: 100n, release: null });
    expect(judgeMatch({ ...terms, conditionMinimum: 101n }, { outcome: 'succeeded', asks })).toEqual({
      residents: 100n,
      release: 'condition_missed',
    });
    expect(judgeMatch(terms, { outcome: 'failed', asks }).release).toBe('campaign_failed');
  });

  it('ends as money that is owed, as a promise in kind, or as nothing', () => {
    expect([endOf('fen', 1n), endOf('minutes', 1n), endOf('pieces', 1n), endOf('fen', 0n)]).toEqual([
      'owe',
      'promise',
      'promise',
      'release',
    ]);
  });
});

describe('terms', () => {
  const draft = (over: Partial<MatchPoolDraft> = {}): MatchPoolDraft => ({
    ...rules(),
    ...{ donorName: '街道办事处', donorKind: 'street', unit: 'fen', communityIds: [id('com')] },
    donors: { households: [], persons: [], partners: [] },
    ...over,
  });
  const pointers = (over: Partial<MatchPoolDraft>): string[] => {
    try {
      checkPoolDraft(draft(over));
      return [];
    } catch (error) {
      const { details } = error as { details: { errors: { pointer: string }[] } };
      return details.errors.map(({ pointer }) => pointer);
    }
  };

  it('are refused with everything that is wrong at once', () => {
    expect(pointers({})).toEqual([]);
    expect(pointers({ kinds: ['labour'] })).toEqual(['/kinds']);
    expect(pointers({ kinds: ['money', 'money'] })).toEqual(['/kinds']);
    expect(pointers({ unit: 'minutes', kinds: [...MATCHED_KINDS.minutes] })).toEqual([]);
    expect(pointers({ capPerPerson: 60_000n, endsAt: at, startsAt: at })).toEqual([
      '/capPerPerson',
      '/endsAt',
    ]);
    expect(pointers({ capPerCampaign: 200_000n, communityIds: [], factorBps: 0 })).toEqual([
      '/factorBps',
      '/capPerCampaign',
      '/communityIds',
    ]);
  });
});

describe('the sentence', () => {
  it('says the numbers it was reckoned from', () => {
    const money = { unit: 'fen', factorBps: 30_000 } as const;
    const capped = { own: 10_000n, full: 30_000n, amount: 20_000n, code: 'capped_by_person' } as const;
    expect(matchWords(money, capped)).toEqual({
      'zh-CN': '100.00 元 × 3 = 300.00 元，到了每人上限，配捐 200.00 元。',
      en: '100.00 yuan × 3 = 300.00 yuan; the limit for one person is reached, so 200.00 yuan are matched.',
    });
    const full = { own: 120n, full: 120n, amount: 120n, code: 'full' } as const;
    expect(matchWords({ unit: 'minutes', factorBps: 10_000 }, full).en).toBe(
      '120 minutes × 1 = 120 minutes, matched in full.',
    );
    const out = { own: 2n, full: 0n, amount: 0n, code: 'excluded_donor' } as const;
    expect(matchWords({ unit: 'pieces', factorBps: 10_000 }, out)['zh-CN']).toBe(
      '没有配捐：出资方自己的家庭不参加配捐。',
    );
    expect([1, 5_000, 10_000, 15_000, 100_000].map(factorText)).toEqual(['0.0001', '0.5', '1', '1.5', '10']);
  });
});
