import { SendSms } from '@hehuo/identity';
import type { JobHandlers, Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'send-sms'>;

export function identityJobs(resolve: Resolve): Jobs {
  const send = resolve(SendSms);
  return { 'send-sms': (ref) => send.execute(ref) };
}
