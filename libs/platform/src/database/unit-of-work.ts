import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { UnitOfWork, type Tx } from '@hehuo/kernel';
import type { QueryRunner } from 'typeorm';
import { Database, SqlTx, type Statement } from './database.js';
import { isCommitLost, isRetryable } from './errors.js';

const attemptsMax = 8;
const pauseFirstMs = 5;
const pauseLongestMs = 400;

interface RawConnection {
  format(text: string, values: readonly unknown[]): string;
}

const open = new AsyncLocalStorage<true>();

/** Whether the caller stands inside an open transaction. Network clients refuse to work there. */
export function insideTransaction(): boolean {
  return open.getStore() === true;
}

/**
 * The one place that says BEGIN and COMMIT. The retry wraps the whole closure, because MySQL may have rolled back
 * all of it (deadlock) or only the last statement (lock wait): neither may be carried on with. A lost answer to
 * COMMIT is not retried here: the caller's own operation id decides, by reading what was committed.
 */
export class TypeOrmUnitOfWork extends UnitOfWork {
  constructor(private readonly database: Database) {
    super();
  }

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (insideTransaction()) throw new Error('UnitOfWork.run must not nest: pass the tx down');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await open.run(true, () => this.once(work));
      } catch (error) {
        if (!isRetryable(error) || attempt >= attemptsMax) throw error;
        const ceilingMs = Math.min(pauseLongestMs, pauseFirstMs * 2 ** attempt);
        await pause(Math.random() * ceilingMs);
      }
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.database.source.createQueryRunner();
    let broken: unknown;
    try {
      await runner.connect();
      const tx = new SqlTx(runner.manager, (statements) => send(runner, statements));
      try {
        const result = await work(tx as unknown as Tx);
        if (tx.poisonedBy) throw tx.poisonedBy;
        if (tx.isBegun) await this.commit(runner);
        return result;
      } catch (error) {
        broken = error;
        await rollback(runner);
        throw error;
      } finally {
        tx.finish();
      }
    } finally {
      // A connection whose COMMIT failed is in an unknown state and must not go back to the pool.
      if (isCommitLost(broken)) await destroy(runner);
      else await runner.release();
    }
  }

  private async commit(runner: QueryRunner): Promise<void> {
    try {
      await runner.query('COMMIT');
    } catch (cause) {
      throw new CommitFailed(cause);
    }
  }
}

/** COMMIT was sent and its answer is unknown or an error. */
export class CommitFailed extends Error {
  readonly commitLost = true;
  constructor(override readonly cause: unknown) {
    super('the answer to COMMIT is unknown; read what was stored before trying again');
    this.name = 'CommitFailed';
  }
}

/** One message to the server for all of them. Each binds its own values, so that none can take another's. */
async function send(runner: QueryRunner, statements: readonly Statement[]): Promise<readonly unknown[]> {
  const connection = (await runner.connect()) as RawConnection;
  const texts = statements.map(({ text, values }) => connection.format(text, values));
  const answer: unknown = await runner.query(texts.join(';\n'));
  return statements.length === 1 ? [answer] : (answer as unknown[]);
}

async function rollback(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch {
    // The server rolls back by itself when the connection is gone; the first error is the one worth telling.
    await destroy(runner);
  }
}

async function destroy(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect()) as { destroy(): void };
  connection.destroy();
  await runner.release();
}
