import { PaymentError } from '../../domain/errors.js';
import type { RawCallback, VerifiedEvent } from '../../use-cases/gateway.port.js';
import { fenOf, fieldsOf, instantOf, numberOf, type Fields } from './fields.js';
import type { KeyRing } from './keys.js';
import { opened } from './resource.js';
import { faultOf } from './signature.js';

const KINDS: Readonly<Record<string, VerifiedEvent['kind']>> = {
  'TRANSACTION.SUCCESS': 'charge.paid',
  'REFUND.SUCCESS': 'refund.done',
  'REFUND.ABNORMAL': 'refund.failed',
  'REFUND.CLOSED': 'refund.failed',
};

/**
 * Verifies a callback over its bytes, opens it and reads its claim. Keys that were replaced a moment ago count as well:
 * callbacks made under them are still on the way. Throws `callback_refused` or `callback_malformed`.
 */
export function eventOf(
  { headers, body, merchantRef }: RawCallback & { readonly merchantRef: string },
  rings: readonly KeyRing[],
  now: Date,
): VerifiedEvent {
  const platformKeys = rings.flatMap((ring) => ring.platformKeys);
  const fault = faultOf(headers, body, platformKeys, now.getTime());
  if (fault) throw new PaymentError('callback_refused', `the signature of the callback is ${fault}`);
  const envelope = fieldsOf(parsed(Buffer.from(body).toString('utf8')));
  const sealed = fieldsOf(envelope['resource']);
  const text = rings.map((ring) => opened(sealed, ring.apiV3Key)).find((found) => found !== null);
  if (text === undefined) {
    throw new PaymentError('callback_refused', 'the callback was not sealed with a key of this merchant');
  }
  const claim = fieldsOf(parsed(text));
  if (claim['mchid'] !== merchantRef) {
    throw new PaymentError('callback_refused', 'the callback is about another merchant than its address');
  }
  const event = claimed(envelope, claim, rings, merchantRef);
  if (!event) {
    throw new PaymentError(
      'callback_malformed',
      'the callback is signed and its content is not as documented',
    );
  }
  return event;
}

function claimed(
  envelope: Fields,
  claim: Fields,
  rings: readonly KeyRing[],
  merchantRef: string,
): VerifiedEvent | null {
  const type = String(envelope['event_type']);
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const key = numberOf(envelope['id']);
  const orderNumber = numberOf(claim['out_trade_no']);
  const occurredAt = instantOf(claim['success_time']) ?? instantOf(envelope['create_time']);
  const sums = fieldsOf(claim['amount']);
  if (!kind || !key || !orderNumber || !occurredAt) return null;
  const common = { key, kind, orderNumber, merchantRef, occurredAt };
  if (kind !== 'charge.paid') {
    const [refundNumber, amount] = [numberOf(claim['out_refund_no']), fenOf(sums['refund'])];
    return refundNumber && amount ? { ...common, refundNumber, amount } : null;
  }
  const amount = fenOf(sums['total']);
  const isOurs = rings.some(({ appId }) => appId === claim['appid']);
  if (claim['trade_state'] !== 'SUCCESS' || !isOurs || sums['currency'] !== 'CNY' || amount === null) {
    return null;
  }
  return { ...common, refundNumber: null, amount };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
