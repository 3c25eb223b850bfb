/**
 * Every event, job and queue of the platform, in one place. An event of the outbox becomes one job per subscriber.
 * Jobs are hints: they carry the id of an object, and the worker reads from MySQL what is to be done. So a job is
 * never retried by the queue (`attempts: 1`, a sweeper finds the work again), and never kept after it ends, because a
 * kept job would swallow a later one of the same id.
 */
export const QUEUES = {
  closing: { concurrency: 4, lockSeconds: 60 },
  settlement: { concurrency: 2, lockSeconds: 60 },
  payment: { concurrency: 8, lockSeconds: 60 },
  ledger: { concurrency: 1, lockSeconds: 60 },
  upkeep: { concurrency: 2, lockSeconds: 60 },
} as const satisfies Record<string, QueueSettings>;

interface QueueSettings {
  readonly concurrency: number;
  /** How long a worker may be silent before its job is given to another. */
  readonly lockSeconds: number;
}

export type QueueName = keyof typeof QUEUES;

/** One hint job is enough: the row in MySQL is the work, so nothing is retained and nothing is retried by the queue. */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;
/** A deploy that kills workers twice must not bury a job; the handlers are idempotent. */
export const stalledTimesMax = 100;

export const JOBS = {
  'close-campaign': 'closing',
  'open-campaign': 'closing',
  'settle-campaign': 'settlement',
  'refund-shares': 'settlement',
  'end-collection': 'closing',
  'place-charge': 'payment',
  'apply-gateway-event': 'payment',
  'send-refund': 'payment',
  'fold-ledger': 'ledger',
  'send-sms': 'upkeep',
} as const satisfies Record<string, QueueName>;

export type JobName = keyof typeof JOBS;

/** Which jobs an event wakes. `notBefore` of the event becomes the delay of the job. */
export const TOPICS = {
  'need.changed': [],
  'campaign.changed': [],
  'campaign.opening': ['open-campaign'],
  'campaign.opened': ['close-campaign'],
  'campaign.decided': ['settle-campaign'],
  'campaign.collecting': ['end-collection'],
  'pledges.changed': ['fold-ledger'],
  'match.changed': ['fold-ledger'],
  'charge.created': ['place-charge'],
  'charge.changed': ['fold-ledger'],
  'refund.due': ['send-refund'],
  'refund.changed': ['fold-ledger'],
  'payout.changed': ['fold-ledger'],
  'gateway.event': ['apply-gateway-event'],
  'bill.matched': ['fold-ledger'],
  'bill.difference': [],
  'settlement.changed': ['fold-ledger'],
  'settlement.due': ['settle-campaign'],
  'refunds.due': ['refund-shares'],
  'collection.reminder': [],
  'code.requested': ['send-sms'],
  'task.raised': [],
  'book.challenged': [],
  'book.answered': [],
  'book.challenge-ended': [],
  'book.overdue': [],
  'book.frozen': [],
} as const satisfies Record<string, readonly JobName[]>;

export type Topic = keyof typeof TOPICS;

export function isTopic(value: string): value is Topic {
  return value in TOPICS;
}

/** Topics whose ids anybody may see on the public stream; the reader fetches the object under its own rights. */
export const PUBLIC_TOPICS: ReadonlySet<Topic> = new Set<Topic>([
  'need.changed',
  'campaign.changed',
  'campaign.opened',
  'campaign.decided',
  'campaign.collecting',
  'pledges.changed',
  'match.changed',
  'settlement.changed',
  'book.challenged',
  'book.answered',
  'book.challenge-ended',
  'book.frozen',
  'payout.changed',
]);
