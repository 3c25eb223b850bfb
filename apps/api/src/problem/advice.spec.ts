import { describe, expect, it } from '@jest/globals';
import { PledgeError } from '@hehuo/campaign';
import { IdentityError } from '@hehuo/identity';
import { documentOf } from './problem-document.js';

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

  it('falls back to the English sentence where there is none', () => {
    expect(inChinese(new IdentityError('login_taken', 'somebody has this login'))).toBe(
      'somebody has this login',
    );
  });
});
