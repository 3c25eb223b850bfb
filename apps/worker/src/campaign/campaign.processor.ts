import { OpenCampaign, SHORT_DEADLINES } from '@hehuo/campaign';
import { Installation } from '@hehuo/platform';
import { PassDeadline } from '@hehuo/settlement';
import { idOf, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'open-campaign' | 'close-campaign' | 'end-collection'>;

export function campaignJobs(resolve: Resolve): Jobs {
  const open = resolve(OpenCampaign);
  const rehearsal = resolve(Installation).shortDeadlines ? SHORT_DEADLINES : undefined;
  const deadline = resolve(PassDeadline);
  return {
    'open-campaign': (ref) => open.execute(idOf('cmp', ref), rehearsal),
    'close-campaign': (ref) => deadline.execute(idOf('cmp', ref)),
    'end-collection': (ref) => deadline.endCollection(idOf('cmp', ref)),
  };
}
