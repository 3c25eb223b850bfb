export const operations = [
  'create-order',
  'query-order',
  'close-order',
  'refund',
  'query-refund',
  'callback',
  'pay',
  'bill',
] as const;
export type Operation = (typeof operations)[number];

const asked: readonly Operation[] = [
  'create-order',
  'query-order',
  'close-order',
  'refund',
  'query-refund',
  'pay',
];
const changing: readonly Operation[] = ['create-order', 'close-order', 'refund', 'pay'];
const called: readonly Operation[] = ['callback'];
const billed: readonly Operation[] = ['bill'];

/** Every fault, where it can be switched on, and the meaning and default of its `delayMs` and `count`. */
export const faultCatalogue = {
  'apply-then-timeout': { on: asked, delayMs: 15_000 },
  'timeout-then-apply-later': { on: changing, delayMs: 15_000, laterMs: 1_000 },
  reject: { on: asked },
  'error-500-after-apply': { on: asked },
  'garbage-after-apply': { on: asked },
  'bad-response-signature-after-apply': { on: asked },
  'response-signature-probe-after-apply': { on: asked },
  'rate-limited': { on: asked },
  'not-found-for': { on: ['query-order', 'query-refund'], delayMs: 30_000 },
  'callback-before-response': { on: changing, delayMs: 5_000 },
  'not-enough-balance': { on: ['refund'] },
  'refund-failed': { on: ['refund'] },
  'refund-stays-processing': { on: ['refund'], delayMs: 60_000 },
  'late-success': { on: ['pay', 'close-order'], delayMs: 1_000 },
  'duplicate-callback': { on: called, count: 3 },
  'callback-storm': { on: called, count: 100 },
  'drop-callback': { on: called },
  'delay-callback': { on: called, delayMs: 5_000 },
  'out-of-order-callback': { on: called, delayMs: 60_000 },
  'callback-unknown-order': { on: called },
  'callback-wrong-amount': { on: called },
  'callback-wrong-merchant': { on: called },
  'callback-bad-signature': { on: called },
  'callback-unsigned': { on: called },
  'callback-weak-signature': { on: called },
  'callback-signature-probe': { on: called },
  'callback-replayed-later': { on: called, delayMs: 1_000 },
  'bill-not-ready': { on: billed },
  'bill-duplicated': { on: billed },
  'bill-missing-line': { on: billed },
  'bill-wrong-sum': { on: billed },
  'bill-fee': { on: billed, count: 6 },
  'bill-unknown-line': { on: billed },
  'bill-withdrawal': { on: billed },
  'bill-changed': { on: billed },
} as const satisfies Record<string, FaultTraits>;

interface FaultTraits {
  readonly on: readonly Operation[];
  readonly delayMs?: number;
  readonly laterMs?: number;
  readonly count?: number;
}

export type FaultName = keyof typeof faultCatalogue;
export const faultNames = Object.keys(faultCatalogue) as FaultName[];

/** Faults of the answer to a request: at most one a request. */
export const transportFaults: readonly FaultName[] = [
  'apply-then-timeout',
  'timeout-then-apply-later',
  'reject',
  'error-500-after-apply',
  'garbage-after-apply',
  'bad-response-signature-after-apply',
  'response-signature-probe-after-apply',
  'rate-limited',
  'callback-before-response',
];

/** Faults of a callback: at most one a callback. */
export const callbackFaults: readonly FaultName[] = faultNames.filter((name) => {
  const on: readonly Operation[] = faultCatalogue[name].on;
  return on.includes('callback');
});

/** A rule as the wire carries it. Number prefixes that are absent match everything. */
export interface RuleInput {
  readonly match: {
    readonly operation: Operation;
    readonly orderNo?: string;
    readonly refundNo?: string;
    readonly event?: string;
  };
  readonly fault: FaultName;
  readonly times?: number;
  readonly probability?: number;
  readonly seed?: number;
  readonly delayMs?: number;
  readonly laterMs?: number;
  readonly count?: number;
  readonly balanceFen?: string;
}

/** A rule in force: every parameter settled, plus how often it struck. */
export interface Rule extends RuleInput {
  readonly seed: number;
  readonly delayMs: number;
  readonly laterMs: number;
  readonly count: number;
  used: number;
}

const operationSchema = { type: 'string', enum: operations };
const prefixSchema = { type: 'string', maxLength: 64 };
const msSchema = { type: 'integer', minimum: 0, maximum: 86_400_000 };

/** JSON Schema of PUT /faults. Which fault fits which operation is checked after it, in FaultSwitches. */
export const faultsSchema = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['match', 'fault'],
    additionalProperties: false,
    properties: {
      match: {
        type: 'object',
        required: ['operation'],
        additionalProperties: false,
        properties: {
          operation: operationSchema,
          orderNo: prefixSchema,
          refundNo: prefixSchema,
          event: { type: 'string', enum: ['charge.paid', 'charge.closed', 'refund.done', 'refund.failed'] },
        },
      },
      fault: { type: 'string', enum: faultNames },
      times: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      probability: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
      seed: { type: 'integer', minimum: 0, maximum: 4_294_967_295 },
      delayMs: msSchema,
      laterMs: msSchema,
      count: { type: 'integer', minimum: 1, maximum: 1_000 },
      balanceFen: { type: 'string', pattern: '^(0|[1-9][0-9]{0,14})$' },
    },
  },
};
