import type { AskDraft } from '@hehuo/campaign';

const minuteMs = 60_000;
const dayMs = 86_400_000;

const EMPTY: Omit<AskDraft, 'kind' | 'title'> = {
  unitLabel: null,
  minimum: null,
  wanted: null,
  cap: null,
  required: false,
  perPersonMax: null,
  perPledgeMax: null,
  goodsMode: null,
  returnOn: null,
  skill: null,
  credential: null,
  slots: [],
};

/** A calendar day of Chengdu, some days after an instant. */
export function dayAfter(at: Date, days: number): string {
  return new Date(at.getTime() + days * dayMs + 8 * 60 * minuteMs).toISOString().slice(0, 10);
}

/** Two hours of work on a morning three days after the deadline. */
function morning(deadline: Date, capacity: number): AskDraft['slots'] {
  const startsAt = new Date(`${dayAfter(deadline, 3)}T09:00:00+08:00`);
  return [{ startsAt, endsAt: new Date(startsAt.getTime() + 120 * minuteMs), capacity }];
}

export const hands = (title: string, deadline: Date, minimum: bigint, capacity = 12): AskDraft => ({
  ...EMPTY,
  kind: 'labour',
  title,
  required: true,
  minimum,
  slots: morning(deadline, capacity),
});

export const skill = (title: string, what: string, deadline: Date): AskDraft => ({
  ...EMPTY,
  kind: 'skilled_work',
  title,
  skill: what,
  minimum: 120n,
  wanted: 240n,
  slots: morning(deadline, 2),
});

export const gifts = (title: string, unitLabel: string, minimum: bigint, required = false): AskDraft => ({
  ...EMPTY,
  kind: 'goods',
  title,
  unitLabel,
  goodsMode: 'give',
  required,
  minimum,
  wanted: minimum * 2n,
});

export const loans = (title: string, unitLabel: string, deadline: Date): AskDraft => ({
  ...EMPTY,
  kind: 'goods',
  title,
  unitLabel,
  goodsMode: 'lend',
  returnOn: dayAfter(deadline, 10),
  minimum: 2n,
  wanted: 4n,
});

/** In fen. */
export const money = (title: string, minimum: bigint, perPersonMax: bigint): AskDraft => ({
  ...EMPTY,
  kind: 'money',
  title,
  required: true,
  minimum,
  wanted: minimum,
  perPersonMax,
});

export const ideas = (title: string): AskDraft => ({
  ...EMPTY,
  kind: 'planning',
  title,
  minimum: 1n,
  wanted: 3n,
});

/** As many households as the community's share says. */
export const attention = (title: string): AskDraft => ({ ...EMPTY, kind: 'attention', title });
