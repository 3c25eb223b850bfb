import { fenOf } from '../../lib/quantities';

export interface TypedVoucher {
  readonly number: string;
  readonly title: string;
  /** Yuan, as typed. */
  readonly amount: string;
  readonly fileId: string;
  readonly evidence: string;
}

export interface PayoutForm {
  readonly payeeId: string;
  readonly part: string;
  readonly purpose: string;
  readonly vouchers: TypedVoucher[];
}

export const emptyVoucher: TypedVoucher = { number: '', title: '', amount: '', fileId: '', evidence: '' };

/** Fen; what is no amount yet counts as nothing. */
export function totalOf(vouchers: readonly TypedVoucher[]): string {
  return vouchers.reduce((sum, { amount }) => sum + BigInt(fenOf(amount) ?? '0'), 0n).toString();
}
