import type { Id } from '@hehuo/kernel';
import { KIND_RULES, type AgeClass } from './kinds/index.js';
import { pledgesOfPersonMax } from './limits.js';
import { PledgeError } from './pledge-errors.js';
import type { OpenAsk, OpenSlot, PledgeRequest, PledgeTerms } from './pledge.js';
import type { PledgeState } from './pledge.machine.js';

export interface Member {
  readonly householdId: Id<'hhd'>;
  readonly ageClass: AgeClass;
}

/**
 * What one batch knows of a campaign while it holds the intake's lock. {@link admit} moves the counters in it, so that
 * the second pledge of a batch sees what the first one took.
 */
export interface IntakeBook {
  /** Open for pledges and before its deadline, by the database's clock. */
  readonly open: boolean;
  readonly terms: PledgeTerms;
  readonly asks: ReadonlyMap<Id<'ask'>, OpenAsk>;
  readonly slots: ReadonlyMap<Id<'slt'>, OpenSlot>;
  readonly members: ReadonlyMap<Id<'per'>, Member>;
  /** What each person already promised to each ask that is not limited by its slots or households: `ask|person`. */
  readonly promised: Map<string, Promised>;
  /** Households that already gave their attention: `ask|household`. */
  readonly attentive: Set<string>;
}

export interface Promised {
  /** Of the promises that count. */
  readonly quantity: bigint;
  /** Every promise that was made, the withdrawn ones too. */
  readonly pledges: number;
}

const NOTHING: Promised = { quantity: 0n, pledges: 0 };

export interface Admission {
  readonly request: PledgeRequest;
  readonly ask: OpenAsk;
  readonly slot: OpenSlot | null;
  readonly householdId: Id<'hhd'>;
  readonly quantity: bigint;
  readonly state: PledgeState;
  /** Set where a household may promise once only. */
  readonly attentionOf: Id<'hhd'> | null;
}

/** The key of a person's sum on an ask, or of a household's attention. */
export function pairKey(askId: string, other: string): string {
  return `${askId}|${other}`;
}

/**
 * Decides one pledge against the book and takes its room. Throws a {@link PledgeError} and leaves the book as it was
 * when the pledge cannot be taken.
 */
export function admit(book: IntakeBook, request: PledgeRequest): Admission {
  if (!book.open) throw new PledgeError('pledging_closed', 'this campaign no longer takes pledges');
  const ask = book.asks.get(request.askId);
  if (!ask) throw new PledgeError('pledge_ask_unknown', 'this campaign has no such ask');
  const slot = slotOf(book, request);
  const rules = KIND_RULES[ask.kind];
  const member = memberFor(book, request, rules.ages);
  const quantity = rules.quantityOf(request, ask, slot);
  checkRoom(ask, slot, request, quantity);
  checkPersonalLimits(book, ask, request, quantity);
  const once = pairKey(ask.id, member.householdId);
  if (rules.oncePerHousehold && book.attentive.has(once)) {
    throw new PledgeError('pledge_already_made', 'your household has already lit its window here');
  }
  ask.reserved += quantity;
  ask.pledges += 1n;
  if (slot) slot.reserved += request.places;
  if (rules.oncePerHousehold) book.attentive.add(once);
  const sum = pairKey(ask.id, request.personId);
  const before = book.promised.get(sum) ?? NOTHING;
  book.promised.set(sum, { quantity: before.quantity + quantity, pledges: before.pledges + 1 });
  return {
    request,
    ask,
    slot,
    householdId: member.householdId,
    quantity,
    state: rules.firstState(book.terms.paymentMode),
    attentionOf: rules.oncePerHousehold ? member.householdId : null,
  };
}

function slotOf(book: IntakeBook, request: PledgeRequest): OpenSlot | null {
  if (request.slotId === null) return null;
  const slot = book.slots.get(request.slotId);
  if (!slot) throw new PledgeError('pledge_slot_unknown', 'this campaign has no such slot');
  return slot;
}

function memberFor(book: IntakeBook, request: PledgeRequest, ages: readonly AgeClass[]): Member {
  const member = book.members.get(request.personId);
  if (!member) {
    throw new PledgeError(
      'pledge_not_eligible',
      'only verified residents of this community can pledge here; verify your household first',
    );
  }
  if (!ages.includes(member.ageClass)) {
    throw new PledgeError(
      'pledge_age',
      'this kind of help needs somebody older; a grown-up of your household can pledge it',
    );
  }
  return member;
}

function checkRoom(ask: OpenAsk, slot: OpenSlot | null, request: PledgeRequest, quantity: bigint): void {
  if (ask.cap !== null && ask.reserved + quantity > ask.cap) {
    const left = ask.cap - ask.reserved;
    throw new PledgeError(
      'pledge_full',
      left > 0n
        ? `only ${left} more can be taken here`
        : 'this ask is complete, thank you; look what else is missing',
      {
        left: left.toString(),
      },
    );
  }
  if (slot && slot.reserved + request.places > slot.capacity) {
    const left = slot.capacity - slot.reserved;
    throw new PledgeError(
      'pledge_slot_full',
      left > 0 ? `only ${left} places are left in this slot` : 'this slot is full; choose another',
      { left },
    );
  }
}

function checkPersonalLimits(book: IntakeBook, ask: OpenAsk, request: PledgeRequest, quantity: bigint): void {
  if (ask.perPledgeMax !== null && quantity > ask.perPledgeMax) {
    throw new PledgeError('pledge_over_limit', `at most ${ask.perPledgeMax} in one pledge`, {
      limit: ask.perPledgeMax.toString(),
    });
  }
  const { quantity: already, pledges } = book.promised.get(pairKey(ask.id, request.personId)) ?? NOTHING;
  if (pledges >= pledgesOfPersonMax) {
    throw new PledgeError('pledge_too_many', `one person can make ${pledgesOfPersonMax} promises here`, {
      limit: pledgesOfPersonMax,
    });
  }
  if (ask.perPersonMax === null) return;
  if (already + quantity > ask.perPersonMax) {
    throw new PledgeError(
      'pledge_over_limit',
      `at most ${ask.perPersonMax} from one person; you have promised ${already}`,
      {
        limit: ask.perPersonMax.toString(),
        promised: already.toString(),
      },
    );
  }
}
