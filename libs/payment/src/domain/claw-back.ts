import { defineMachine, type Id } from '@hehuo/kernel';

export type ClawBackState = 'entered' | 'confirmed' | 'refused';
export type ClawBackEvent = 'confirm' | 'refuse';

export const CLAW_BACK_MACHINE = defineMachine<ClawBackState, ClawBackEvent>('claw-back', 'entered', {
  entered: { confirm: 'confirmed', refuse: 'refused' },
  confirmed: {},
  refused: {},
});

/** Money that a payee gave back to the custodian, because what it was paid for was not accepted. */
export interface ClawBack {
  readonly id: Id<'clw'>;
  readonly payoutId: Id<'pyo'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly custodyAccountId: Id<'cus'>;
  /** Fen; at most what the payout paid less what already came back. */
  readonly amount: bigint;
  /** The bank's number of the transfer that brought it. */
  readonly voucher: string;
  readonly reason: string;
  readonly state: ClawBackState;
  readonly version: number;
  readonly enteredBy: Id<'per'>;
  readonly decidedBy: Id<'per'> | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}
