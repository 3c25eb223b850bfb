import { Gateways } from '@hehuo/payment';
import type { Database } from '@hehuo/platform';
import type { Get } from './crash-steps.js';

/** Where to die: at which input or output, counted from 1, before it happens or when its answer has arrived. */
export interface CrashPoint {
  readonly at: number;
  readonly when: 'before' | 'after';
}

type Query = (...values: unknown[]) => unknown;
interface Pool {
  getConnection(then: (error: unknown, connection: { query: Query; release(): void }) => void): void;
}

const GATEWAY_CALLS = ['createOrder', 'queryOrder', 'closeOrder', 'refund', 'queryRefund'] as const;
const labelMax = 70;

/** Numbers every message of this process to its database and its gateway, and kills it -9 at one of them. */
export class CrashSwitch {
  private seen: string[] | null = null;
  private point: CrashPoint | null = null;

  /** Counts from now on; dies at the point, or nowhere where there is none. */
  arm(point: CrashPoint | null): void {
    this.seen = [];
    this.point = point;
  }

  points(): readonly string[] {
    return this.seen ?? [];
  }

  async install(get: Get, database: Database): Promise<void> {
    await this.wrapConnections((database.source.driver as unknown as { pool: Pool }).pool);
    const gateway = get(Gateways).get('sandbox') as unknown as Record<string, Query>;
    for (const name of GATEWAY_CALLS) {
      const real = gateway[name]!.bind(gateway);
      gateway[name] = async (...values) => {
        const at = this.enter(`gateway ${name}`);
        const answer = await real(...values);
        this.leave(at);
        return answer;
      };
    }
  }

  private enter(label: string): number {
    if (!this.seen) return 0;
    const at = this.seen.push(label.replace(/\s+/g, ' ').slice(0, labelMax));
    this.dieAt(at, 'before');
    return at;
  }

  private leave(at: number): void {
    this.dieAt(at, 'after');
  }

  private dieAt(at: number, when: CrashPoint['when']): void {
    if (this.point?.at === at && this.point.when === when) process.kill(process.pid, 'SIGKILL');
  }

  /** All connections share one prototype, so that those of later are numbered too. */
  private async wrapConnections(pool: Pool): Promise<void> {
    const connection = await new Promise<{ query: Query; release(): void }>((resolve, reject) =>
      pool.getConnection((error, found) => (error ? reject(error) : resolve(found))),
    );
    let owner: object = connection;
    while (!Object.hasOwn(owner, 'query')) owner = Object.getPrototypeOf(owner) as object;
    const wrapped = owner as { query: Query };
    const real = wrapped.query;
    const { enter, leave } = { enter: this.enter.bind(this), leave: this.leave.bind(this) };
    wrapped.query = function query(this: unknown, ...values) {
      const then = values.at(-1);
      // Settings of a fresh connection are sent without waiting for an answer; they belong to no step.
      if (typeof then !== 'function') return real.apply(this, values);
      const at = enter(String(values[0]));
      const answered = (...answer: unknown[]): unknown => {
        leave(at);
        return (then as Query)(...answer);
      };
      return real.apply(this, [...values.slice(0, -1), answered]);
    };
    connection.release();
  }
}
