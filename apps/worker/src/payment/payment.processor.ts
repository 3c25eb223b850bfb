import { ApplyGatewayEvent, PlaceCharge, SendRefund } from '@hehuo/payment';
import { idOf, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'place-charge' | 'apply-gateway-event' | 'send-refund'>;

export function paymentJobs(resolve: Resolve): Jobs {
  const place = resolve(PlaceCharge);
  const apply = resolve(ApplyGatewayEvent);
  const send = resolve(SendRefund);
  return {
    'place-charge': (ref) => place.execute(idOf('chg', ref)),
    'apply-gateway-event': (ref) => apply.execute(idOf('gev', ref)),
    'send-refund': (ref) => send.execute(idOf('rfd', ref)),
  };
}
