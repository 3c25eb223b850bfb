import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import type { BillDay } from '../domain/bill-day.js';
import { signed, type BillChange, type LineDifference, type OurMovement } from '../domain/bill-matching.js';
import { DIFFERENCE_MACHINE, type Difference } from '../domain/difference.js';
import { BilledObjectStore } from '../store/billed-object.store.js';
import type { StoredLine } from '../store/bill-line.store.js';
import { DifferenceStore, type NewDifference } from '../store/difference.store.js';
import { Moved } from './again.js';
import { Trail } from './trail.js';

type Fresh = Omit<NewDifference, 'id' | 'communityId' | 'billDayId'>;

export interface LineToExplain {
  readonly line: StoredLine;
  readonly custodyAccountId: Id<'cus'>;
  readonly objectId: string | null;
  readonly difference: LineDifference;
}

/** Our order and refund numbers; one of ours that we do not know came from another time or another installation. */
const OURS = /^[CR][0-9a-hjkmnp-tv-z]{26}(-\d{1,4})?$/;

/** Writes down what does not agree, once a fact, and takes it back when the facts remove it. */
@Injectable()
export class RaiseDifferences {
  constructor(
    private readonly differences: DifferenceStore,
    private readonly objects: BilledObjectStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async ofLines(tx: Tx, day: BillDay, found: readonly LineToExplain[]): Promise<void> {
    await this.raise(
      tx,
      day,
      found.map(({ line, custodyAccountId, objectId, difference }) => ({
        ...{
          ...difference,
          custodyAccountId,
          objectId,
          lineNo: line.lineNo,
          fact: factOf(day, `${line.lineNo}:${difference.kind}`),
        },
        ...{ ourNumber: line.ourNumber, gatewayNumber: line.gatewayNumber },
        detail:
          OURS.test(line.ourNumber ?? '') && objectId === null
            ? 'a number of ours that we do not know'
            : null,
      })),
    );
  }

  /** Our books have it and no bill does. It moves no money: the books say what the gateway itself said. */
  async ofMissing(
    tx: Tx,
    day: BillDay,
    missing: readonly OurMovement[],
    kind: 'missing_remote' | 'learned_late' = 'missing_remote',
  ): Promise<void> {
    await this.raise(
      tx,
      day,
      missing.map(({ kind: moved, objectId, number, custodyAccountId, amount }) => ({
        ...{ kind, lineNo: null, fact: factOf(day, objectId), objectId, custodyAccountId },
        ...{ ourNumber: number, gatewayNumber: null, billed: null, detail: null, money: 0n },
        booked: moved === 'payment' ? amount : -amount,
      })),
    );
  }

  /** Another edition of a bill says something else about money; nothing is raised when nothing came and nothing went. */
  async changed(
    tx: Tx,
    day: BillDay,
    edition: number,
    { added, gone }: BillChange<StoredLine>,
  ): Promise<void> {
    if (added.length + gone.length === 0) return;
    const account = await this.objects.accountOfMerchant(day, sqlOf(tx));
    if (!account) throw new Error(`nobody owns the bills of ${day.gateway} ${day.merchantRef}`);
    const sum = (lines: readonly Parameters<typeof signed>[0][]): bigint =>
      lines.reduce((total, line) => total + signed(line), 0n);
    await this.raise(tx, day, [
      {
        ...{ kind: 'changed', lineNo: null, fact: factOf(day, `edition-${edition}`), objectId: null },
        ...{ custodyAccountId: account.custodyAccountId, ourNumber: null, gatewayNumber: null, money: 0n },
        ...{ billed: sum(added), booked: sum(gone) },
        detail: `${added.length} lines came, ${gone.length} went`,
      },
    ]);
  }

  /** The facts themselves removed it. */
  async heal(tx: Tx, difference: Difference, reason: string): Promise<void> {
    if (!(await this.differences.heal(tx, difference))) throw new Moved();
    const to = DIFFERENCE_MACHINE.next(difference.state, 'heal');
    await this.trail.leave(tx, [
      {
        objectType: 'bill_difference',
        objectId: difference.id,
        from: difference.state,
        to,
        event: 'heal',
        reason,
      },
    ]);
  }

  private async raise(tx: Tx, day: BillDay, wanted: readonly Fresh[]): Promise<void> {
    const known = await this.differences.knownFacts(
      tx,
      wanted.map(({ fact }) => fact),
    );
    const fresh = wanted.filter(({ fact }) => !known.has(fact));
    if (fresh.length === 0) return;
    const accounts = [...new Set(fresh.map(({ custodyAccountId }) => custodyAccountId))];
    const communities = await this.objects.communitiesOf(accounts, sqlOf(tx));
    const rows = fresh.map((one): NewDifference => {
      const communityId = communities.get(one.custodyAccountId);
      if (!communityId) throw new Error(`there is no custody account ${one.custodyAccountId}`);
      return { ...one, id: newId('dif', this.clock.now().getTime()), billDayId: day.id, communityId };
    });
    await this.differences.insert(tx, rows);
    await this.trail.leave(
      tx,
      rows.map(({ id, kind }) => ({
        ...{
          objectType: 'bill_difference',
          objectId: id,
          from: null,
          to: 'open',
          event: 'raise',
          reason: kind,
        },
      })),
      rows.map(({ id }) => ({ topic: 'bill.difference', ref: id })),
    );
  }
}

function factOf({ id }: BillDay, what: string): string {
  return `${id}:${what}`;
}
