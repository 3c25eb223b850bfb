import { defineMachine, type Id } from '@hehuo/kernel';
import type { OrderFinding } from './findings.js';
import { CHECK_SECONDS, checkAfterSeconds } from './schedule.js';

/** Money that reached the custodian without a gateway is a charge of this channel, entered by two persons. */
export const OFFLINE = 'offline';
/** Every way in which money comes in. A real gateway gets its word here together with its adapter. */
export const GATEWAYS = ['sandbox', 'wechat', 'alipay', OFFLINE] as const;
export type GatewayName = (typeof GATEWAYS)[number];

/**
 * How a payer pays: on a page of the gateway, on one made for a phone's browser, by scanning a code with the payer's own
 * app, or inside WeChat's browser.
 */
export const PAY_SCENES = ['page', 'phone', 'code', 'wechat'] as const;
export type PayScene = (typeof PAY_SCENES)[number];

export type ChargeState = 'new' | 'sent' | 'pending' | 'unknown' | 'succeeded' | 'closed' | 'failed';
export type ChargeEvent = 'send' | 'accept' | 'lose' | 'pay' | 'close' | 'fail';

/**
 * What we know of an order at a gateway. `pay` leads out of every state: a gateway that says paid outranks whatever we
 * believed before (late success), and nothing leads out of succeeded.
 */
export const CHARGE_MACHINE = defineMachine<ChargeState, ChargeEvent>('charge', 'new', {
  new: { send: 'sent', pay: 'succeeded', close: 'closed' },
  sent: {
    send: 'sent',
    accept: 'pending',
    lose: 'unknown',
    pay: 'succeeded',
    close: 'closed',
    fail: 'failed',
  },
  pending: { pay: 'succeeded', close: 'closed', fail: 'failed' },
  unknown: { send: 'sent', accept: 'pending', pay: 'succeeded', close: 'closed', fail: 'failed' },
  closed: { pay: 'succeeded' },
  failed: { pay: 'succeeded' },
  succeeded: {},
});

/** States in which the payer may still pay, as far as we know. */
export const CHARGE_IN_FLIGHT: readonly ChargeState[] = ['new', 'sent', 'pending', 'unknown'];

/** Which side of the campaign's books the money is on: held for it, or to be given back. */
export type Booking = 'escrow' | 'excess';
/** Where money that goes back is taken from; `payable` once the campaign succeeded. */
export type RefundSource = Booking | 'payable';

export interface Charge {
  readonly id: Id<'chg'>;
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly payerId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly gateway: GatewayName;
  /** The custodian's name at the gateway; empty for offline money. */
  readonly merchantRef: string;
  readonly scene: PayScene;
  /** Our number of the order: derived from the id, stored before it is sent, never made anew. */
  readonly number: string;
  readonly operationId: string;
  /** Fen asked for. */
  readonly amount: bigint;
  readonly description: string;
  readonly payBy: Date;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly payUrl: string | null;
  readonly state: ChargeState;
  readonly version: number;
  /** The order is to be closed at the gateway: superseded by a new try, or its campaign collects no more. */
  readonly closeWanted: boolean;
  readonly refusal: string | null;
  readonly sentAt: Date | null;
  readonly paidAt: Date | null;
  /** Fen that came in, which need not be what was asked for. */
  readonly paidAmount: bigint | null;
  readonly transactionNo: string | null;
  readonly bookedAs: Booking | null;
  readonly fence: number;
  readonly checks: number;
  readonly createdAt: Date;
}

/** `C` and the 26 characters of the id: the same number on every retry. */
export function orderNumber(chargeId: Id<'chg'>): string {
  return `C${chargeId.slice(4)}`;
}

/** A query that finds no order proves a failure only when the order was sent longer ago than this. */
export const absentSecondsMin = 300;

/** What the database's clock says about a charge at the moment of the decision. */
export interface ChargeAges {
  readonly secondsSinceSent: number;
  readonly payByPassed: boolean;
}

/** Whether the order must not be payable any more: its time is over, or nobody wants it. */
export function isOver(charge: Pick<Charge, 'closeWanted'>, ages: ChargeAges): boolean {
  return charge.closeWanted || ages.payByPassed;
}

type Known = Pick<Charge, 'state' | 'payUrl' | 'closeWanted'>;

/**
 * What follows from a finding: an event of the machine, or null when it changes nothing. Never regresses: an `open` that
 * arrives after `closed` or `paid` says nothing new. Total over every state and finding.
 */
export function learn(charge: Known, finding: OrderFinding, ages: ChargeAges): ChargeEvent | null {
  const event = eventOf(charge, finding, ages);
  return event !== null && CHARGE_MACHINE.can(charge.state, event) ? event : null;
}

function eventOf(charge: Known, finding: OrderFinding, ages: ChargeAges): ChargeEvent | null {
  switch (finding.kind) {
    case 'paid':
      return 'pay';
    case 'closed':
      return 'close';
    case 'open':
      // Without the address of the payment page the payer is not helped: sending again brings it.
      return (finding.payUrl ?? charge.payUrl) === null ? null : 'accept';
    case 'refused':
      return 'fail';
    case 'unknown':
      return 'lose';
    case 'absent':
      // While it may still be paid, the order is simply sent again under the same number.
      return isOver(charge, ages) && ages.secondsSinceSent > absentSecondsMin ? 'fail' : null;
  }
}

/** Findings that are facts for good, so that it does not matter who asked or when. */
export function isFact(finding: OrderFinding): boolean {
  return finding.kind === 'paid' || finding.kind === 'closed';
}

/** Seconds until the next question about a charge in this state; null when nobody need ask again. */
export function nextCheckSeconds(charge: Pick<Charge, 'state' | 'checks' | 'sentAt'>): number | null {
  if (charge.state === 'succeeded') return null;
  if (CHARGE_IN_FLIGHT.includes(charge.state)) return checkAfterSeconds(charge.checks);
  // A closed or failed order is looked at for some hours more: late successes are rare and their callbacks get lost too.
  return charge.sentAt === null || charge.checks >= CHECK_SECONDS.length
    ? null
    : checkAfterSeconds(charge.checks);
}

/** Money of another sum than asked for is never counted: it goes back whole. */
export function isExactPayment(charge: Pick<Charge, 'amount'>, paid: bigint): boolean {
  return charge.amount === paid;
}
