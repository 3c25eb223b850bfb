import { Agent, request } from 'undici';
import type { Agenda } from '../agenda.js';
import type { Bookkeeper } from '../books/bookkeeper.js';
import type { PendingDelivery } from '../books/books.js';
import type { Clock } from '../clock.js';
import { forge, sign } from '../signature.js';
import type { Dialects } from './dialect.js';

const retryDelaysMs = [200, 1_000, 5_000, 15_000, 60_000] as const;
const retryEveryMs = 300_000;
const giveUpAfterMs = 24 * 3_600_000;
const answerTimeoutMs = 10_000;
const concurrentMax = 128;
const yesterdaySeconds = 86_400;
/** Stands for an answer that is a 2xx and not the word that ends the repetitions. */
const notTaken = 599;
const answerCharactersMax = 64;

/** How long to wait after the given number of failed attempts; undefined when a day has passed and we give up. */
export function retryDelayMs(attempts: number, ageMs: number): number | undefined {
  return ageMs >= giveUpAfterMs ? undefined : (retryDelaysMs[attempts - 1] ?? retryEveryMs);
}

export interface CourierLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Sends callbacks until a 2xx. What is still to be sent is in the books, so a restart takes it up again. */
export class Courier {
  private readonly ready: PendingDelivery[] = [];
  private readonly underWay = new Set<string>();
  private readonly held = new Map<string, Set<PendingDelivery>>();
  private readonly firstTries = new Map<string, () => void>();
  private isStopped = false;
  private readonly agent = new Agent({ connections: concurrentMax, connectTimeout: answerTimeoutMs });

  constructor(
    private readonly keeper: Bookkeeper,
    private readonly agenda: Agenda,
    private readonly clock: Clock,
    private readonly secret: string,
    private readonly log: CourierLog,
    private readonly dialects: Dialects = {},
  ) {}

  /** Takes up every delivery that the books still owe. */
  resume(): void {
    for (const id of this.keeper.books.deliveries.keys()) this.plan(id);
  }

  /** Sends the delivery when its time comes. */
  plan(id: string): void {
    const delivery = this.keeper.books.deliveries.get(id);
    if (!delivery) return;
    if (delivery.overtakable && delivery.attempts === 0) this.heldOf(delivery.orderNo).add(delivery);
    const { attempts } = delivery;
    this.agenda.at(delivery.nextAtMs, () => {
      const isOwed = this.keeper.books.deliveries.get(id) === delivery;
      if (isOwed && delivery.attempts === attempts) this.enqueue(delivery);
    });
  }

  /** Resolves when each of these deliveries was tried once, or after `capMs`. */
  async tried(ids: readonly string[], capMs: number): Promise<void> {
    const tries = ids.map((id) => new Promise<void>((resolve) => this.firstTries.set(id, resolve)));
    let timer: NodeJS.Timeout | undefined;
    const cap = new Promise<void>((resolve) => (timer = setTimeout(resolve, capMs)));
    await Promise.race([Promise.all(tries), cap]);
    clearTimeout(timer);
    for (const id of ids) this.firstTries.delete(id);
  }

  /** Breaks off what is under way; unrecorded attempts are made again after the next start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const resolve of this.firstTries.values()) resolve();
    await this.agent.destroy();
  }

  private enqueue(delivery: PendingDelivery): void {
    if (this.underWay.has(delivery.id)) return;
    this.underWay.add(delivery.id);
    this.held.get(delivery.orderNo)?.delete(delivery);
    this.ready.push(delivery);
    this.pump();
  }

  private pump(): void {
    while (this.underWay.size - this.ready.length < concurrentMax && !this.isStopped) {
      const next = this.ready.shift();
      if (!next) return;
      void this.attempt(next).finally(() => this.pump());
    }
  }

  private async attempt(delivery: PendingDelivery): Promise<void> {
    const status = await this.send(delivery);
    this.underWay.delete(delivery.id);
    if (this.isStopped) return;
    this.note(delivery, status);
    this.firstTries.get(delivery.id)?.();
    if (!delivery.overtakable) this.release(delivery.orderNo);
  }

  /** The status of the answer, or 0 when there was none. */
  private async send(delivery: PendingDelivery): Promise<number> {
    const { url, body, wire } = delivery;
    const headers = wire?.headers ?? this.headersOf(delivery);
    try {
      // Nothing is told to anybody before the disk knows it.
      await this.keeper.flushed();
      const answer = await request(url, {
        ...{ method: 'POST', headers, body, dispatcher: this.agent },
        ...{ headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs },
      });
      const { statusCode } = answer;
      if (wire?.takenBy === undefined) {
        await answer.body.dump();
        return statusCode;
      }
      const text = await startOf(answer.body);
      return statusCode < 200 || statusCode >= 300 || text === wire.takenBy ? statusCode : notTaken;
    } catch {
      return 0;
    }
  }

  private headersOf(delivery: PendingDelivery): Record<string, string> {
    const { body, eventId, signing, dialect } = delivery;
    const headers: Record<string, string> = { 'content-type': 'application/json', 'sandbox-event': eventId };
    const nowSeconds = Math.floor(this.clock.nowMs() / 1000);
    const own = dialect && this.dialects[dialect]?.headersOf?.(delivery, nowSeconds);
    if (own) return own;
    const at = signing === 'yesterday' ? nowSeconds - yesterdaySeconds : nowSeconds;
    const signature = sign(this.secret, at, [], Buffer.from(body));
    const isForged = ['forged', 'weak', 'probe'].includes(signing);
    if (signing !== 'absent') headers['sandbox-signature'] = isForged ? forge(signature) : signature;
    return headers;
  }

  private note(delivery: PendingDelivery, status: number): void {
    const { id, eventId, retried } = delivery;
    const nowMs = this.clock.nowMs();
    const attempts = delivery.attempts + 1;
    if (status >= 200 && status < 300) {
      this.keeper.record({ kind: 'callback.ended', id, outcome: 'delivered' });
      this.log.info({ eventId, attempts, status }, 'callback delivered');
      return;
    }
    const waitMs = retried ? retryDelayMs(attempts, nowMs - delivery.firstAtMs) : undefined;
    this.log.warn({ eventId, attempts, status, waitMs }, 'callback not taken');
    if (waitMs === undefined) {
      this.keeper.record({ kind: 'callback.ended', id, outcome: 'given-up' });
      return;
    }
    this.keeper.record({ kind: 'callback.missed', id, attempts, nextAtMs: nowMs + waitMs });
    this.plan(id);
  }

  /** A later event of the order has overtaken: those that waited for it may go. */
  private release(orderNo: string): void {
    const waiting = this.held.get(orderNo);
    this.held.delete(orderNo);
    for (const delivery of waiting ?? []) this.enqueue(delivery);
  }

  private heldOf(orderNo: string): Set<PendingDelivery> {
    const waiting = this.held.get(orderNo) ?? new Set<PendingDelivery>();
    this.held.set(orderNo, waiting);
    return waiting;
  }
}

/** The answer as text, cut where it is longer than any word that ends a delivery. */
async function startOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > answerCharactersMax) break;
  }
  return text;
}
