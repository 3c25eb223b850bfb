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

export function invalid(pointer: string, message: string): never {
  throw new PledgeError('pledge_invalid', message, { errors: [{ pointer, message }] });
}

/** Work is promised in slots: minutes of the slot for each place. */
export function slotQuantity(request: PledgeRequest, ask: OpenAsk, slot: OpenSlot | null): bigint {
  if (request.quantity !== null)
    invalid('/quantity', 'leave the quantity out: the slot says how long it takes');
  if (!slot) return invalid('/slotId', 'choose one of the slots of this ask');
  if (slot.askId !== ask.id) return invalid('/slotId', 'this slot belongs to another ask');
  if (request.places < 1) return invalid('/places', 'at least one place is needed');
  return slot.minutes * BigInt(request.places);
}

/** The kinds without slots. */
export function refuseSlot(request: PledgeRequest): void {
  if (request.slotId !== null) invalid('/slotId', 'only labour and skilled work have slots');
  if (request.places !== 1) invalid('/places', 'only labour and skilled work have places');
}

export function countedOne(request: PledgeRequest): bigint {
  refuseSlot(request);
  if (request.quantity !== null) invalid('/quantity', 'leave the quantity out: this counts as one');
  return 1n;
}

export function givenQuantity(request: PledgeRequest): bigint {
  refuseSlot(request);
  return request.quantity ?? invalid('/quantity', 'say how much');
}
