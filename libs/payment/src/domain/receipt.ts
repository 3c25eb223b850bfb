import { defineMachine, type Id } from '@hehuo/kernel';

export const RECEIPT_METHODS = ['cash', 'bank_transfer'] as const;
export type ReceiptMethod = (typeof RECEIPT_METHODS)[number];

/** Cash leaves no trace but the paper, so the paper is photographed; a transfer has the bank's own number. */
export function needsPhoto(method: ReceiptMethod): boolean {
  return method === 'cash';
}

export type ReceiptState = 'entered' | 'confirmed' | 'refused';
export type ReceiptEvent = 'confirm' | 'refuse';

export const RECEIPT_MACHINE = defineMachine<ReceiptState, ReceiptEvent>('offline receipt', 'entered', {
  entered: { confirm: 'confirmed', refuse: 'refused' },
  confirmed: {},
  refused: {},
});

/** Money that somebody gave the custodian by hand or by bank, entered by one person and confirmed by another. */
export interface OfflineReceipt {
  readonly id: Id<'rct'>;
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly payerId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly method: ReceiptMethod;
  readonly receiptNumber: string;
  /** Fen that the pledge promised when the receipt was entered; another sum goes back whole. */
  readonly expected: bigint;
  /** Fen that came in. */
  readonly amount: bigint;
  readonly receivedAt: Date;
  readonly evidence: string;
  readonly state: ReceiptState;
  readonly version: number;
  readonly enteredBy: Id<'per'>;
  readonly confirmedBy: Id<'per'> | null;
  readonly refusal: string | null;
  /** The same operation of the same person is the same receipt for ever. */
  readonly operationId: string;
  readonly createdAt: Date;
}
