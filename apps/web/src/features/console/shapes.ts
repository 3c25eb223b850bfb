/** Answers of the api about money that its document gives no shape yet; as its views write them. */
export interface Custody {
  readonly id: string;
  readonly communityId: string;
  readonly ownerName: string;
  readonly ownerKind: string;
  readonly state: 'proposed' | 'active' | 'closed';
  readonly takesOnlinePayment: boolean;
  readonly ways: readonly { readonly gateway: string; readonly scenes: readonly string[] }[];
  readonly activeSince: string | null;
}

export interface Pool {
  readonly id: string;
  readonly donorName: string;
  readonly donorKind: string;
  readonly unit: string;
  readonly kinds: readonly string[];
  readonly factor: string;
  readonly capPerCampaign: string;
  readonly capPerPerson: string;
  readonly conditionMinimum: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: 'proposed' | 'active' | 'closed';
  readonly total: string;
  readonly reserved: string;
  readonly released: string;
  readonly spent: string;
  readonly left: string;
}
