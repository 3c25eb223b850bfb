import { DueCampaigns, DueNotices, OpenCampaign, SHORT_DEADLINES } from '@hehuo/campaign';
import { Installation } from '@hehuo/platform';
import { FreeUnpaid, PassDeadline } from '@hehuo/settlement';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';
import type { Reading } from '../status/metrics.js';

/** A campaign that is open this long after its deadline is late; the sweeper should have closed it twenty times. */
const lateSeconds = 120;

export function campaignSweeps(resolve: Resolve): Sweep[] {
  const due = resolve(DueCampaigns);
  const rehearsal = resolve(Installation).shortDeadlines ? SHORT_DEADLINES : undefined;
  const deadline = resolve(PassDeadline);
  const free = resolve(FreeUnpaid);
  const [notices, open] = [resolve(DueNotices), resolve(OpenCampaign)] as const;
  return [
    {
      name: 'open-campaigns',
      due: (limit) => notices.execute(limit),
      act: (ref) => open.execute(idOf('cmp', ref), rehearsal),
    },
    {
      name: 'close-campaigns',
      due: (limit) => due.toClose(limit),
      act: (ref) => deadline.execute(idOf('cmp', ref)),
    },
    {
      name: 'decide-campaigns',
      due: (limit) => due.toDecide(limit),
      act: (ref) => deadline.execute(idOf('cmp', ref)),
    },
    {
      name: 'end-collections',
      due: (limit) => due.toEndCollection(limit),
      act: (ref) => deadline.endCollection(idOf('cmp', ref)),
    },
    {
      name: 'free-unpaid-places',
      due: (limit) => due.withUnpaid(limit),
      act: (ref) => free.execute(idOf('cmp', ref)),
    },
  ];
}

export function campaignReadings(resolve: Resolve): Reading[] {
  const due = resolve(DueCampaigns);
  return [
    {
      name: 'hehuo_campaigns_overdue',
      help: 'campaigns that are still open two minutes after their deadline; anything but 0 is a fault',
      read: () => due.overdue(lateSeconds),
    },
  ];
}
