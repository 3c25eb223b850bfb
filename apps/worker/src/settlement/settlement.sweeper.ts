import { DueRuns, ReadSettlement, RemindPayers, RunRefunds, RunSettlement } from '@hehuo/settlement';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';
import type { Reading } from '../status/metrics.js';

const reminderIdleMs = 60_000;
const remindersPerRound = 200;

export function settlementSweeps(resolve: Resolve): Sweep[] {
  const due = resolve(DueRuns);
  const run = resolve(RunSettlement);
  const refunds = resolve(RunRefunds);
  const remind = resolve(RemindPayers);
  return [
    {
      name: 'settle-campaigns',
      due: (limit) => due.execute(limit),
      act: (ref) => run.execute(idOf('cmp', ref)),
    },
    {
      name: 'refund-shares',
      due: (limit) => refunds.due(limit),
      act: (ref) => refunds.execute(idOf('rfr', ref)),
    },
    {
      name: 'remind-payers',
      idleMs: reminderIdleMs,
      round: async () => (await remind.execute(remindersPerRound)) === remindersPerRound,
    },
  ];
}

export function settlementReadings(resolve: Resolve): Reading[] {
  const read = resolve(ReadSettlement);
  return [
    {
      name: 'hehuo_settlement_needs_human',
      help: 'pledges that settlement could not end and runs that it halted; each waits for a person',
      read: () => read.needsHuman(),
    },
  ];
}
