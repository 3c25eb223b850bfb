import {
  ApplyGatewayEvent,
  CheckChannel,
  CheckCharge,
  DueChannels,
  DueCharges,
  DueGatewayEvents,
  DueRefunds,
  MatchBankLines,
  ReadBacklog,
  ReadPayouts,
  SendRefund,
} from '@hehuo/payment';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';
import type { Reading } from '../status/metrics.js';

/** A gateway may take its whole time limit over each; the others must not wait behind it. */
const callsAtOnce = 8;
const channelIdleMs = 60_000;
const matchIdleMs = 30_000;

export function paymentSweeps(resolve: Resolve): Sweep[] {
  const [channels, checkChannel] = [resolve(DueChannels), resolve(CheckChannel)] as const;
  const [charges, check] = [resolve(DueCharges), resolve(CheckCharge)] as const;
  const [refunds, send] = [resolve(DueRefunds), resolve(SendRefund)] as const;
  const [events, apply] = [resolve(DueGatewayEvents), resolve(ApplyGatewayEvent)] as const;
  const match = resolve(MatchBankLines);
  return [
    {
      name: 'check-channels',
      idleMs: channelIdleMs,
      atOnce: callsAtOnce,
      due: (limit) => channels.execute(limit),
      act: (ref) => checkChannel.execute(idOf('chn', ref)),
    },
    {
      name: 'match-bank-lines',
      idleMs: matchIdleMs,
      due: (limit) => match.due(limit),
      act: (ref) => match.execute(idOf('cus', ref)),
    },
    {
      name: 'check-charges',
      atOnce: callsAtOnce,
      due: (limit) => charges.execute(limit),
      act: (ref) => check.execute(idOf('chg', ref)),
    },
    {
      name: 'send-refunds',
      atOnce: callsAtOnce,
      due: (limit) => refunds.execute(limit),
      act: (ref) => send.execute(idOf('rfd', ref)),
    },
    {
      name: 'apply-gateway-events',
      atOnce: callsAtOnce,
      due: (limit) => events.execute(limit),
      act: (ref) => apply.execute(idOf('gev', ref)),
    },
  ];
}

export function paymentReadings(resolve: Resolve): Reading[] {
  const backlog = resolve(ReadBacklog);
  const payouts = resolve(ReadPayouts);
  const count = async (what: 'charges' | 'refunds', state: string): Promise<number> => {
    const rows = (await backlog.execute())[what] as readonly { state: string; n: number }[];
    return rows.filter((row) => row.state === state).reduce((sum, { n }) => sum + n, 0);
  };
  const channels = resolve(DueChannels);
  return [
    {
      name: 'hehuo_channels_failing',
      help: 'active merchant accounts whose keys did not work when they were asked last',
      read: () => channels.failing(),
    },
    {
      name: 'hehuo_charges_unknown',
      help: 'payments of which nobody knows yet whether they happened; the janitor asks on',
      read: () => count('charges', 'unknown'),
    },
    {
      name: 'hehuo_refunds_unknown',
      help: 'refunds of which nobody knows yet whether they happened; the janitor asks on',
      read: () => count('refunds', 'unknown'),
    },
    {
      name: 'hehuo_gateway_events_unexplained',
      help: 'callbacks about orders that are not ours, or that the gateway itself contradicts',
      read: async () => {
        const { events } = await backlog.execute();
        const odd = events.filter(({ state }) => state === 'unknown_object' || state === 'contradicted');
        return odd.reduce((sum, { n }) => sum + n, 0);
      },
    },
    {
      name: 'hehuo_refunds_need_human',
      help: 'refunds that a person must look at',
      read: () => count('refunds', 'needs_human'),
    },
    {
      name: 'hehuo_payouts_waiting',
      help: 'payouts that wait for an approval, for the bank or for its voucher',
      read: () => payouts.waiting(),
    },
  ];
}
