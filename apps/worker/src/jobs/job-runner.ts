import { Worker, type Job } from 'bullmq';
import { DomainError } from '@hehuo/kernel';
import {
  JOBS,
  QUEUES,
  runInContext,
  stalledTimesMax,
  workerConnection,
  type HintData,
  type JobName,
  type Logger,
  type QueueName,
} from '@hehuo/platform';
import type { Metrics } from '../status/metrics.js';
import type { JobHandlers } from './job-handlers.js';
import { handlerOf } from './registry.js';

const stalledIntervalMs = 30_000;
const requestIdLength = 60;

export interface JobRunnerParts {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly handlers: JobHandlers;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * The receiving side of the queues. A job that fails is not tried again by the queue: its row is still work, and a
 * sweeper finds it. So a failure here is told (log and metric) and never repaired here.
 */
export class JobRunner {
  private readonly connection;
  private readonly workers: Worker<HintData>[] = [];

  constructor(private readonly parts: JobRunnerParts) {
    this.connection = workerConnection(parts.redisUrl);
  }

  start(): void {
    for (const name of Object.keys(QUEUES) as QueueName[]) this.workers.push(this.open(name));
  }

  /** Lets running jobs end for `graceMs`, then lets go of them: another process gets them back as stalled. */
  async stop(graceMs: number): Promise<void> {
    const closing = Promise.all(this.workers.map((worker) => worker.close()));
    const isClosed = await within(closing, graceMs);
    if (!isClosed) {
      this.parts.logger.warn({ graceMs }, 'jobs still run after the grace; they are left to the sweepers');
      await within(Promise.all(this.workers.map((worker) => worker.close(true))), 2_000);
    }
    this.connection.disconnect();
  }

  private open(name: QueueName): Worker<HintData> {
    const { concurrency, lockSeconds } = QUEUES[name];
    const worker = new Worker<HintData>(name, (job) => this.perform(name, job), {
      connection: this.connection,
      prefix: this.parts.prefix,
      concurrency,
      lockDuration: lockSeconds * 1000,
      stalledInterval: stalledIntervalMs,
      maxStalledCount: stalledTimesMax,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', (error) => this.parts.logger.warn({ err: error, queue: name }, 'the queue is unwell'));
    worker.on('stalled', (id) =>
      this.parts.logger.warn({ job: id, queue: name }, 'a job stalled and starts again'),
    );
    return worker;
  }

  private async perform(queue: QueueName, job: Job<HintData>): Promise<void> {
    const requestId = (job.id ?? job.name).slice(0, requestIdLength);
    await runInContext({ actor: `job:${job.name}`, requestId }, async () => {
      const { metrics, logger, handlers } = this.parts;
      // Metrics get names of the catalogue only, or a stranger in Redis could make up labels without end.
      const label = Object.hasOwn(JOBS, job.name) ? (job.name as JobName) : 'unknown';
      const end = metrics.jobSeconds.startTimer({ queue, job: label });
      try {
        await handlerOf(handlers, job.name)(job.data.ref);
        end({ outcome: 'done' });
      } catch (error) {
        const isRefusal = error instanceof DomainError;
        end({ outcome: isRefusal ? 'refused' : 'failed' });
        const facts = { job: job.name, ref: job.data.ref };
        if (isRefusal) logger.warn({ ...facts, problem: error.code, err: error }, 'a job was refused');
        else logger.error({ ...facts, err: error }, 'a job failed; its row stays as work for the sweeper');
        throw error;
      }
    });
  }
}

async function within(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
}
