import type { Flaw } from './errors.js';
import { slotMinutes } from './campaign.js';
import {
  millisecondsPerMinute,
  slotCapacityMax,
  slotMinutesMax,
  slotMinutesMin,
  slotsPerAskMax,
} from './limits.js';

export interface SlotDraft {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
}

/** Order, length, places and overlap of the slots of one ask. */
export function slotFlaws(slots: readonly SlotDraft[], pointer: string): Flaw[] {
  if (slots.length === 0) {
    return [
      { pointer, code: 'slot_missing', message: 'work needs at least one slot: when, and how many places' },
    ];
  }
  if (slots.length > slotsPerAskMax) {
    return [{ pointer, code: 'too_many', message: `at most ${slotsPerAskMax} slots for one ask` }];
  }
  return [...slots.flatMap((slot, at) => oneSlot(slot, `${pointer}/${at}`)), ...overlaps(slots, pointer)];
}

function oneSlot(slot: SlotDraft, pointer: string): Flaw[] {
  const flaws: Flaw[] = [];
  if (slot.endsAt <= slot.startsAt) {
    flaws.push({ pointer: `${pointer}/endsAt`, code: 'slot_order', message: 'a slot ends after it starts' });
  } else {
    const minutes = slotMinutes(slot);
    const whole = (slot.endsAt.getTime() - slot.startsAt.getTime()) % millisecondsPerMinute === 0;
    if (!whole || minutes < slotMinutesMin || minutes > slotMinutesMax) {
      flaws.push({
        pointer: `${pointer}/endsAt`,
        code: 'slot_length',
        message: `a slot takes ${slotMinutesMin} to ${slotMinutesMax} whole minutes`,
      });
    }
  }
  if (!Number.isInteger(slot.capacity) || slot.capacity < 1 || slot.capacity > slotCapacityMax) {
    flaws.push({
      pointer: `${pointer}/capacity`,
      code: 'slot_capacity',
      message: `a slot has 1 to ${slotCapacityMax} places`,
    });
  }
  return flaws;
}

/** Two slots of one ask at the same time are one slot with more places. */
function overlaps(slots: readonly SlotDraft[], pointer: string): Flaw[] {
  const inOrder = slots
    .map((slot, at) => ({ slot, at }))
    .sort((a, b) => a.slot.startsAt.getTime() - b.slot.startsAt.getTime() || a.at - b.at);
  let latestEnd = -Infinity;
  const flaws: Flaw[] = [];
  for (const { slot, at } of inOrder) {
    if (slot.startsAt.getTime() < latestEnd) {
      flaws.push({
        pointer: `${pointer}/${at}/startsAt`,
        code: 'slot_overlap',
        message: 'two slots of one ask overlap: give one slot more places instead',
      });
    }
    latestEnd = Math.max(latestEnd, slot.endsAt.getTime());
  }
  return flaws;
}

/** Minutes that all places of all slots are worth: no more can ever be promised. */
export function slotSupply(slots: readonly SlotDraft[]): bigint {
  return slots.reduce((sum, slot) => sum + slotMinutes(slot) * BigInt(slot.capacity), 0n);
}
