import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { hasBill, type BillDay, type BillDayState } from '../domain/bill-day.js';
import { matchLine, type OurMovement } from '../domain/bill-matching.js';
import type { Difference } from '../domain/difference.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { BilledObjectStore } from '../store/billed-object.store.js';
import { BillLineStore, type StoredLine } from '../store/bill-line.store.js';
import type { Telling } from '../store/telling.store.js';
import { again } from './again.js';
import { AskBilled } from './ask-billed.js';
import type { DecidedLine } from './book-lines.js';
import { BillDaySteps } from './bill-day-steps.js';

/**
 * Matches a day's lines with our charges and refunds. Safe to run at any time, any number of times: a line that was
 * decided is passed over, and each transfer has an id that derives from its day and line.
 */
@Injectable()
export class MatchBill {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly days: BillDayStore,
    private readonly lines: BillLineStore,
    private readonly objects: BilledObjectStore,
    private readonly ask: AskBilled,
    private readonly steps: BillDaySteps,
  ) {}

  /** The state that the day is in afterwards; null when there is no bill to match. */
  async execute(dayId: Id<'bld'>): Promise<BillDayState | null> {
    const day = await this.days.find(dayId);
    if (!day || !hasBill(day)) return null;
    const lines = await this.lines.undecided(dayId);
    await this.ask.execute([...(await this.objects.byNumbers(day, numbersOf(lines))).values()]);
    return again(() => this.uow.run((tx) => this.match(tx, dayId)));
  }

  private async match(tx: Tx, dayId: Id<'bld'>): Promise<BillDayState | null> {
    const day = await this.days.lock(tx, dayId);
    if (!day || !hasBill(day)) return null;
    const isGraceOver = await this.steps.settle.isGraceOver(tx, day);
    const decided = await this.decide(tx, day, isGraceOver);
    await this.steps.book.execute(tx, day, decided);
    const waits = decided.some(({ matched }) => matched.verdict === 'status' && matched.difference === null);
    return this.steps.settle.execute(tx, day, isGraceOver, waits);
  }

  private async decide(tx: Tx, day: BillDay, isGraceOver: boolean): Promise<DecidedLine[]> {
    const by = sqlOf(tx);
    const lines = await this.lines.undecided(day.id, by);
    if (lines.length === 0) return [];
    const ours = await this.objects.byNumbers(day, numbersOf(lines), by);
    const told = await this.steps.tellings.told(tx, [
      ...new Set(lines.map(({ movementKey }) => movementKey)),
    ]);
    const raised = await this.steps.differences.ofDay(day.id, by);
    const fallback = await this.objects.accountOfMerchant(day, by);
    if (!fallback) throw new Error(`nobody owns the bills of ${day.gateway} ${day.merchantRef}`);
    const tellers = await this.steps.tellings.tellers(
      tx,
      [...ours.values()].map(({ objectId }) => objectId),
    );
    return lines.map((line) => {
      const telling = toldBefore(line, told);
      const movement = oursOf(line, ours, telling ? null : tellers);
      const matched = matchLine(line, {
        told: telling && { line: telling.last, isReplaced: isReplaced(telling, line, day) },
        ...{ ours: movement, isGraceOver },
      });
      const isCorrection = matched.verdict === 'fee_corrected';
      const owner = movement ?? ours.get(`payment|${line.orderNumber ?? ''}`) ?? fallback;
      // A fee is corrected where it was booked.
      const booked = isCorrection ? telling?.first.custodyAccountId : null;
      const custodyAccountId = booked ?? owner.custodyAccountId;
      if (isCorrection || !told.has(line.movementKey)) {
        const first = telling?.first ?? { ...line, custodyAccountId };
        told.set(line.movementKey, { first, last: line, lastDay: day.day });
      }
      return {
        ...{ line, matched, custodyAccountId },
        ...{ told: telling?.last ?? null, before: raisedFor(line, raised) },
      };
    });
  }
}

function numbersOf(lines: readonly StoredLine[]): string[] {
  const numbers = lines.flatMap(({ ourNumber, orderNumber }) => [ourNumber, orderNumber]);
  return [...new Set(numbers.filter((number) => number !== null))];
}

/** A movement of ours is told by one line. Another one of the same number is other money, which we do not know. */
function oursOf(
  line: StoredLine,
  ours: ReadonlyMap<string, OurMovement>,
  tellers: Map<string, string> | null,
): OurMovement | null {
  const { kind, ourNumber, billDayId, lineNo } = line;
  const movement =
    kind === 'payment' || kind === 'refund' ? ours.get(`${kind}|${ourNumber ?? ''}`) : undefined;
  if (!movement || !tellers) return movement ?? null;
  const here = `${billDayId}:${lineNo}`;
  const teller = tellers.get(movement.objectId) ?? here;
  tellers.set(movement.objectId, teller);
  return teller === here ? movement : null;
}

/** What was told of the line's movement by another line; null when this one is the first. */
function toldBefore(
  { movementKey, billDayId, lineNo }: StoredLine,
  told: ReadonlyMap<string, Telling>,
): Telling | null {
  const telling = told.get(movementKey);
  if (!telling) return null;
  const { first } = telling;
  return first.billDayId === billDayId && first.lineNo === lineNo ? null : telling;
}

/** A later day's bill has the last word, and so has a later edition of a bill that no longer has what it said before. */
function isReplaced({ last, lastDay }: Telling, line: StoredLine, { day }: BillDay): boolean {
  if (last.billDayId !== line.billDayId) return lastDay < day;
  return last.goneIn !== null && last.goneIn <= line.edition;
}

function raisedFor({ lineNo }: StoredLine, raised: readonly Difference[]): Difference | null {
  return raised.find((one) => one.lineNo === lineNo && one.kind === 'status') ?? null;
}
