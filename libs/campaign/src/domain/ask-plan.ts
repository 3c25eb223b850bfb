import { QUANTITY_MAX } from '@hehuo/kernel';
import type { Ask, GoodsMode } from './campaign.js';
import type { Flaw, FlawCode } from './errors.js';
import { takesSlots, UNIT_OF_KIND, type Kind } from './kind.js';
import {
  asksMax,
  characters,
  credentialCharactersMax,
  lineTitleCharactersMax,
  skillCharactersMax,
  unitLabelCharactersMax,
} from './limits.js';
import { isCalendarDay } from './local-time.js';
import { slotFlaws, slotSupply, type SlotDraft } from './slot-plan.js';

/** One line of the goal vector as the organiser writes it. What a kind does not use must be null. */
export interface AskDraft {
  readonly kind: Kind;
  readonly title: string;
  readonly unitLabel: string | null;
  /** Null for attention: the community's share of its households. */
  readonly minimum: bigint | null;
  /** Null: as much as the minimum. */
  readonly wanted: bigint | null;
  /** Null: for money as much as is wanted, for work what the slots hold, else no limit. */
  readonly cap: bigint | null;
  readonly required: boolean;
  readonly perPersonMax: bigint | null;
  readonly perPledgeMax: bigint | null;
  readonly goodsMode: GoodsMode | null;
  readonly returnOn: string | null;
  readonly skill: string | null;
  readonly credential: string | null;
  readonly slots: readonly SlotDraft[];
}

export type PlannedAsk = Omit<Ask, 'id' | 'campaignId'> & { readonly slots: readonly SlotDraft[] };

export interface AskSetting {
  readonly householdCount: number;
  /** Share of the households that forces a meeting, 1/5 by default (居民委员会组织法 §§9, 10; domain.md §2.2). */
  readonly attention: { readonly numerator: number; readonly denominator: number };
  /** In fen; null: the community sets no limit of its own. */
  readonly moneyPerPersonMax: bigint | null;
}

/** Fields that only some kinds use. */
type Special =
  'unitLabel' | 'cap' | 'perPersonMax' | 'perPledgeMax' | 'goodsMode' | 'returnOn' | 'skill' | 'credential';

const USES: Readonly<Record<Kind, readonly Special[]>> = {
  skilled_work: ['skill', 'credential'],
  labour: [],
  goods: ['unitLabel', 'cap', 'perPersonMax', 'perPledgeMax', 'goodsMode', 'returnOn'],
  money: ['cap', 'perPersonMax', 'perPledgeMax'],
  planning: ['cap', 'perPersonMax'],
  attention: [],
};
const SPECIALS: readonly Special[] = [
  'unitLabel',
  'cap',
  'perPersonMax',
  'perPledgeMax',
  'goodsMode',
  'returnOn',
  'skill',
  'credential',
];

/** Two of these would count one household twice or split one purse in two. */
const ONCE: readonly Kind[] = ['money', 'attention'];

/** Households whose attention convenes a meeting: the share rounded up, at least one. */
export function attentionMinimum(setting: Pick<AskSetting, 'householdCount' | 'attention'>): bigint {
  const parts = BigInt(setting.householdCount) * BigInt(setting.attention.numerator);
  const whole = BigInt(setting.attention.denominator);
  const households = (parts + whole - 1n) / whole;
  return households > 0n ? households : 1n;
}

/** Fills in the defaults and finds every flaw of the vector. With a flaw, `asks` is not to be stored. */
export function planAsks(
  drafts: readonly AskDraft[],
  setting: AskSetting,
): { readonly asks: readonly PlannedAsk[]; readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = [];
  if (drafts.length > asksMax) {
    flaws.push({ pointer: '/goal/asks', code: 'too_many', message: `at most ${asksMax} asks` });
  }
  for (const kind of ONCE) {
    const at = drafts.findLastIndex((draft) => draft.kind === kind);
    if (at !== drafts.findIndex((draft) => draft.kind === kind)) {
      flaws.push({
        pointer: `/goal/asks/${at}/kind`,
        code: 'kind_twice',
        message: `only one ask of ${kind}`,
      });
    }
  }
  const asks = drafts.map((draft, position) => {
    const ask = withDefaults(draft, position, setting);
    flaws.push(...askFlaws(draft, ask, setting, `/goal/asks/${position}`));
    return ask;
  });
  return { asks, flaws };
}

function withDefaults(draft: AskDraft, position: number, setting: AskSetting): PlannedAsk {
  const minimum = draft.minimum ?? (draft.kind === 'attention' ? attentionMinimum(setting) : 0n);
  const wanted = draft.wanted ?? minimum;
  return {
    ...draft,
    position,
    unit: UNIT_OF_KIND[draft.kind],
    minimum,
    wanted,
    cap: draft.cap ?? (draft.kind === 'money' ? wanted : null),
    perPledgeMax: draft.perPledgeMax ?? (draft.kind === 'money' ? draft.perPersonMax : null),
  };
}

