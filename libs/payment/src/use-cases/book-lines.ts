import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Ledger, transferId, type NewTransfer } from '@hehuo/ledger';
import { isDuplicateKey } from '@hehuo/platform';
import type { BillDay } from '../domain/bill-day.js';
import { undone, type LineBooking, type MatchedLine } from '../domain/bill-matching.js';
import type { Difference } from '../domain/difference.js';
import { BillLineStore, type StoredLine } from '../store/bill-line.store.js';
import { Moved } from './again.js';
import { RaiseDifferences } from './raise-differences.js';

export interface DecidedLine {
  readonly line: StoredLine;
  readonly matched: MatchedLine;
  readonly custodyAccountId: Id<'cus'>;
  /** The telling that holds until now; null when this line is the first to tell its movement. */
  readonly told: StoredLine | null;
  /** What was raised for it when it was matched before. */
  readonly before: Difference | null;
}

/** Writes what was found about lines: verdicts, transfers with ids of their own, differences. */
@Injectable()
export class BookLines {
  constructor(
    private readonly lines: BillLineStore,
    private readonly ledger: Ledger,
    private readonly differences: RaiseDifferences,
  ) {}

  async execute(tx: Tx, day: BillDay, decided: readonly DecidedLine[]): Promise<void> {
    await this.remember(tx, day, decided);
    const healed = decided.filter(({ before, matched }) => before !== null && matched.verdict !== 'status');
    await this.ledger.post(tx, [
      ...decided.flatMap((one) =>
        one.matched.bookings.map((booking) => transferOf(day, one, booking, lateSuffix(one, booking))),
      ),
      ...healed.flatMap((one) =>
        undone(one.before?.money ?? 0n).map((booking) => transferOf(day, one, booking, ':back')),
      ),
    ]);
    for (const { before } of healed) {
      if (before) await this.differences.heal(tx, before, 'the gateway answered, and it is booked');
    }
    await this.differences.ofLines(
      tx,
      day,
      decided.flatMap(({ line, custodyAccountId, matched: { ours, difference } }) =>
        difference === null ? [] : [{ line, custodyAccountId, objectId: ours?.objectId ?? null, difference }],
      ),
    );
  }

  private async remember(tx: Tx, day: BillDay, decided: readonly DecidedLine[]): Promise<void> {
    try {
      await this.lines.decide(
        tx,
        day.id,
        decided.map(({ line, matched, custodyAccountId, told }) => ({
          ...{ lineNo: line.lineNo, verdict: matched.verdict, custodyAccountId },
          ...{ objectId: matched.ours?.objectId ?? null, leadsKey: told ? null : line.movementKey },
          corrects: matched.verdict === 'fee_corrected' ? told : null,
        })),
      );
    } catch (error) {
      // Another day's bill told or corrected the same movement at this very moment: decide again, knowing it.
      if (isDuplicateKey(error)) throw new Moved();
      throw error;
    }
  }
}

/** What a line is found to be after it was in suspense already is another fact than its first time there. */
function lateSuffix({ before, matched }: DecidedLine, { what }: LineBooking): string {
  return before !== null && matched.verdict !== 'status' && what === 'suspense' ? ':late' : '';
}

function transferOf(day: BillDay, one: DecidedLine, booking: LineBooking, suffix: string): NewTransfer {
  const { what, debit, credit, amount } = booking;
  const owner = one.custodyAccountId;
  return {
    id: transferId(`bill:${day.id}:${one.line.lineNo}:${what}${suffix}`),
    kind: 'single',
    debit: { unit: 'fen', code: debit, owner },
    credit: { unit: 'fen', code: credit, owner },
    amount,
    reason: `bill-${what}`,
    ref: day.id,
  };
}
