import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chineseCapitals } from './index.js';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS: Readonly<Record<string, bigint>> = { 拾: 10n, 佰: 100n, 仟: 1_000n };

/** Reads what was written, by other rules than it was written: places multiply, groups add up. */
function read(text: string): bigint {
  const [, yuan = '', rest = ''] = /^(?:(.*)元)?(.*)$/.exec(text)!;
  const jiao = /(.)角/.exec(rest)?.[1];
  const fen = /(.)分/.exec(rest)?.[1];
  const digit = (of: string | undefined) => BigInt(of === undefined ? 0 : DIGITS.indexOf(of));
  return wholeOf(yuan) * 100n + digit(jiao) * 10n + digit(fen);
}

function wholeOf(text: string): bigint {
  for (const [name, size] of [
    ['亿', 100_000_000n],
    ['万', 10_000n],
  ] as const) {
    const at = text.lastIndexOf(name);
    if (at >= 0) return wholeOf(text.slice(0, at)) * size + wholeOf(text.slice(at + 1));
  }
  let [sum, digit] = [0n, 0n];
  for (const character of text) {
    const unit = UNITS[character];
    if (unit === undefined) digit = BigInt(DIGITS.indexOf(character));
    else [sum, digit] = [sum + digit * unit, 0n];
  }
  return sum + digit;
}

describe('Chinese capitals', () => {
  it.each<[bigint, string]>([
    [0n, '零元整'],
    [1n, '壹分'],
    [10n, '壹角整'],
    [15n, '壹角伍分'],
    [5_000n, '伍拾元整'],
    [304n, '叁元零肆分'],
    [1_000n, '壹拾元整'],
    [100_520n, '壹仟零伍元贰角整'],
    [10_000_000n, '壹拾万元整'],
    [10_000_100n, '壹拾万零壹元整'],
    [100_010_000n, '壹佰万零壹佰元整'],
    [123_456_789n, '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分'],
    [10_000_000_000n, '壹亿元整'],
    [10_000_000_100n, '壹亿零壹元整'],
    [100_000_000_000_000n, '壹万亿元整'],
    [100_010_000_000_000n, '壹万零壹亿元整'],
    [9_999_999_999_999n, '玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('writes %s fen as %s', (fen, text) => {
    expect(chineseCapitals(fen)).toBe(text);
  });

  it('can be read back, says 零 never twice and ends with 整 or 分, from 0 to 10^13 fen', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (fen) => {
        const text = chineseCapitals(fen);
        expect(read(text)).toBe(fen);
        expect(text).not.toMatch(/零零|零[万亿角]|.零元|^零(?!元整)|[拾佰仟万亿]{3}/);
        expect(text).toMatch(fen % 10n === 0n ? /整$/ : /分$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('refuses what it cannot say', () => {
    expect(() => chineseCapitals(-1n)).toThrow(RangeError);
    expect(() => chineseCapitals(10n ** 18n)).toThrow(RangeError);
  });
});
