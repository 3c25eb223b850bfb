import { rfc3339 } from '../clock.js';
import type { Delivery } from '../books/entries.js';
import type { Rule } from '../faults/rules.js';
import type { Tell } from './dialect.js';
import type { GatewayEvent } from './gateway-event.js';

export type { EventName, GatewayEvent } from './gateway-event.js';

/** Spacing of duplicates: they come one after another, unlike a storm, which comes all at once. */
const duplicateGapMs = 50;

/** The deliveries that tell of an event: one when all is well, none, another or many when a switch is on. */
export function expand(truth: GatewayEvent, rule: Rule | undefined, tell: Tell = tellPlainly): Delivery[] {
  if (tell(truth, 'valid') === null) return [];
  const now = truth.occurredAtMs;
  const delivery = (index: number, part: Partial<Delivery> = {}, told: GatewayEvent = truth): Delivery => ({
    id: `${truth.eventId}.${index}`,
    eventId: truth.eventId,
    orderNo: truth.orderNo,
    url: truth.url,
    ...(tell(told, part.signing ?? 'valid') ?? tellPlainly(told)),
    signing: 'valid',
    retried: true,
    overtakable: false,
    firstAtMs: now,
    ...part,
  });
  const once = (part: Partial<Delivery>, told?: GatewayEvent): Delivery[] => [
    delivery(1, { ...part, retried: false }, told),
  ];
  switch (rule?.fault) {
    case 'drop-callback':
      return [];
    case 'duplicate-callback':
      return Array.from({ length: rule.count }, (_, index) =>
        delivery(index + 1, { firstAtMs: now + index * duplicateGapMs }),
      );
    case 'callback-storm':
      return Array.from({ length: rule.count }, (_, index) => delivery(index + 1));
    case 'delay-callback':
      return [delivery(1, { firstAtMs: now + rule.delayMs })];
    case 'out-of-order-callback':
      return [delivery(1, { firstAtMs: now + rule.delayMs, overtakable: true })];
    case 'callback-replayed-later':
      return [
        delivery(1),
        delivery(2, { firstAtMs: now + rule.delayMs, signing: 'yesterday', retried: false }),
      ];
    case 'callback-unknown-order':
      return once({}, { ...truth, orderNo: `${truth.orderNo}-unknown` });
    case 'callback-wrong-amount':
      return once({}, { ...truth, amountFen: offByOne(truth.amountFen, rule.used) });
    case 'callback-wrong-merchant':
      return once({}, { ...truth, merchant: `${truth.merchant}-other` });
    case 'callback-bad-signature':
      return once({ signing: 'forged' });
    case 'callback-unsigned':
      return once({ signing: 'absent' });
    case 'callback-signature-probe':
      return once({ signing: 'probe' });
    case 'callback-weak-signature':
      return once({ signing: 'weak' });
    default:
      return [delivery(1)];
  }
}

/** One fen more and one fen less by turns, but never nothing. */
function offByOne(amountFen: bigint, turn: number): bigint {
  return turn % 2 === 0 && amountFen > 1n ? amountFen - 1n : amountFen + 1n;
}

function tellPlainly(told: GatewayEvent): { body: string } {
  const body = JSON.stringify({
    event: told.event,
    eventId: told.eventId,
    orderNo: told.orderNo,
    refundNo: told.refundNo,
    amountFen: String(told.amountFen),
    transactionNo: told.transactionNo,
    occurredAt: rfc3339(told.occurredAtMs),
    merchant: told.merchant,
  });
  return { body };
}
