import { Injectable } from '@nestjs/common';
import { DifferenceStore } from '../store/difference.store.js';
import { TellingStore } from '../store/telling.store.js';
import { BookLines } from './book-lines.js';
import { SettleBillDay } from './settle-bill-day.js';

/** The steps of matching that share one transaction. */
@Injectable()
export class BillDaySteps {
  constructor(
    readonly book: BookLines,
    readonly settle: SettleBillDay,
    readonly differences: DifferenceStore,
    readonly tellings: TellingStore,
  ) {}
}
