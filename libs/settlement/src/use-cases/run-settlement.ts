import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Run } from '../domain/settlement.js';
import { SettlementStores } from '../store/settlement-stores.js';
import { ExecuteChunk } from './execute-chunk.js';
import { FinishRun } from './finish-run.js';
import { Materialise } from './materialise.js';
import { StartRun } from './start-run.js';

/** Chunks at work at once in one process. More only wait for each other's rows and for the two cores of a small machine. */
const lanes = 2;
/** How long a lane without a chunk waits for the writer. */
const writerPauseMs = 10;

/**
 * Brings the pledges of a decided campaign to their end, as far as that goes now. Call it as often as you like and from
 * as many processes: everything it does is found by a predicate and guarded by the rows themselves.
 */
@Injectable()
export class RunSettlement {
  constructor(
    private readonly start: StartRun,
    private readonly materialise: Materialise,
    private readonly chunk: ExecuteChunk,
    private readonly finish: FinishRun,
    private readonly stores: SettlementStores,
  ) {}

  async execute(campaignId: Id<'cmp'>): Promise<void> {
    await this.start.execute(campaignId);
    const run = await this.stores.runs.ofCampaign(campaignId);
    if (run?.state !== 'materialising' && run?.state !== 'executing') return;
    // Chunks are executed while later ones are still being written.
    const writing = run.state === 'materialising' ? this.writeAll(run.id) : Promise.resolve();
    const written = { all: false };
    const done = writing.finally(() => (written.all = true));
    const results = await Promise.allSettled([
      done,
      ...Array.from({ length: lanes }, () => this.lane(run, written)),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.finish.execute(campaignId);
  }

  private async writeAll(runId: Id<'run'>): Promise<void> {
    while (await this.materialise.step(runId));
  }

  private async lane(run: Run, written: { readonly all: boolean }): Promise<void> {
    for (;;) {
      const isLastLook = written.all;
      const chunk = await this.stores.chunks.claim(run.id);
      if (chunk) await this.chunk.execute(run, chunk);
      else if (isLastLook) return;
      else await pause(writerPauseMs);
    }
  }
}
