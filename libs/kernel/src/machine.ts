import { DomainError } from './domain-error.js';

/** The table of a state machine: for every state, what each event leads to. A state without events is final. */
export type Transitions<S extends string, E extends string> = Readonly<
  Record<S, Readonly<Partial<Record<E, S>>>>
>;

export interface Machine<S extends string, E extends string> {
  readonly initial: S;
  readonly states: readonly S[];
  /** The state that `event` leads to. Throws {@link StateConflict} when the table has no such step. */
  next(state: S, event: E): S;
  can(state: S, event: E): boolean;
  isFinal(state: S): boolean;
  /** Every step of the table, for diagrams and exhaustive tests. */
  readonly steps: readonly { readonly from: S; readonly event: E; readonly to: S }[];
}

export class StateConflict extends DomainError<'state_conflict'> {
  constructor(machine: string, state: string, event: string) {
    super('state_conflict', `${machine}: ${event} is not possible in state ${state}; read it again`, {
      machine,
      state,
      event,
    });
  }
}

/** Checks the table when the module loads: a state that cannot be reached is a mistake in the table. */
export function defineMachine<S extends string, E extends string>(
  name: string,
  initial: S,
  transitions: Transitions<S, E>,
): Machine<S, E> {
  const states = Object.keys(transitions) as S[];
  const steps = states.flatMap((from) =>
    (Object.entries(transitions[from]) as [E, S][]).map(([event, to]) => ({ from, event, to })),
  );
  assertReachable(name, initial, states, steps);
  return {
    initial,
    states,
    steps,
    can: (state, event) => transitions[state][event] !== undefined,
    isFinal: (state) => Object.keys(transitions[state]).length === 0,
    next(state, event) {
      const to = transitions[state][event];
      if (to === undefined) throw new StateConflict(name, state, event);
      return to;
    },
  };
}

function assertReachable<S extends string>(
  name: string,
  initial: S,
  states: readonly S[],
  steps: readonly { from: S; to: S }[],
): void {
  const reached = new Set<S>([initial]);
  for (const state of reached) {
    for (const step of steps) if (step.from === state) reached.add(step.to);
  }
  const lost = states.filter((state) => !reached.has(state));
  if (lost.length > 0) throw new Error(`machine ${name}: no way leads to ${lost.join(', ')}`);
  for (const { to } of steps) {
    if (!states.includes(to)) throw new Error(`machine ${name}: ${to} is not in the table`);
  }
}
