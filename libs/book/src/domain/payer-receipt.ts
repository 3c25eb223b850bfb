import type { Id } from '@hehuo/kernel';

/** The receipt that a charity issued itself, as staff read it off the paper. */
export interface CharityReceipt {
  readonly number: string;
  readonly issuer: string;
  /** `YYYY-MM-DD` */
  readonly issuedOn: string;
}

/** How the money came: a gateway's word, or by hand. */
export type PaidBy = string;

/** Everything that stands on a payer's receipt. */
export interface PayerReceipt {
  readonly chargeId: Id<'chg'>;
  /** Our number of the order. */
  readonly number: string;
  /** Full, because only the payer gets it; null when they gave none. */
  readonly payerName: string | null;
  readonly campaignTitle: string;
  readonly communityName: string;
  /** The legal body that holds the money. */
  readonly custodian: string;
  /** Fen. */
  readonly amount: bigint;
  readonly method: PaidBy;
  readonly transactionNo: string | null;
  /** Number on the paper that was given out for money by hand. */
  readonly paperNumber: string | null;
  /** `YYYY-MM-DD HH:mm` in the zone of the community. */
  readonly paidAt: string;
  readonly printedAt: string;
  /** Fen that are back with the payer. */
  readonly returned: bigint;
  readonly onItsWayBack: boolean;
  readonly charity: CharityReceipt | null;
}

export type ReceiptLanguage = 'zh-CN' | 'en';

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.toISOString().slice(0, 10) === text;
}
