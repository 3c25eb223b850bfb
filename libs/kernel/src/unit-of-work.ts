declare const txBrand: unique symbol;

/** An open database transaction. Opaque: only a store knows how to speak through it. */
export interface Tx {
  readonly [txBrand]: true;
}

/**
 * Opens the one transaction of a use case. The closure may run more than once (deadlock, lock wait), so it has no
 * effect but through `tx`. Nesting throws: pass the `tx` down.
 */
export abstract class UnitOfWork {
  abstract run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Something that happened, told after commit. Ids only: no personal data, no amounts that a reader could take for truth. */
export interface DomainEvent<Topic extends string = string> {
  readonly topic: Topic;
  /** The object it happened to. */
  readonly ref: string;
  /** Not to be acted on before this instant. */
  readonly notBefore?: Date;
}

/** Writes events into the transaction of the change; the relay publishes them after commit, at least once. */
export abstract class Outbox {
  abstract add(tx: Tx, events: readonly DomainEvent[]): Promise<void>;
}

/** One change of state, kept for ever. Who asked comes from the context of the request or job. */
export interface StateChange {
  readonly objectType: string;
  readonly objectId: string;
  readonly from: string | null;
  readonly to: string;
  readonly event: string;
  /** Why, in words for a person, where the event alone does not say it. */
  readonly reason?: string;
}

export abstract class StateLog {
  abstract append(tx: Tx, changes: readonly StateChange[]): Promise<void>;
}
