import type { AskDraft } from './ask-plan.js';
import type {
  CostLine,
  ExtensionRule,
  FailurePolicy,
  LegalType,
  Milestone,
  PaymentMode,
  ScopeChangePolicy,
  SurplusPolicy,
} from './campaign.js';
import type { Flaw } from './errors.js';
import { ruleFlaws } from './launch-plan.js';
import {
  beneficiariesCharactersMax,
  characters,
  costLineFenMax,
  costLinesMax,
  externalUrlCharactersMax,
  leadCharactersMax,
  lineTitleCharactersMax,
  milestonesMax,
  placeCharactersMax,
  planCharactersMax,
  risksCharactersMax,
  sharesBps,
  storyCharactersMax,
  titleCharactersMax,
} from './limits.js';
import { isCalendarDay } from './local-time.js';

/** The parts of a draft, each written as a whole, as the pages of the form are. */
export type DraftPart =
  | {
      readonly part: 'story';
      readonly title: string;
      readonly lead: string;
      readonly story: string;
      readonly beneficiaries: string;
      readonly category: string;
    }
  | { readonly part: 'place'; readonly placeText: string }
  | { readonly part: 'plan'; readonly plan: string; readonly risks: string }
  | { readonly part: 'costs'; readonly lines: readonly Omit<CostLine, 'position'>[] }
  | { readonly part: 'milestones'; readonly steps: readonly Omit<Milestone, 'position'>[] }
  | { readonly part: 'goal'; readonly asks: readonly AskDraft[] }
  | {
      readonly part: 'rules';
      readonly legalType: LegalType;
      readonly externalUrl: string | null;
      readonly paymentMode: PaymentMode | null;
      readonly failurePolicy: FailurePolicy;
      readonly surplusPolicy: SurplusPolicy;
      readonly scopeChangePolicy: ScopeChangePolicy;
      /** Local time of the community's zone, or RFC 3339 with an offset. */
      readonly deadline: string | null;
      readonly collectionHours: number;
      readonly extension: ExtensionRule;
    };
export type DraftPartName = DraftPart['part'];

/** What is wrong with a part by itself. A draft may be unfinished, so empty texts are no flaw here. */
export function partFlaws(part: DraftPart): Flaw[] {
  switch (part.part) {
    case 'story':
      return [
        ...tooLong('/story/title', part.title, titleCharactersMax),
        ...tooLong('/story/lead', part.lead, leadCharactersMax),
        ...tooLong('/story/story', part.story, storyCharactersMax),
        ...tooLong('/story/beneficiaries', part.beneficiaries, beneficiariesCharactersMax),
      ];
    case 'place':
      return tooLong('/place/placeText', part.placeText, placeCharactersMax);
    case 'plan':
      return [
        ...tooLong('/plan/plan', part.plan, planCharactersMax),
        ...tooLong('/plan/risks', part.risks, risksCharactersMax),
      ];
    case 'costs':
      return costFlaws(part.lines);
    case 'milestones':
      return milestoneFlaws(part.steps);
    case 'goal':
      return [];
    case 'rules':
      return [...ruleFlaws(part), ...urlFlaws(part.externalUrl)];
  }
}

function tooLong(pointer: string, text: string, max: number): Flaw[] {
  if (characters(text) <= max) return [];
  return [{ pointer, code: 'length', message: `at most ${max} characters` }];
}

function titleFlaws(pointer: string, title: string): Flaw[] {
  if (title.trim() !== '' && characters(title) <= lineTitleCharactersMax) return [];
  return [{ pointer, code: 'length', message: `1 to ${lineTitleCharactersMax} characters` }];
}

function costFlaws(lines: readonly Omit<CostLine, 'position'>[]): Flaw[] {
  if (lines.length > costLinesMax) {
    return [{ pointer: '/costs', code: 'too_many', message: `at most ${costLinesMax} lines` }];
  }
  return lines.flatMap(({ title, amount }, at) => {
    const flaws = titleFlaws(`/costs/${at}/title`, title);
    if (amount < 1n || amount > costLineFenMax) {
      flaws.push({ pointer: `/costs/${at}/amount`, code: 'range', message: `1 to ${costLineFenMax} fen` });
    }
    return flaws;
  });
}

function milestoneFlaws(steps: readonly Omit<Milestone, 'position'>[]): Flaw[] {
  if (steps.length > milestonesMax) {
    return [{ pointer: '/milestones', code: 'too_many', message: `at most ${milestonesMax} steps` }];
  }
  return steps.flatMap(({ title, dueOn, shareBps }, at) => {
    const flaws = titleFlaws(`/milestones/${at}/title`, title);
    const before = steps[at - 1]?.dueOn;
    if (!isCalendarDay(dueOn)) {
      flaws.push({ pointer: `/milestones/${at}/dueOn`, code: 'day', message: 'a calendar day, YYYY-MM-DD' });
    } else if (before !== undefined && dueOn < before) {
      flaws.push({
        pointer: `/milestones/${at}/dueOn`,
        code: 'order',
        message: 'steps follow each other in time',
      });
    }
    if (!Number.isInteger(shareBps) || shareBps < 0 || shareBps > sharesBps) {
      flaws.push({ pointer: `/milestones/${at}/shareBps`, code: 'range', message: `0 to ${sharesBps}` });
    }
    return flaws;
  });
}

function urlFlaws(url: string | null): Flaw[] {
  if (url === null) return [];
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const good = parsed?.protocol === 'https:' && !parsed.username && url.length <= externalUrlCharactersMax;
  return good ? [] : [{ pointer: '/rules/externalUrl', code: 'url', message: 'an https address' }];
}
