import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import {
  BILL_DAY_MACHINE,
  billPauseSeconds,
  healingHours,
  secondDownloadTriesMax,
  type BillDay,
} from '../domain/bill-day.js';
import { changesButFees, changesOf } from '../domain/bill-matching.js';
import type { BillFinding, BillLine } from '../domain/findings.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { BillLineStore } from '../store/bill-line.store.js';
import { Gateways } from './gateway.port.js';
import { RaiseDifferences } from './raise-differences.js';
import { Trail } from './trail.js';

const healingSeconds = healingHours * 3_600;
const noBytes = new Uint8Array(0);

/**
 * Asks for one bill and keeps it: each file once, each line once. A bill that says something else than before keeps both
 * editions, adds what is new and raises a difference, unless only fees are others. True when it was to be had.
 */
@Injectable()
export class FetchBill {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly days: BillDayStore,
    private readonly lines: BillLineStore,
    private readonly gateways: Gateways,
    private readonly differences: RaiseDifferences,
    private readonly trail: Trail,
  ) {}

  async execute(day: BillDay): Promise<boolean> {
    const finding = await this.ask(day);
    if (finding.kind === 'unknown' || finding.kind === 'not_ready') {
      await this.wait(day, finding.kind === 'unknown' ? finding.why : finding.kind);
      return false;
    }
    const { lines, raw } = finding.kind === 'bill' ? finding : { lines: [], raw: noBytes };
    await this.uow.run((tx) => this.keep(tx, day.id, lines, raw));
    return true;
  }

  private async ask({ gateway, merchantRef, day }: BillDay): Promise<BillFinding> {
    const known = this.gateways.find(gateway);
    return known ? known.bill(merchantRef, day) : { kind: 'unknown', why: 'gateway_not_configured' };
  }

  private async wait(day: BillDay, answer: string): Promise<void> {
    const isInVain = day.downloads > 0 && day.tries >= secondDownloadTriesMax;
    if (!isInVain) return this.days.postpone(day.id, answer, billPauseSeconds(day.tries));
    await this.days.postpone(day.id, answer, day.state === 'explained' ? null : healingSeconds);
    await this.days.endDownloads(day.id);
  }

  private async keep(tx: Tx, dayId: Id<'bld'>, fresh: readonly BillLine[], raw: Uint8Array): Promise<void> {
    const day = await this.days.lock(tx, dayId);
    if (!day) return;
    const edition = await this.lines.addFile(tx, dayId, raw, fresh.length);
    if (BILL_DAY_MACHINE.can(day.state, 'import')) {
      await this.lines.insert(tx, day, edition ?? 1, fresh, 0);
      return this.move(tx, day, 'import', `${fresh.length} lines`);
    }
    if (edition === null) return this.days.noteDownload(tx, day, day.state);
    const stored = await this.lines.ofDay(dayId, sqlOf(tx));
    const change = changesOf(
      stored.filter(({ goneIn }) => goneIn === null),
      fresh,
    );
    // The same lines in another order, or between other titles, are the same bill.
    if (change.added.length + change.gone.length === 0) return this.days.noteDownload(tx, day, day.state);
    await this.lines.insert(tx, day, edition, change.added, stored.length);
    await this.lines.leave(tx, dayId, edition, change.gone);
    await this.differences.changed(tx, day, edition, changesButFees(change));
    return this.move(tx, day, 'change', `${change.added.length} lines came, ${change.gone.length} went`);
  }

  private async move(tx: Tx, day: BillDay, event: 'import' | 'change', reason: string): Promise<void> {
    const to = BILL_DAY_MACHINE.next(day.state, event);
    await this.days.noteDownload(tx, day, to);
    await this.trail.leave(tx, [
      { objectType: 'bill_day', objectId: day.id, from: day.state, to, event, reason },
    ]);
  }
}
