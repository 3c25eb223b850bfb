import { Injectable } from '@nestjs/common';
import { ChunkStore } from './chunk.store.js';
import { ItemStore } from './item.store.js';
import { RunStore } from './run.store.js';

/** The stores that a run passes through, together. */
@Injectable()
export class SettlementStores {
  constructor(
    readonly runs: RunStore,
    readonly chunks: ChunkStore,
    readonly items: ItemStore,
  ) {}
}
