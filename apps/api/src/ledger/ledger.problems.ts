import type { LedgerErrorCode } from '@hehuo/ledger';
import type { ProblemRow } from '../problem/problem-row.js';

/** A reader never causes these: they are faults of ours that stop a booking, or two bookings that met. */
export const LEDGER_PROBLEMS: Record<LedgerErrorCode, ProblemRow> = {
  ledger_transfer_invalid: { status: 500, zh: '记账失败', en: 'The booking was not valid' },
  ledger_transfer_conflict: { status: 409, zh: '这笔账已经记过', en: 'This was already booked otherwise' },
  ledger_insufficient: { status: 409, zh: '余额不足', en: 'The account does not hold enough' },
  ledger_already_resolved: { status: 409, zh: '这笔账已经结清', en: 'This was already settled or released' },
};
