import { CloseCampaign, DecideCampaign, EndCollection, OpenCampaign, SHORT_DEADLINES } from '@hehuo/campaign';
import { Installation } from '@hehuo/platform';
import { idOf, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'open-campaign' | 'close-campaign' | 'end-collection'>;

export function campaignJobs(resolve: Resolve): Jobs {
  const open = resolve(OpenCampaign);
  const rehearsal = resolve(Installation).shortDeadlines ? SHORT_DEADLINES : undefined;
  const close = resolve(CloseCampaign);
  const decide = resolve(DecideCampaign);
  const endCollection = resolve(EndCollection);
  return {
    'open-campaign': (ref) => open.execute(idOf('cmp', ref), rehearsal),
    'close-campaign': async (ref) => {
      await close.execute(idOf('cmp', ref));
      // Where nothing is to be drained, the outcome follows the deadline at once; else the sweeper decides.
      await decide.execute(idOf('cmp', ref));
    },
    'end-collection': (ref) => endCollection.execute(idOf('cmp', ref)),
  };
}
