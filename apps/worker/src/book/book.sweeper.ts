import { DueStatements, FreezeMonth, RaiseOverdue, ReadChallenges, WriteBook } from '@hehuo/book';
import { Leases } from '@hehuo/platform';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';
import type { Reading } from '../status/metrics.js';

/** The public book follows the ledger so soon that nobody who paid looks in vain. */
const writeIdleMs = 2_000;
const leaseSeconds = 8;
/** Months and due dates turn slowly. */
const slowIdleMs = 60_000;

export function bookSweeps(resolve: Resolve): Sweep[] {
  const [write, leases] = [resolve(WriteBook), resolve(Leases)] as const;
  const [due, freeze] = [resolve(DueStatements), resolve(FreezeMonth)] as const;
  const overdue = resolve(RaiseOverdue);
  return [
    {
      name: 'write-book',
      idleMs: writeIdleMs,
      round: async () => (await leases.take('sweep:write-book', leaseSeconds)) && write.execute(),
    },
    {
      name: 'freeze-statements',
      idleMs: slowIdleMs,
      due: (limit) => due.execute(limit),
      act: async (ref) => {
        // A worker that was away freezes all months that it missed.
        while (await freeze.execute(idOf('cus', ref)));
      },
    },
    {
      name: 'overdue-challenges',
      idleMs: slowIdleMs,
      due: (limit) => overdue.due(limit),
      act: (ref) => overdue.execute(idOf('chl', ref)),
    },
  ];
}

export function bookReadings(resolve: Resolve): Reading[] {
  const challenges = resolve(ReadChallenges);
  return [
    {
      name: 'hehuo_challenges_overdue',
      help: 'questions about the public book that the custodian has not answered in time',
      read: () => challenges.countOverdue(),
    },
  ];
}
