import {
  DueBillDays,
  ForgetBills,
  OpenBillDays,
  ReadReconciliationState,
  ReconcileDay,
} from '@hehuo/payment';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';
import type { Reading } from '../status/metrics.js';

const openIdleMs = 10 * 60_000;
const reconcileIdleMs = 30_000;
const forgetIdleMs = 60 * 60_000;
const billsPerRound = 200;
/** Bills are long answers; a few at a time leave the gateways' limits to payments. */
const billsAtOnce = 2;

export function reconciliationSweeps(resolve: Resolve): Sweep[] {
  const [open, due, reconcile] = [
    resolve(OpenBillDays),
    resolve(DueBillDays),
    resolve(ReconcileDay),
  ] as const;
  const forget = resolve(ForgetBills);
  return [
    { name: 'open-bill-days', idleMs: openIdleMs, round: async () => (await open.execute()) > 0 },
    {
      name: 'reconcile-bill-days',
      idleMs: reconcileIdleMs,
      atOnce: billsAtOnce,
      due: (limit) => due.execute(limit),
      act: (ref) => reconcile.execute(idOf('bld', ref)),
    },
    {
      name: 'forget-bill-bytes',
      idleMs: forgetIdleMs,
      round: async () => (await forget.execute(billsPerRound)) === billsPerRound,
    },
  ];
}

export function reconciliationReadings(resolve: Resolve): Reading[] {
  const state = resolve(ReadReconciliationState);
  return [
    {
      name: 'hehuo_suspense_fen',
      help: 'fen that bills and books do not agree on, what came and what is missing added up; anything but 0 needs a person',
      read: async () => Number((await state.execute()).inSuspense),
    },
    {
      name: 'hehuo_differences_open',
      help: 'differences between bills and books that wait for an explanation; each stops payouts of its account',
      read: async () => (await state.execute()).differencesOpen,
    },
    {
      name: 'hehuo_bill_days_overdue',
      help: 'days of bills older than three days that are not closed; they stop payouts of their accounts',
      read: async () => (await state.execute()).billDaysOverdue,
    },
  ];
}
