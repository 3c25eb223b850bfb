/** What the story reads of the api's answers; everything else in them is left alone. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export interface CampaignHead {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

export interface AskView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly unit: string;
  readonly promised: string;
  readonly slots: readonly { readonly id: string }[];
}

export interface CampaignView extends CampaignHead {
  readonly title: string;
  readonly asks: readonly AskView[];
  readonly meetingAsked: boolean;
}

export interface PledgeView {
  readonly id: string;
  readonly state: string;
}

export interface ChargeView {
  readonly id: string;
  readonly status: string;
  readonly pay: { readonly kind: string; readonly url: string } | null;
}

export interface TallyView {
  readonly pledges: number;
  readonly quantity: string;
}

export const TALLIES = ['pledged', 'collected', 'dropped', 'refunded', 'released', 'open'] as const;

export type AskReportView = Readonly<Record<(typeof TALLIES)[number], TallyView>> & {
  readonly askId: string;
  readonly kind: string;
};

export interface SettlementView {
  readonly state: string;
  readonly haltedReason: string | null;
  readonly asks: readonly AskReportView[];
}

export interface AccountView {
  readonly account: string;
  readonly unit: string;
  readonly code: string;
  readonly owner: string;
  readonly debits: string;
  readonly credits: string;
  readonly balance: string;
  readonly pending: string;
}

export interface LineView {
  readonly seq: string;
  readonly at: string;
  readonly reason: string;
  readonly transfers: number;
  readonly debit: string;
  readonly credit: string;
  readonly pending: string;
  readonly balanceAfter: string;
  readonly pendingAfter: string;
}