function askFlaws(draft: AskDraft, ask: PlannedAsk, setting: AskSetting, pointer: string): Flaw[] {
  return [
    ...textFlaws(ask, pointer),
    ...rangeFlaws(ask, pointer),
    ...SPECIALS.filter((field) => draft[field] !== null && !USES[draft.kind].includes(field)).map(
      (field): Flaw => ({
        pointer: `${pointer}/${field}`,
        code: 'not_for_kind',
        message: `${draft.kind} has no ${field}`,
      }),
    ),
    ...kindFlaws(ask, pointer),
    ...communityFlaws(ask, setting, pointer),
  ];
}

function textFlaws(ask: PlannedAsk, pointer: string): Flaw[] {
  const limits = [
    ['title', ask.title, lineTitleCharactersMax],
    ['unitLabel', ask.unitLabel ?? 'x', unitLabelCharactersMax],
    ['skill', ask.skill ?? 'x', skillCharactersMax],
    ['credential', ask.credential ?? 'x', credentialCharactersMax],
  ] as const;
  return limits
    .filter(([, text, max]) => text.trim() === '' || characters(text) > max)
    .map(([field, , max]) => ({
      pointer: `${pointer}/${field}`,
      code: 'length',
      message: `${field} takes 1 to ${max} characters`,
    }));
}

function rangeFlaws(ask: PlannedAsk, pointer: string): Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (field: string, code: FlawCode, message: string) =>
    flaws.push({ pointer: `${pointer}/${field}`, code, message });
  if (ask.minimum < 0n || ask.minimum > QUANTITY_MAX) flaw('minimum', 'range', 'minimum is out of range');
  if (ask.wanted < 1n || ask.wanted > QUANTITY_MAX) flaw('wanted', 'range', 'wanted is at least 1');
  if (ask.wanted < ask.minimum) flaw('wanted', 'below_minimum', 'wanted is not below the minimum');
  if (ask.cap !== null && (ask.cap < ask.wanted || ask.cap > QUANTITY_MAX)) {
    flaw('cap', 'below_wanted', 'the cap is not below what is wanted');
  }
  if (ask.required && ask.minimum < 1n) {
    flaw('minimum', 'required_without_minimum', 'a required ask has a minimum of at least 1');
  }
  if (ask.perPersonMax !== null && ask.perPersonMax < 1n) flaw('perPersonMax', 'range', 'at least 1');
  if (ask.perPledgeMax !== null && ask.perPledgeMax < 1n) flaw('perPledgeMax', 'range', 'at least 1');
  if (ask.perPledgeMax !== null && ask.perPersonMax !== null && ask.perPledgeMax > ask.perPersonMax) {
    flaw('perPledgeMax', 'above_person', 'one pledge cannot be above what one person may promise');
  }
  return flaws;
}

function kindFlaws(ask: PlannedAsk, pointer: string): Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (field: string, code: FlawCode, message: string) =>
    flaws.push({ pointer: `${pointer}/${field}`, code, message });
  if (takesSlots(ask.kind)) {
    const slots = slotFlaws(ask.slots, `${pointer}/slots`);
    flaws.push(...slots);
    if (slots.length === 0 && slotSupply(ask.slots) < ask.wanted) {
      flaw('wanted', 'above_slots', `the slots hold only ${slotSupply(ask.slots)} minutes`);
    }
  } else if (ask.slots.length > 0) {
    flaw('slots', 'not_for_kind', `${ask.kind} has no slots`);
  }
  if (ask.kind === 'skilled_work' && ask.skill === null) flaw('skill', 'missing', 'name the skill');
  if (ask.kind === 'money' && ask.perPersonMax === null) {
    flaw('perPersonMax', 'missing', 'say how much one person may promise at most');
  }
  if (ask.kind === 'goods') {
    if (ask.goodsMode === null) flaw('goodsMode', 'missing', 'say whether the goods are given or lent');
    if (ask.goodsMode === 'give' && ask.returnOn !== null)
      flaw('returnOn', 'not_for_kind', 'a gift is not returned');
    if (ask.goodsMode === 'lend' && (ask.returnOn === null || !isCalendarDay(ask.returnOn))) {
      flaw('returnOn', 'missing', 'lent goods need the day of their return, YYYY-MM-DD');
    }
  }
  return flaws;
}

function communityFlaws(ask: PlannedAsk, setting: AskSetting, pointer: string): Flaw[] {
  const max = setting.moneyPerPersonMax;
  if (ask.kind !== 'money' || max === null || ask.perPersonMax === null || ask.perPersonMax <= max) return [];
  return [
    {
      pointer: `${pointer}/perPersonMax`,
      code: 'above_community',
      message: `this community lets one person promise at most ${max} fen`,
    },
  ];
}
