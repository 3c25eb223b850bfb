import { SendSms } from '@hehuo/identity';
import type { Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';

export function identitySweeps(resolve: Resolve): Sweep[] {
  const send = resolve(SendSms);
  return [{ name: 'send-sms', due: (limit) => send.due(limit), act: (ref) => send.execute(ref) }];
}
