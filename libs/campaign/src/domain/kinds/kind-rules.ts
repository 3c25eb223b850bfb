import type { PaymentMode } from '../campaign.js';
import type { OpenAsk, OpenSlot, PledgeRequest } from '../pledge.js';
import type { PledgeEvent, PledgeState } from '../pledge.machine.js';
import { PledgeError } from '../pledge-errors.js';

export type AgeClass = 'adult' | 'teen' | 'child';

/** What the six kinds differ in; everything else about a pledge is the same for all. */
export interface KindRules {
  /** How much the request promises, in the kind's unit. Throws `pledge_invalid` with what to change. */
  quantityOf(request: PledgeRequest, ask: OpenAsk, slot: OpenSlot | null): bigint;
  /** Whether somebody of this age may promise it. Source: Civil Code §§19, 20, 145; volunteer rules. */
  readonly ages: readonly AgeClass[];
  /** One promise a household, as the 1/5 threshold counts households. */
  readonly oncePerHousehold: boolean;
  firstState(mode: PaymentMode | null): PledgeState;
  /** What settlement does with it when the campaign succeeded, and when it did not. */
  readonly onSuccess: PledgeEvent;
  readonly onFailure: PledgeEvent;
}

/** What can be wrong with the form of a pledge, and what to do about it. */
const FLAWS = {
  slot_has_quantity: ['/quantity', 'leave the quantity out: the slot says how long it takes'],
  slot_missing: ['/slotId', 'choose one of the slots of this ask'],
  slot_foreign: ['/slotId', 'this slot belongs to another ask'],
  places_missing: ['/places', 'at least one place is needed'],
  no_slots: ['/slotId', 'only labour and skilled work have slots'],
  no_places: ['/places', 'only labour and skilled work have places'],
  counts_as_one: ['/quantity', 'leave the quantity out: this counts as one'],
  quantity_missing: ['/quantity', 'say how much'],
  idea_missing: ['/text', 'write your idea down, in one sentence or more'],
  no_text: ['/text', 'only planning has a text'],
} as const satisfies Record<string, readonly [pointer: string, message: string]>;
export type PledgeFlaw = keyof typeof FLAWS;

export function invalid(code: PledgeFlaw): never {
  const [pointer, message] = FLAWS[code];
  throw new PledgeError('pledge_invalid', message, { errors: [{ pointer, code, message }] });
}

/** Work is promised in slots: minutes of the slot for each place. */
export function slotQuantity(request: PledgeRequest, ask: OpenAsk, slot: OpenSlot | null): bigint {
  refuseText(request);
  if (request.quantity !== null) invalid('slot_has_quantity');
  if (!slot) return invalid('slot_missing');
  if (slot.askId !== ask.id) return invalid('slot_foreign');
  if (request.places < 1) return invalid('places_missing');
  return slot.minutes * BigInt(request.places);
}

/** Nothing that a neighbour wrote is dropped in silence, or kept where nobody would look for it. */
export function refuseText(request: PledgeRequest): void {
  if (request.text !== null) invalid('no_text');
}

/** The kinds without slots. */
export function refuseSlot(request: PledgeRequest): void {
  if (request.slotId !== null) invalid('no_slots');
  if (request.places !== 1) invalid('no_places');
}

export function countedOne(request: PledgeRequest): bigint {
  refuseSlot(request);
  if (request.quantity !== null) invalid('counts_as_one');
  return 1n;
}

export function givenQuantity(request: PledgeRequest): bigint {
  refuseSlot(request);
  refuseText(request);
  return request.quantity ?? invalid('quantity_missing');
}
