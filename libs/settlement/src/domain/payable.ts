/** Why a pledge cannot be paid online now, as a word for the answer; null when it can. */
export type NotPayable = 'not_money' | 'paid_by_hand' | 'not_asked_yet' | 'not_awaiting' | 'too_late';

export interface PayableFacts {
  readonly pledgeState: string;
  readonly campaignState: string;
  readonly paymentMode: string | null;
}

/**
 * Whether a payer may start a payment: at once while the campaign is open in `pay_now`, in the collection window in
 * `pay_on_success`. The clock of the database judges the instant itself when the order is written and when it is paid.
 */
export function obstacleToPaying({
  pledgeState,
  campaignState,
  paymentMode,
}: PayableFacts): NotPayable | null {
  if (paymentMode === 'offline') return 'paid_by_hand';
  if (pledgeState === 'promised') return 'not_asked_yet';
  if (pledgeState !== 'awaiting_payment') return 'not_awaiting';
  const takesMoney = paymentMode === 'pay_now' ? campaignState === 'open' : campaignState === 'collecting';
  return takesMoney ? null : 'too_late';
}

/** Orders end after this long, so that a forgotten payment page does not block a new try for days. */
const orderHoursMax = 2;
const msPerHour = 3_600_000;

/** Until when an order that is opened at `now` can be paid, where payments count until `until`. */
export function payBy(now: Date, until: Date): Date {
  return new Date(Math.min(until.getTime(), now.getTime() + orderHoursMax * msPerHour));
}

const WORDS: Readonly<Record<NotPayable, string>> = {
  not_money: 'this pledge is not of money',
  paid_by_hand: 'this campaign takes cash or bank transfers; ask the community staff',
  not_asked_yet: 'nothing is to be paid yet; you will be asked when the goal is reached',
  not_awaiting: 'this pledge awaits no payment',
  too_late: 'the campaign takes no payments now',
};

export function wordsFor(obstacle: NotPayable): string {
  return WORDS[obstacle];
}
