import type { PaymentMode } from './campaign.js';
import type { Kind } from './kind.js';

/** An ask's numbers as they count for a decision. */
export interface AskTally {
  readonly askId: string;
  readonly kind: Kind;
  readonly title: string;
  readonly minimum: bigint;
  readonly wanted: bigint;
  readonly required: boolean;
  /** Promised and not withdrawn, money that is held included. */
  readonly reserved: bigint;
  /** Money that the custodian has. Zero on other kinds. */
  readonly held: bigint;
  readonly pledges: bigint;
}

export interface AskVerdict extends AskTally {
  /** What counts towards the minimum. */
  readonly counted: bigint;
  readonly met: boolean;
  /** What is missing to the minimum; zero when met. */
  readonly short: bigint;
}

export type DeadlineOutcome = 'succeeded' | 'collecting' | 'failed';

export interface Verdict {
  readonly outcome: DeadlineOutcome;
  readonly asks: readonly AskVerdict[];
}

/**
 * What the deadline decides: every required ask must have reached its minimum, and exactly the minimum is enough.
 * Money counts when it is held where it is paid at once, else as promised; then what is promised is collected first.
 */
export function decideAtDeadline(asks: readonly AskTally[], mode: PaymentMode | null): Verdict {
  const verdicts = asks.map((ask) =>
    verdictOf(ask, ask.kind === 'money' && mode === 'pay_now' ? ask.held : ask.reserved),
  );
  const uncollected = verdicts.some(
    ({ kind, reserved, held }) => kind === 'money' && mode !== 'pay_now' && held < reserved,
  );
  if (!verdicts.every(carries)) return { outcome: 'failed', asks: verdicts };
  return { outcome: uncollected ? 'collecting' : 'succeeded', asks: verdicts };
}

/** The second decision, after the collection window: only money that arrived counts. */
export function decideAfterCollection(
  asks: readonly AskTally[],
): Verdict & { outcome: 'succeeded' | 'failed' } {
  const verdicts = asks.map((ask) => verdictOf(ask, ask.kind === 'money' ? ask.held : ask.reserved));
  return { outcome: verdicts.every(carries) ? 'succeeded' : 'failed', asks: verdicts };
}

function verdictOf(ask: AskTally, counted: bigint): AskVerdict {
  const met = counted >= ask.minimum;
  return { ...ask, counted, met, short: met ? 0n : ask.minimum - counted };
}

function carries({ required, met }: AskVerdict): boolean {
  return met || !required;
}
