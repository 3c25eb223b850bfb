import { describe, expect, it } from '@jest/globals';
import { PledgeError } from '@hehuo/campaign';
import { IdentityError } from '@hehuo/identity';
import { adviceInChinese } from './advice.zh.js';
import { shownFields } from './field-advice.zh.js';
import { documentOf } from './problem-document.js';
import { PROBLEMS } from './problems.js';

const inChinese = (refusal: PledgeError | IdentityError) => documentOf(refusal, 'req-1', 'zh-CN').detail;

describe('advice in Chinese', () => {
  it.each([
    [new PledgeError('pledge_slot_full', 'only 2 places', { left: 2 }), '这个时段只剩 2 个名额'],
    [new PledgeError('pledge_slot_full', 'full', { left: 0 }), '请选另一个时段'],
    [new PledgeError('pledge_full', 'only 3 more', { left: '3' }), '这一项最多还能收 3'],
    [
      new PledgeError('pledge_over_limit', 'at most', { limit: '800', promised: '500' }),
      '每人最多 800，您已经答应 500',
    ],
    [new PledgeError('pledge_over_limit', 'at most', { limit: '800' }), '每次最多 800'],
    [new IdentityError('code_too_soon', 'wait', { retryAfterSeconds: 37 }), '请等 37 秒再要验证码'],
    [
      new PledgeError('pledge_invalid', 'x', { errors: [{ code: 'slot_missing' }] }),
      '请选择这一项的一个时段',
    ],
    [new PledgeError('pledge_invalid', 'x', { errors: 'none' }), '请按 errors 里的提示改好后再发送'],
  ])('is filled in from the details: %s', (refusal, words) => {
    expect(inChinese(refusal)).toBe(words);
  });

  // Everything that a context fills in anywhere.
  const filled = {
    ...{
      limit: 5,
      promised: '2',
      left: '3',
      least: '100',
      due: '250',
      version: '2026-11',
      retryAfterSeconds: 7_201,
    },
    ...{ reason: { 'zh-CN': '个人求助' }, wayOut: { 'zh-CN': '请到指定平台' } },
  };

  it.each(Object.keys(PROBLEMS))('says what to do about %s, in whole words', (code) => {
    const words = adviceInChinese(code, filled) ?? '';
    expect(words).toMatch(/[\u4e00-\u9fff]{2}/);
    expect(words).not.toMatch(/undefined|null|NaN|\[object/);
    // A person who reads slowly gets a sentence or two, and none of the words of programmers but in the API's own refusals.
    expect(words.length).toBeLessThan(70);
  });

  it('has nothing to say about a code that does not exist', () => {
    expect(adviceInChinese('no_such_code', {})).toBeNull();
  });

  it.each([
    ['pledge_invalid', { pointer: '/slotId', code: 'slot_missing' }, '请选择这一项的一个时段'],
    [
      'campaign_incomplete',
      { pointer: '/goal/asks/0/slots', code: 'slot_missing' },
      '出工出力至少要有一个时段：什么时候、要几个人',
    ],
    ['campaign_incomplete', { pointer: '/story/title', code: 'missing' }, '请写一个标题'],
    ['campaign_incomplete', { pointer: '/somewhere', code: 'missing' }, '请填写这一项'],
    ['campaign_field_invalid', { pointer: '/costs', code: 'too_many' }, '项数太多，请减少几项'],
    ['match_pool_invalid', { pointer: '/kinds', code: 'range' }, '超出了范围，或与其他条件不合'],
    [
      'bank_statement_refused',
      { line: 5, column: 'serial', code: 'serial_twice', twin: 2 },
      '流水号和第 2 行重复，请核对后删去一行',
    ],
    [
      'bank_statement_refused',
      { line: 3, column: 'income', code: 'sum_invalid' },
      '请按 1,234.50 这样写金额，单位是元',
    ],
    ['import_refused', { pointer: '/x', code: 'missing' }, 'in English'],
  ])('of a flaw under %s at %j', (code, flaw, message) => {
    const errors = [{ ...flaw, message: 'in English' }];
    expect(shownFields(code, errors, true)).toEqual([{ ...flaw, message }]);
    expect(shownFields(code, errors, false)).toEqual(errors);
  });
});
