import { Gateways } from '@hehuo/payment';
import type { Database } from '@hehuo/platform';
import type { Get } from './crash-steps.js';

/**
 * Where to die: at which input or output, counted from 1, before it happens or when its answer has arrived. `kill` is a
 * real SIGKILL; `halt` is the same death without the price of another start: the sockets are torn and nothing resumes.
 */
export interface CrashPoint {
  readonly at: number;
  readonly when: 'before' | 'after';
  readonly how: 'kill' | 'halt';
}

type Query = (...values: unknown[]) => unknown;
interface Connection {
  query: Query;
  readonly _pool?: Pool;
  destroy(): void;
  release(): void;
}
interface Pool {
  readonly _allConnections: { toArray(): Connection[] };
  getConnection(then: (error: unknown, connection: Connection) => void): void;
}

const GATEWAY_CALLS = ['createOrder', 'queryOrder', 'closeOrder', 'refund', 'queryRefund'] as const;
const labelMax = 70;

const switches = new WeakMap<Pool, CrashSwitch>();
const never = new Promise<never>(() => undefined);
let wrapped = false;

/** Numbers every message of one platform process to its database and its gateway, and ends it at one of them. */
export class CrashSwitch {
  private readonly seen: string[] = [];
  private point: CrashPoint | null = null;
  private armed = false;
  private halted = false;

  private constructor(
    private readonly pool: Pool,
    private readonly onHalt: () => void,
  ) {}

  static async install(get: Get, database: Database, onHalt: () => void): Promise<CrashSwitch> {
    const { pool } = database.source.driver as unknown as { pool: Pool };
    const made = new CrashSwitch(pool, onHalt);
    switches.set(pool, made);
    if (!wrapped) await wrapConnections(pool);
    wrapped = true;
    const gateway = get(Gateways).get('sandbox') as unknown as Record<string, Query>;
    for (const name of GATEWAY_CALLS) {
      const real = gateway[name]!.bind(gateway);
      gateway[name] = async (...values) => {
        const at = made.enter(`gateway ${name}`);
        if (at === null) return never;
        const answer = await real(...values);
        return made.leave(at) ? answer : never;
      };
    }
    return made;
  }

  /** Counts from now on; dies at the point, or nowhere where there is none. */
  arm(point: CrashPoint | null): void {
    this.armed = true;
    this.point = point;
  }

  points(): readonly string[] {
    return this.seen;
  }

  /** The number of the message that is about to go; null where nobody is left to send it. */
  enter(label: string): number | null {
    if (this.halted) return null;
    if (!this.armed) return 0;
    const at = this.seen.push(label.replace(/\s+/g, ' ').slice(0, labelMax));
    return this.survives(at, 'before') ? at : null;
  }

  /** Whether somebody is left to read the answer. */
  leave(at: number): boolean {
    return !this.halted && this.survives(at, 'after');
  }

  private survives(at: number, when: CrashPoint['when']): boolean {
    if (this.point?.at !== at || this.point.when !== when) return true;
    if (this.point.how === 'kill') process.kill(process.pid, 'SIGKILL');
    this.halted = true;
    for (const connection of this.pool._allConnections.toArray()) connection.destroy();
    this.onHalt();
    return false;
  }
}

/** All connections share one prototype, so that those of later are numbered too. */
async function wrapConnections(pool: Pool): Promise<void> {
  const connection = await new Promise<Connection>((resolve, reject) =>
    pool.getConnection((error, found) => (error ? reject(error as Error) : resolve(found))),
  );
  let owner: object = connection;
  while (!Object.hasOwn(owner, 'query')) owner = Object.getPrototypeOf(owner) as object;
  const shared = owner as { query: Query };
  const real = shared.query;
  shared.query = function query(this: Connection, ...values) {
    const then = values.at(-1);
    const crash = this._pool && switches.get(this._pool);
    // Settings of a fresh connection are sent without waiting for an answer; they belong to no step.
    if (!crash || typeof then !== 'function') return real.apply(this, values);
    const at = crash.enter(String(values[0]));
    if (at === null) return undefined;
    const answered = (...answer: unknown[]): unknown =>
      crash.leave(at) ? (then as Query)(...answer) : undefined;
    return real.apply(this, [...values.slice(0, -1), answered]);
  };
  connection.release();
}
