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

/** An open transaction. After one failed statement it refuses everything: half a transaction must never commit. */
export class SqlTx extends Sql {
  private failure: unknown;
  private finished = false;

  constructor(
    readonly manager: EntityManager,
    private readonly send: (text: string, values: unknown[]) => Promise<unknown>,
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

  private async guarded(text: string, values: readonly SqlValue[]): Promise<unknown> {
    if (this.finished) throw new Error('this transaction is over; pass the tx down instead of keeping it');
    if (this.failure) throw this.failure;
    try {
      return await this.send(text, bindable(values));
    } catch (error) {
      this.failure = error;
      throw error;
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
