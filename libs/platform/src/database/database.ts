import type { Tx } from '@hehuo/kernel';
import { DataSource, type EntityManager } from 'typeorm';

export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/** What a statement changed: rows found by its WHERE (the driver counts found rows, not changed ones). */
export interface Changed {
  readonly affectedRows: number;
}

/**
 * SQL through TypeORM's connection. BIGINT columns arrive as strings (a double would lose digits), instants as UTC
 * `Date`s. Values are always bound, never pasted; an array binds as a list, an array of arrays as VALUES rows.
 */
export abstract class Sql {
  abstract rows<T>(text: string, values?: readonly SqlValue[]): Promise<T[]>;
  abstract change(text: string, values?: readonly SqlValue[]): Promise<Changed>;
  abstract readonly manager: EntityManager;

  async row<T>(text: string, values?: readonly SqlValue[]): Promise<T | null> {
    return (await this.rows<T>(text, values))[0] ?? null;
  }
}

/** Reads outside a transaction, each statement its own snapshot. Nothing that decides money reads through it. */
export class Database extends Sql {
  constructor(readonly source: DataSource) {
    super();
  }

  get manager(): EntityManager {
    return this.source.manager;
  }

  async rows<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    return this.source.query<T[]>(text, bindable(values));
  }

  async change(text: string, values: readonly SqlValue[] = []): Promise<Changed> {
    return this.source.query<Changed>(text, bindable(values));
  }
}

/** One statement with what it binds, as it goes to the server. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Waiting extends Statement {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

const BEGIN: Statement = { text: 'START TRANSACTION', values: [] };

/**
 * An open transaction. After one failed statement it refuses everything: half a transaction must never commit.
 * Statements that are asked for in the same breath (`Promise.all`) travel together and run in the order they were
 * asked for; the server stops at the first that fails. BEGIN travels with the first of all.
 */
export class SqlTx extends Sql {
  private readonly waiting: Waiting[] = [];
  private failure: unknown;
  private finished = false;
  private begun = false;

  constructor(
    readonly manager: EntityManager,
    /** Sends the statements in one message and resolves with an answer for each. */
    private readonly send: (statements: readonly Statement[]) => Promise<readonly unknown[]>,
  ) {
    super();
  }

  async rows<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    return (await this.guarded(text, values)) as T[];
  }

  async change(text: string, values: readonly SqlValue[] = []): Promise<Changed> {
    return (await this.guarded(text, values)) as Changed;
  }

  /** Called by the unit of work when the transaction is over; a store that kept the handle gets an error. */
  finish(): void {
    this.finished = true;
  }

  get poisonedBy(): unknown {
    return this.failure;
  }

  /** False as long as the server knows nothing of this transaction. */
  get isBegun(): boolean {
    return this.begun;
  }

  private guarded(text: string, values: readonly SqlValue[]): Promise<unknown> {
    if (this.finished) throw new Error('this transaction is over; pass the tx down instead of keeping it');
    if (this.failure) throw this.failure;
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) queueMicrotask(() => void this.flush());
      this.waiting.push({ text, values: bindable(values), resolve, reject });
    });
  }

  private async flush(): Promise<void> {
    const statements = this.waiting.splice(0);
    const first = this.begun ? [] : [BEGIN];
    this.begun = true;
    try {
      if (this.failure) throw this.failure;
      const answers = await this.send([...first, ...statements]);
      statements.forEach(({ resolve }, index) => resolve(answers[first.length + index]));
    } catch (error) {
      this.failure = error;
      for (const { reject } of statements) reject(error);
    }
  }
}

/** The SQL behind an opaque transaction handle. For stores only. */
export function sqlOf(tx: Tx): SqlTx {
  if (!(tx instanceof SqlTx)) throw new Error('this handle was not opened by the unit of work');
  return tx;
}

function bindable(values: readonly SqlValue[]): unknown[] {
  return values.map((value) =>
    typeof value === 'bigint' ? value.toString() : Array.isArray(value) ? bindable(value) : value,
  );
}
