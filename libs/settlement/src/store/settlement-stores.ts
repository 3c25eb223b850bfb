import { Injectable } from '@nestjs/common';
import { ChunkStore } from './chunk.store.js';
import { ItemStore } from './item.store.js';
import { MilestoneStore } from './milestone.store.js';
import { RefundRunStore } from './refund-run.store.js';
import { RunStore } from './run.store.js';

/** The stores that a run passes through, together. */
@Injectable()
export class SettlementStores {
  constructor(
    readonly runs: RunStore,
    readonly chunks: ChunkStore,
    readonly items: ItemStore,
    readonly milestones: MilestoneStore,
    readonly refundRuns: RefundRunStore,
  ) {}
}
