import { Injectable } from '@nestjs/common';
import { IntakeBookStore } from './intake-book.store.js';
import { IntakeStore } from './intake.store.js';
import { PledgeStore } from './pledge.store.js';
import { TaskStore } from './task.store.js';

/** The stores that a pledge passes through, together. */
@Injectable()
export class PledgeStores {
  constructor(
    readonly intake: IntakeStore,
    readonly book: IntakeBookStore,
    readonly pledges: PledgeStore,
    readonly tasks: TaskStore,
  ) {}
}
