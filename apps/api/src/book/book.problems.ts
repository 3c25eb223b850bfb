import type { BookErrorCode } from '@hehuo/book';
import type { ProblemRow } from '../problem/problem-row.js';

export const BOOK_PROBLEMS: Record<BookErrorCode, ProblemRow> = {
  book_not_found: { status: 404, zh: '没有这本账', en: 'There is no such book' },
  book_line_not_found: { status: 404, zh: '账本里没有这一笔', en: 'The book has no such line' },
  challenge_not_found: { status: 404, zh: '没有这条质询', en: 'There is no such question' },
  challenge_open_already: {
    status: 409,
    zh: '您对这一笔的质询还没有结束',
    en: 'Your question on this line is still open',
  },
  challenge_over: { status: 409, zh: '这条质询早已结束', en: 'This question ended too long ago' },
  challenge_full: { status: 409, zh: '这条质询已经写满', en: 'This thread is full' },
  challenge_limit: {
    status: 429,
    zh: '今天写得太多了，请明天再来',
    en: 'Too many today; come back tomorrow',
  },
  challenge_forbidden: {
    status: 403,
    zh: '您不能这样处理这条质询',
    en: 'You may not do this to this question',
  },
  message_not_found: { status: 404, zh: '没有这条留言', en: 'There is no such message' },
  message_hidden: { status: 409, zh: '这条留言已经隐藏', en: 'This message is hidden already' },
  book_members_only: {
    status: 403,
    zh: '本社区认证居民才能质询',
    en: 'Verified members of this community may ask',
  },
  book_text_invalid: { status: 422, zh: '文字长度不合适', en: 'The text is too short or too long' },
  book_changed_meanwhile: {
    status: 409,
    zh: '别人刚刚修改过，请再试一次',
    en: 'Others changed this meanwhile; try again',
  },
  statement_not_found: { status: 404, zh: '没有这份月报', en: 'There is no such statement' },
  payer_receipt_not_found: { status: 404, zh: '没有这笔付款', en: 'There is no such payment' },
  payer_receipt_not_paid: { status: 409, zh: '这笔款项还没有到账', en: 'This payment has not arrived' },
  charity_receipt_invalid: { status: 422, zh: '捐赠票据信息有误', en: 'The charity’s receipt is not right' },
};
