import { randomInt } from 'node:crypto';
import { faultCatalogue, type FaultName, type Operation, type Rule, type RuleInput } from './rules.js';

/** What a rule can match on. */
export interface Subject {
  readonly orderNo?: string | undefined;
  readonly refundNo?: string | undefined;
  readonly event?: string | undefined;
}

export class MisplacedFaultError extends Error {
  override readonly name = 'MisplacedFaultError';
}

interface Armed {
  readonly rule: Rule;
  readonly draw: () => number;
}

/**
 * The switches. They live in memory only: they are test machinery and no part of the gateway's truth, so a restarted
 * sandbox is a healthy one.
 */
export class FaultSwitches {
  private armed: Armed[] = [];

  /** Replaces all rules. Throws MisplacedFaultError when a fault does not fit its operation. */
  set(inputs: readonly RuleInput[]): void {
    this.armed = inputs.map((input, index) => {
      const traits: { on: readonly Operation[]; delayMs?: number; laterMs?: number; count?: number } =
        faultCatalogue[input.fault];
      if (!traits.on.includes(input.match.operation)) {
        throw new MisplacedFaultError(
          `Rule ${index}: ${input.fault} fits ${traits.on.join(', ')}, not ${input.match.operation}.`,
        );
      }
      const rule: Rule = {
        ...input,
        // A seed that nobody chose is still shown by GET /faults, so that the run can be repeated.
        seed: input.seed ?? randomInt(0, 2 ** 32),
        delayMs: input.delayMs ?? traits.delayMs ?? 0,
        laterMs: input.laterMs ?? traits.laterMs ?? 0,
        count: input.count ?? traits.count ?? 1,
        used: 0,
      };
      return { rule, draw: randomSequence(rule.seed) };
    });
  }

  list(): readonly Rule[] {
    return this.armed.map(({ rule }) => rule);
  }

  /** The first rule that strikes now; it is counted as used. `bites` lets a rule wait until it would change anything. */
  take(
    operation: Operation,
    names: readonly FaultName[],
    subject: Subject,
    bites: (rule: Rule) => boolean = () => true,
  ): Rule | undefined {
    for (const { rule, draw } of this.armed) {
      if (!fits(rule, operation, names, subject) || !bites(rule)) continue;
      if (rule.probability !== undefined && draw() >= rule.probability) continue;
      rule.used += 1;
      return rule;
    }
    return undefined;
  }

  /** Whether a rule could strike, without using it up. */
  isOn(operation: Operation, name: FaultName, subject: Subject): boolean {
    return this.armed.some(({ rule }) => fits(rule, operation, [name], subject));
  }
}

function fits(rule: Rule, operation: Operation, names: readonly FaultName[], subject: Subject): boolean {
  const { match, times } = rule;
  return (
    match.operation === operation &&
    names.includes(rule.fault) &&
    (times === undefined || rule.used < times) &&
    (match.orderNo === undefined || (subject.orderNo ?? '').startsWith(match.orderNo)) &&
    (match.refundNo === undefined || (subject.refundNo?.startsWith(match.refundNo) ?? false)) &&
    (match.event === undefined || match.event === subject.event)
  );
}

/** Mulberry32: small, fast, and the same numbers from the same seed on every machine. */
export function randomSequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
