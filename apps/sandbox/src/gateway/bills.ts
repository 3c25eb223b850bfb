import type { Books, Movement } from '../books/books.js';
import { parseInstant, rfc3339, utcDay } from '../clock.js';
import type { FaultSwitches } from '../faults/fault-switches.js';
import type { FaultName } from '../faults/rules.js';
import { refuse, type Answer } from './answers.js';

export const billColumns = 'type,our_number,order_number,gateway_number,amount_fen,fee_fen,time';
/** A number as a merchant's program makes them, of an order that no merchant ever made. */
export const unknownNumber = `C${'0'.repeat(26)}`;
const unknownFen = '12345';
const withdrawalFen = '10000';

interface Line extends Omit<Movement, 'type'> {
  readonly type: Movement['type'] | 'withdrawal';
  readonly feeFen: bigint;
}

/** What a merchant's bill of one UTC day says: the truth of the books, unless a switch spoils it. */
export class Bills {
  constructor(
    private readonly books: Books,
    private readonly faults: FaultSwitches,
  ) {}

  /** RFC 4180 text, of one payee where one is named; a refusal for a day that is none, or when it is not ready. */
  text(day: string, payee: string | undefined): string | Answer {
    const instantMs = /^\d{4}-\d{2}-\d{2}$/.test(day) ? parseInstant(`${day}T00:00:00Z`) : undefined;
    if (instantMs === undefined || utcDay(instantMs) !== day) {
      return refuse(400, 'invalid_request', 'The date must be a day such as 2026-11-23.');
    }
    if (this.faults.take('bill', ['bill-not-ready'], {})) {
      return refuse(409, 'bill_not_ready', 'The bill of this day is not made yet: ask again later.');
    }
    const moves = this.books
      .movementsOf(day)
      .filter(({ payeeAccount }) => (payee ?? payeeAccount) === payeeAccount);
    const lines = this.changed([
      ...moves.flatMap((move) => this.spoiled(move)),
      ...this.strangers(instantMs, payee),
    ]);
    return [billColumns, ...lines.map(rowOf), ''].join('\r\n');
  }

  /** One movement as the bill has it: once, twice, not at all, with another sum or with a fee. */
  private spoiled(move: Movement): Line[] {
    const struck = (name: FaultName) =>
      this.faults.take('bill', [name], {
        orderNo: move.orderNo,
        refundNo: move.type === 'refund' ? move.ourNumber : undefined,
      });
    if (struck('bill-missing-line')) return [];
    const perMille = move.type === 'payment' ? (struck('bill-fee')?.count ?? 0) : 0;
    const more = struck('bill-wrong-sum') ? 1n : 0n;
    const feeFen = (move.amountFen * BigInt(perMille)) / 1_000n;
    const line = { ...move, amountFen: move.amountFen + more, feeFen };
    return struck('bill-duplicated') ? [line, line] : [line];
  }

  private strangers(atMs: number, payee: string | undefined): Line[] {
    const payeeAccount = payee ?? '';
    const unknown = this.faults.take('bill', ['bill-unknown-line'], {});
    const withdrawal = this.faults.take('bill', ['bill-withdrawal'], {});
    const common = { payeeAccount, atMs, feeFen: 0n };
    return [
      ...(unknown
        ? [
            {
              ...{ ...common, type: 'payment' as const, ourNumber: unknownNumber, orderNo: unknownNumber },
              ...{
                transactionNo: `T-unknown-${utcDay(atMs)}`,
                amountFen: BigInt(unknown.balanceFen ?? unknownFen),
              },
            },
          ]
        : []),
      ...(withdrawal
        ? [
            {
              ...{ ...common, type: 'withdrawal' as const, ourNumber: '', orderNo: '' },
              ...{
                transactionNo: `W-${utcDay(atMs)}`,
                amountFen: BigInt(withdrawal.balanceFen ?? withdrawalFen),
              },
            },
          ]
        : []),
    ];
  }

  /** From the second download on, the last line has a fen more. */
  private changed(lines: readonly Line[]): readonly Line[] {
    const rule = this.faults.take('bill', ['bill-changed'], {});
    if (!rule || rule.used < 2) return lines;
    return lines.map((line, at) =>
      at === lines.length - 1 ? { ...line, amountFen: line.amountFen + 1n } : line,
    );
  }
}

function rowOf({ type, ourNumber, orderNo, transactionNo, amountFen, feeFen, atMs }: Line): string {
  return [type, ourNumber, orderNo, transactionNo, amountFen, feeFen, rfc3339(atMs)].join(',');
}
