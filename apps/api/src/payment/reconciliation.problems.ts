import type { ReconciliationErrorCode } from '@hehuo/payment';
import type { ProblemRow } from '../problem/problem-row.js';

export const RECONCILIATION_PROBLEMS: Record<ReconciliationErrorCode, ProblemRow> = {
  bill_day_not_found: { status: 404, zh: '没有这一天的账单', en: 'There is no such day of a bill' },
  bill_day_invalid: { status: 422, zh: '日期有误', en: 'The day is not right' },
  bill_day_not_overdue: {
    status: 409,
    zh: '这一天的账单并未逾期缺失',
    en: 'This day does not lack its bill for long enough',
  },
  bill_day_not_proposed: {
    status: 409,
    zh: '还没有人提议无账单关账',
    en: 'Nobody proposed to close this day without its bill',
  },
  bill_day_changed: {
    status: 409,
    zh: '提议刚被改过，请重新查看',
    en: 'It was proposed anew meanwhile; read it again',
  },
  difference_not_found: { status: 404, zh: '没有这笔差异', en: 'There is no such difference' },
  difference_not_open: {
    status: 409,
    zh: '这笔差异现在不需要处理',
    en: 'This difference does not wait for this',
  },
  difference_invalid: {
    status: 422,
    zh: '说明与这笔差异不符',
    en: 'The explanation does not fit the difference',
  },
  difference_changed: {
    status: 409,
    zh: '说明刚被改过，请重新查看',
    en: 'It was explained anew meanwhile; read it again',
  },
};
