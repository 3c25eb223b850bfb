import type { Campaign, ExtensionRule, PaymentMode } from './campaign.js';
import type { Flaw } from './errors.js';
import {
  collectionHoursMax,
  collectionHoursMin,
  extensionDaysMax,
  millisecondsPerDay,
  millisecondsPerMinute,
  openMinutesMin,
  payNowDaysMax,
  payNowSettleDays,
} from './limits.js';

/** What is fixed about time and money before launch. */
export interface LaunchPlan {
  readonly deadline: Date;
  readonly extension: ExtensionRule;
  readonly paymentMode: PaymentMode | null;
  readonly collectionHours: number;
  /** Days from the opening to the last possible deadline: the community's rule, never above `openDaysMax`. */
  readonly daysMax: number;
}

/** The last instant to which the extension rule can move the deadline. */
export function latestDeadline(plan: Pick<LaunchPlan, 'deadline' | 'extension'>): Date {
  return new Date(plan.deadline.getTime() + plan.extension.daysMax * millisecondsPerDay);
}

/** Shorter times for the demo's seed and for tests. Use cases take it, no route does. */
export interface RehearsalTiming {
  readonly noticeSeconds: number;
  readonly openSecondsMin: number;
}

/** What a demonstration allows everybody, so that they can watch a campaign close. Never in production. */
export const SHORT_DEADLINES: RehearsalTiming = { noticeSeconds: 5, openSecondsMin: 30 };

/** Undefined where the usual times fit: also in a demonstration, a campaign of usual length has its whole notice. */
export function shortTiming(
  plan: { readonly deadline: Date | null; readonly noticeDays: number },
  now: Date,
): RehearsalTiming | undefined {
  const usual = launchTiming(plan.noticeDays);
  const opening = new Date(now.getTime() + usual.noticeMs);
  const fits = plan.deadline === null || farEnough(opening, plan.deadline, usual.openMsMin);
  return fits ? undefined : SHORT_DEADLINES;
}

export interface LaunchTiming {
  readonly noticeMs: number;
  /** The least time between the opening and the deadline. */
  readonly openMsMin: number;
}

export function launchTiming(noticeDays: number, rehearsal?: RehearsalTiming): LaunchTiming {
  if (rehearsal) {
    return { noticeMs: rehearsal.noticeSeconds * 1000, openMsMin: rehearsal.openSecondsMin * 1000 };
  }
  return { noticeMs: noticeDays * millisecondsPerDay, openMsMin: openMinutesMin * millisecondsPerMinute };
}

/** Whether a campaign that opens at `opening` still has the least time until its deadline. */
export function farEnough(opening: Date, deadline: Date, openMsMin: number): boolean {
  return deadline.getTime() - opening.getTime() >= openMsMin;
}

/**
 * Flaws of the plan for a campaign that is approved at `now`. A later opening only shortens the time, so of these
 * rules the minimum alone is checked again when the notice begins and when it ends.
 */
export function launchFlaws(plan: LaunchPlan, now: Date, timing: LaunchTiming): Flaw[] {
  const flaws: Flaw[] = [];
  const earliestOpening = new Date(now.getTime() + timing.noticeMs);
  const lengthMs = latestDeadline(plan).getTime() - earliestOpening.getTime();
  if (!farEnough(earliestOpening, plan.deadline, timing.openMsMin)) {
    flaws.push({
      pointer: '/rules/deadline',
      code: 'deadline_too_near',
      message: `the deadline is at least ${openMinutesMin} minutes after the earliest opening, ${earliestOpening.toISOString()}`,
    });
  }
  if (lengthMs > plan.daysMax * millisecondsPerDay) {
    flaws.push({
      pointer: '/rules/deadline',
      code: 'deadline_too_far',
      message: `deadline and extension end at most ${plan.daysMax} days after the earliest opening`,
    });
  }
  const payNowMs = (payNowDaysMax - payNowSettleDays) * millisecondsPerDay;
  if (plan.paymentMode === 'pay_now' && lengthMs > payNowMs) {
    flaws.push({
      pointer: '/rules/paymentMode',
      code: 'pay_now_too_long',
      message: `money paid at once is freed by day ${payNowDaysMax}: end within ${payNowDaysMax - payNowSettleDays} days, or take it on success`,
    });
  }
  return flaws;
}

/** Whether money paid on the first day can still go back after the last, with days kept for deciding and refunding. */
export function paysBackInTime(
  { deadline, extension, noticeDays }: Pick<Campaign, 'deadline' | 'extension' | 'noticeDays'>,
  now: Date,
  payNowDays: number,
): boolean {
  if (deadline === null) return true;
  const openDays = (deadline.getTime() - now.getTime()) / millisecondsPerDay + extension.daysMax - noticeDays;
  return openDays <= payNowDays - payNowSettleDays;
}

/** Flaws that need no calendar, found while the draft is written. */
export function ruleFlaws(rules: Pick<LaunchPlan, 'extension' | 'collectionHours'>): Flaw[] {
  const flaws: Flaw[] = [];
  const { daysMax, reachedPercent } = rules.extension;
  if (!Number.isInteger(daysMax) || daysMax < 0 || daysMax > extensionDaysMax) {
    flaws.push({
      pointer: '/rules/extension/daysMax',
      code: 'range',
      message: `an extension takes 0 to ${extensionDaysMax} days`,
    });
  }
  if (!Number.isInteger(reachedPercent) || reachedPercent < 0 || reachedPercent > 100) {
    flaws.push({
      pointer: '/rules/extension/reachedPercent',
      code: 'range',
      message: 'a percentage, 0 to 100',
    });
  }
  if (
    !Number.isInteger(rules.collectionHours) ||
    rules.collectionHours < collectionHoursMin ||
    rules.collectionHours > collectionHoursMax
  ) {
    flaws.push({
      pointer: '/rules/collectionHours',
      code: 'range',
      message: `money is collected within ${collectionHoursMin} to ${collectionHoursMax} hours`,
    });
  }
  return flaws;
}

export interface AskReached {
  readonly required: boolean;
  readonly minimum: bigint;
  readonly reserved: bigint;
}

/**
 * Why the deadline may not move to `to`, or null when it may: once, before it passed, at most as far as the rule
 * says, and only when every required ask has reached its share.
 */
export function extensionRefusal(
  plan: { readonly deadline: Date; readonly extension: ExtensionRule; readonly extendedAt: Date | null },
  to: Date,
  now: Date,
  asks: readonly AskReached[],
): string | null {
  if (plan.extension.daysMax === 0) return 'this campaign was launched without an extension';
  if (plan.extendedAt) return 'the deadline was moved once already';
  if (now >= plan.deadline) return 'the deadline has passed';
  if (to <= plan.deadline) return 'the new deadline is after the old one';
  if (to > latestDeadline(plan)) return `the deadline moves by at most ${plan.extension.daysMax} days`;
  const percent = BigInt(plan.extension.reachedPercent);
  const short = asks.some((ask) => ask.required && ask.reserved * 100n < ask.minimum * percent);
  return short ? `every required ask must have reached ${percent} percent of its minimum` : null;
}
