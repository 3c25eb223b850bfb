import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { JOB_OPTIONS, JOBS, QUEUES, TOPICS, type JobName, type QueueName } from './catalogue.js';
import type { OutboxMessage } from './outbox.js';

export interface HintData {
  /** The object to look at. Nothing else travels through Redis. */
  readonly ref: string;
}

/** The sending side of the queues. Only the relay puts jobs in. */
export class Hints {
  private readonly queues: Record<QueueName, Queue<HintData>>;

  constructor(connection: Redis, prefix: string) {
    const open = (name: QueueName): Queue<HintData> => {
      const queue = new Queue<HintData>(name, { connection, prefix, defaultJobOptions: JOB_OPTIONS });
      queue.on('error', () => undefined);
      return queue;
    };
    this.queues = Object.fromEntries(
      (Object.keys(QUEUES) as QueueName[]).map((name) => [name, open(name)]),
    ) as Record<QueueName, Queue<HintData>>;
  }

  /** Throws when Redis does not take the jobs; the messages then stay in the outbox. */
  async publish(messages: readonly OutboxMessage[], now: Date): Promise<void> {
    const byQueue = new Map<
      QueueName,
      { name: JobName; data: HintData; opts: { delay: number; jobId: string } }[]
    >();
    for (const message of messages) {
      for (const job of TOPICS[message.topic] as readonly JobName[]) {
        const delay = Math.max(0, (message.notBefore?.getTime() ?? 0) - now.getTime());
        const list = byQueue.get(JOBS[job]) ?? [];
        list.push({
          name: job,
          data: { ref: message.ref },
          opts: { delay, jobId: jobId(job, message.ref, delay > 0) },
        });
        byQueue.set(JOBS[job], list);
      }
    }
    for (const [queue, jobs] of byQueue) await this.queues[queue].addBulk(jobs);
  }

  async depth(name: QueueName): Promise<number> {
    const counts = await this.queues[name].getJobCounts('wait', 'active', 'delayed');
    return Object.values(counts).reduce((a, b) => a + b, 0);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => queue.close()));
  }
}

// A waiting hint of the same job and object makes a second one needless. Job ids may not hold a colon. The fold of
// the ledger is one job for everybody.
function jobId(job: JobName, ref: string, delayed: boolean): string {
  if (job === 'fold-ledger') return job;
  return delayed ? `${job}-${ref}-later` : `${job}-${ref}`;
}
