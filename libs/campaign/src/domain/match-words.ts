import { fenToYuan } from '@hehuo/kernel';
import type { MatchCode, MatchLine } from './match-of.js';
import type { MatchPool, MatchUnit } from './match-pool.js';
import type { ReturnCause } from './match-return.js';
import type { Words } from './words.js';

const UNIT_WORDS: Readonly<Record<MatchUnit, (quantity: bigint) => Words>> = {
  fen: (fen) => ({ 'zh-CN': `${fenToYuan(fen)} 元`, en: `${fenToYuan(fen)} yuan` }),
  minutes: (n) => ({ 'zh-CN': `${n} 分钟`, en: `${n} minutes` }),
  pieces: (n) => ({ 'zh-CN': `${n} 件`, en: `${n} pieces` }),
};

const REASON_WORDS: Readonly<Record<Exclude<MatchCode, 'full'>, Words>> = {
  capped_by_person: { 'zh-CN': '到了每人上限', en: 'the limit for one person is reached' },
  capped_by_campaign: { 'zh-CN': '到了每个项目的上限', en: 'the limit for one campaign is reached' },
  capped_by_pool: { 'zh-CN': '配捐池只剩这么多', en: 'no more is left in the pool' },
  pool_empty: { 'zh-CN': '配捐池已经用完', en: 'the pool is used up' },
  rounded_to_nothing: { 'zh-CN': '按比例不足一个单位', en: 'the factor gives less than one unit' },
  excluded_organiser: { 'zh-CN': '发起人家庭不参加配捐', en: 'the organiser’s household is not matched' },
  excluded_supplier: {
    'zh-CN': '承接方成员家庭不参加配捐',
    en: 'households of the supplier’s members are not matched',
  },
  excluded_donor: { 'zh-CN': '出资方自己的家庭不参加配捐', en: 'the donor’s own household is not matched' },
  not_verified: { 'zh-CN': '住户还没有核实', en: 'the household is not verified' },
  not_in_window: { 'zh-CN': '不在配捐时间内', en: 'outside the time in which the pool matches' },
  pool_not_active: { 'zh-CN': '配捐池没有启用', en: 'the pool is not active' },
  kind_not_matched: { 'zh-CN': '这个配捐池不配这一类', en: 'the pool does not match this kind' },
  before_binding: { 'zh-CN': '响应早于配捐池加入', en: 'pledged before the pool was bound' },
};

/** The line as a sentence, with the numbers it was reckoned from. */
export function matchWords(
  pool: Pick<MatchPool, 'unit' | 'factorBps'>,
  { own, amount, full, code }: MatchLine & { readonly own: bigint },
): Words {
  const show = UNIT_WORDS[pool.unit];
  const factor = factorText(pool.factorBps);
  const [mine, all, given] = [show(own), show(full), show(amount)];
  const product = {
    'zh-CN': `${mine['zh-CN']} × ${factor} = ${all['zh-CN']}`,
    en: `${mine.en} × ${factor} = ${all.en}`,
  };
  if (code === 'full')
    return { 'zh-CN': `${product['zh-CN']}，全额配捐。`, en: `${product.en}, matched in full.` };
  const why = REASON_WORDS[code];
  if (full === 0n) return { 'zh-CN': `没有配捐：${why['zh-CN']}。`, en: `Not matched: ${why.en}.` };
  return {
    'zh-CN': `${product['zh-CN']}，${why['zh-CN']}，配捐 ${given['zh-CN']}。`,
    en: `${product.en}; ${why.en}, so ${given.en} are matched.`,
  };
}

/** Why a line gave something back after it was confirmed. */
export function returnWords(
  { unit }: Pick<MatchPool, 'unit'>,
  line: { readonly own: bigint; readonly amount: bigint },
  back: {
    readonly cause: ReturnCause;
    /** What the payer has back by now. */
    readonly ownBack: bigint;
    readonly wanted: bigint;
    readonly amount: bigint;
  },
): Words {
  const show = UNIT_WORDS[unit];
  const { cause, ownBack, wanted, amount } = back;
  const [own, all, gone] = [show(line.own), show(line.amount), show(ownBack)];
  const [due, given] = [show(wanted), show(amount)];
  if (cause === 'written_off') {
    return {
      'zh-CN': `出资方没有付款，核销配捐 ${given['zh-CN']}。`,
      en: `The donor did not pay; ${given.en} are written off.`,
    };
  }
  const sum = {
    'zh-CN': `本人 ${own['zh-CN']} 中已退 ${gone['zh-CN']}，配捐 ${all['zh-CN']} 按比例这次退 ${due['zh-CN']}`,
    en: `${gone.en} of one’s own ${own.en} went back, so ${due.en} of the match of ${all.en} go back now`,
  };
  if (amount === wanted) return { 'zh-CN': `${sum['zh-CN']}。`, en: `${sum.en}.` };
  return {
    'zh-CN': `${sum['zh-CN']}；配捐已用掉一部分，实退 ${given['zh-CN']}。`,
    en: `${sum.en}; a part of the matched money is spent already, so it is ${given.en}.`,
  };
}

/** Hundredths of a percent as a factor without needless zeros: 15000 is 1.5. */
export function factorText(bps: number): string {
  const digits = bps.toString().padStart(5, '0');
  const rest = digits.slice(-4).replace(/0+$/, '');
  return digits.slice(0, -4) + (rest === '' ? '' : `.${rest}`);
}
