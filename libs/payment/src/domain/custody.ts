import { defineMachine, type Id } from '@hehuo/kernel';

/** The legal bodies that may hold a campaign's money. The platform is none of them and never owns any. */
export const OWNER_KINDS = ['residents_committee', 'foundation', 'partner', 'owners'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

export type CustodyState = 'proposed' | 'active' | 'closed';
export type CustodyEvent = 'activate' | 'close';

export const CUSTODY_MACHINE = defineMachine<CustodyState, CustodyEvent>('custody account', 'proposed', {
  proposed: { activate: 'active', close: 'closed' },
  active: { close: 'closed' },
  closed: {},
});

export interface CustodyAccount {
  readonly id: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly ownerName: string;
  readonly ownerKind: OwnerKind;
  readonly signatories: readonly [Id<'per'>, Id<'per'>];
  readonly state: CustodyState;
  readonly version: number;
  readonly proposedBy: Id<'per'>;
  readonly approvedBy: Id<'per'> | null;
  readonly approvedAt: Date | null;
  readonly createdAt: Date;
}
