import type { Campaign, CostLine, Milestone } from './campaign.js';
import type { PlannedAsk } from './ask-plan.js';
import { isBlocked, NO_CATEGORY } from './category.js';
import type { Flaw, FlawCode } from './errors.js';
import { launchFlaws, latestDeadline, type LaunchTiming } from './launch-plan.js';
import { LEGAL_RULES, mayAskMoney } from './legal-type.js';
import { oversubscriptionPercentMax, sharesBps } from './limits.js';
import { localDay } from './local-time.js';
import { asksMoney } from './review.js';

export interface CampaignDocument {
  readonly campaign: Campaign;
  readonly asks: readonly PlannedAsk[];
  readonly costs: readonly CostLine[];
  readonly milestones: readonly Milestone[];
}

export interface SubmissionSetting {
  readonly now: Date;
  readonly timing: LaunchTiming;
  readonly daysMax: number;
}

/** Everything that keeps the campaign from being handed in, at once and each with its place. */
export function submissionFlaws(document: CampaignDocument, setting: SubmissionSetting): Flaw[] {
  return [
    ...textFlaws(document.campaign),
    ...goalFlaws(document),
    ...moneyFlaws(document),
    ...legalFlaws(document),
    ...calendarFlaws(document, setting),
  ];
}

const missing = (pointer: string, message: string): Flaw => ({ pointer, code: 'missing', message });

function textFlaws(campaign: Campaign): Flaw[] {
  const wanted = [
    ['/story/title', campaign.title, 'give it a title'],
    ['/story/lead', campaign.lead, 'say in one sentence what it is about'],
    ['/story/story', campaign.story, 'tell the story'],
    ['/story/beneficiaries', campaign.beneficiaries, 'say who gains from it'],
    ['/place/placeText', campaign.placeText, 'say where it is'],
    ['/plan/plan', campaign.plan, 'say how it will be done'],
    ['/plan/risks', campaign.risks, 'say what can go wrong and what you do then'],
  ] as const;
  const flaws = wanted
    .filter(([, text]) => text.trim() === '')
    .map(([pointer, , message]) => missing(pointer, message));
  if (campaign.category === NO_CATEGORY) flaws.push(missing('/story/category', 'choose what it is about'));
  if (isBlocked(campaign.category)) {
    flaws.push({ pointer: '/story/category', code: 'category_blocked', message: 'this cannot be done here' });
  }
  return flaws;
}

function goalFlaws({ asks, milestones }: CampaignDocument): Flaw[] {
  const flaws: Flaw[] = [];
  if (asks.length === 0) flaws.push(missing('/goal/asks', 'say what is needed'));
  else if (!asks.some(({ required }) => required)) {
    flaws.push({
      pointer: '/goal/asks',
      code: 'nothing_required',
      message: 'mark at least one ask as required: it decides whether the campaign succeeds',
    });
  }
  if (milestones.length === 0) flaws.push(missing('/milestones', 'name at least one step with its day'));
  return flaws;
}

function moneyFlaws({ campaign, asks, costs, milestones }: CampaignDocument): Flaw[] {
  const flaws: Flaw[] = [];
  const at = asks.findIndex(({ kind }) => kind === 'money');
  const money = asks[at];
  const shares = milestones.reduce((sum, { shareBps }) => sum + shareBps, 0);
  if (!money) {
    if (campaign.paymentMode !== null) {
      flaws.push({ pointer: '/rules/paymentMode', code: 'no_money', message: 'no money is asked for' });
    }
    if (shares !== 0 && shares !== sharesBps) flaws.push(sharesFlaw(shares));
    return flaws;
  }
  const total = costs.reduce((sum, { amount }) => sum + amount, 0n);
  if (costs.length === 0) flaws.push(missing('/costs', 'list what the money is for'));
  else if (money.wanted > total) {
    flaws.push({
      pointer: `/goal/asks/${at}/wanted`,
      code: 'above_costs',
      message: `more is wanted than the ${total} fen of the cost lines`,
    });
  } else if (money.cap !== null && money.cap * 100n > total * oversubscriptionPercentMax) {
    flaws.push({
      pointer: `/goal/asks/${at}/cap`,
      code: 'above_costs',
      message: `at most ${oversubscriptionPercentMax} percent of the cost lines may be promised`,
    });
  }
  if (campaign.paymentMode === null) flaws.push(missing('/rules/paymentMode', 'say when the money is paid'));
  if (milestones.length > 0 && shares !== sharesBps) flaws.push(sharesFlaw(shares));
  return flaws;
}

function sharesFlaw(shares: number): Flaw {
  return {
    pointer: '/milestones',
    code: 'shares_sum',
    message: `the shares of the milestones sum to ${sharesBps}, not ${shares}`,
  };
}

function legalFlaws({ campaign, asks }: CampaignDocument): Flaw[] {
  const rules = LEGAL_RULES[campaign.legalType];
  const flaws: Flaw[] = [];
  const flaw = (pointer: string, code: FlawCode, message: string) => flaws.push({ pointer, code, message });
  if (asksMoney(asks) && !mayAskMoney(campaign.legalType)) {
    flaw('/rules/legalType', 'no_money_here', `${campaign.legalType} takes no money on this platform`);
  }
  if (!rules.failure.includes(campaign.policies.failure)) {
    flaw('/rules/failurePolicy', 'not_for_type', `${campaign.legalType} allows: ${rules.failure.join(', ')}`);
  }
  if (!rules.surplus.includes(campaign.policies.surplus)) {
    flaw('/rules/surplusPolicy', 'not_for_type', `${campaign.legalType} allows: ${rules.surplus.join(', ')}`);
  }
  if (rules.externalUrl === 'required' && campaign.externalUrl === null) {
    flaws.push(missing('/rules/externalUrl', 'link the page of the designated platform where it is paid'));
  }
  if (rules.externalUrl === 'forbidden' && campaign.externalUrl !== null) {
    flaw('/rules/externalUrl', 'not_for_type', `${campaign.legalType} is not paid elsewhere`);
  }
  return flaws;
}

function calendarFlaws({ campaign, asks, milestones }: CampaignDocument, setting: SubmissionSetting): Flaw[] {
  const { deadline, timeZone } = campaign;
  if (!deadline) return [missing('/rules/deadline', 'say until when neighbours can join')];
  const latest = latestDeadline({ deadline, extension: campaign.extension });
  const lastDay = localDay(latest, timeZone);
  const early = (pointer: string, message: string): Flaw => ({ pointer, code: 'before_deadline', message });
  return [
    ...launchFlaws({ ...campaign, deadline, daysMax: setting.daysMax }, setting.now, setting.timing),
    ...milestones
      .filter(({ dueOn }) => dueOn < lastDay)
      .map(({ position }) => early(`/milestones/${position}/dueOn`, 'a step comes after the last deadline')),
    ...asks.flatMap((ask, at) => [
      ...(ask.returnOn !== null && ask.returnOn < lastDay
        ? [early(`/goal/asks/${at}/returnOn`, 'lent goods come back after the last deadline')]
        : []),
      ...ask.slots.flatMap((slot, index) =>
        slot.startsAt < latest
          ? [early(`/goal/asks/${at}/slots/${index}/startsAt`, 'work starts after the last deadline')]
          : [],
      ),
    ]),
  ];
}
