import type { MatchErrorCode } from '@hehuo/campaign';
import type { ProblemRow } from '../problem/problem-row.js';

export const MATCH_PROBLEMS: Record<MatchErrorCode, ProblemRow> = {
  match_pool_not_found: { status: 404, zh: '没有这个配捐池', en: 'There is no such pool of match funds' },
  match_pool_invalid: { status: 422, zh: '配捐条件有误', en: 'The terms of the pool are not right' },
  match_pool_not_active: { status: 409, zh: '配捐池没有启用', en: 'The pool is not active' },
  match_pool_unfit: { status: 422, zh: '这个配捐池不适合该项目', en: 'The pool does not fit this campaign' },
  match_forbidden: { status: 403, zh: '您不能操作这个配捐池', en: 'This pool is not yours to change' },
  match_same_person: { status: 403, zh: '需要由另一个人来操作', en: 'Another person has to do this' },
  match_too_late: {
    status: 409,
    zh: '项目现在不能加入配捐池',
    en: 'No pool can be bound to this campaign now',
  },
  match_not_bound: { status: 404, zh: '项目没有这个配捐池', en: 'This campaign has no such pool' },
  match_receipt_invalid: {
    status: 422,
    zh: '到账信息有误',
    en: 'What is said about the receipt is not right',
  },
};
