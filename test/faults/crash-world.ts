import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Charge } from '@hehuo/payment';
import { secret, type Reply } from '../../apps/sandbox/test/harness.js';
import { Inbox } from '../integration/payment/inbox.js';
import { PayoutWorld } from '../integration/payment/payout-world.js';
import { id, type WorldOptions } from '../integration/payment/world.js';
import { CrashProcess, Killed } from './crash-process.js';
import { STEPS, type AnswerOf, type Get, type InputOf, type StepName } from './crash-steps.js';

const callbackPatienceMs = 3_000;
const roundsAfter = 2;

/** Hands callbacks to the process that is alive, as a balancer does; one that dies over a callback has not taken it. */
class RelayInbox extends Inbox {
  process: CrashProcess | null = null;
  handled = 0;

  override start(take: Parameters<Inbox['start']>[0]): Promise<string> {
    return super.start(async (callback, gateway) => {
      try {
        if (!this.process?.alive) return await take(callback, gateway);
        await this.process.run('callback', { gateway, callback });
        return '';
      } finally {
        this.handled += 1;
      }
    });
  }
}

/**
 * A payment world in two processes: one that is killed on the way, and the test's own, which stands in for the process
 * that is started after it on the same database.
 */
export class CrashWorld extends PayoutWorld {
  override readonly inbox = new RelayInbox();
  override campaignId = id('cmp');
  private filesFolder = '';
  private doomed: CrashProcess | null = null;

  override async start(options: WorldOptions = {}): Promise<this> {
    this.filesFolder = await mkdtemp(join(tmpdir(), 'crash-files-'));
    return super.start(options);
  }

  override async stop(): Promise<void> {
    await this.doomed?.end();
    await super.stop();
    await rm(this.filesFolder, { recursive: true });
  }

  /**
   * Another campaign and another custodian. Their accounts in the ledger are opened by whoever books on them first, so
   * that each run sends the same messages as the one before.
   */
  async startAnew(): Promise<void> {
    this.campaignId = id('cmp');
    this.custodyAccountId = await this.custody(`committee-${this.campaignId}`);
  }

  /** The platform, freshly started beside the test. */
  async process(): Promise<CrashProcess> {
    if (!this.doomed?.runs) this.doomed = new CrashProcess();
    const { url } = this.database.source.options as unknown as { url: string };
    await this.doomed.start({
      ...{ url, sandboxUrl: this.sandboxUrl, callbackUrl: this.callbackUrl, secret },
      ...{ storageFolder: this.filesFolder, key: Buffer.alloc(32, 7).toString('base64') },
    });
    this.inbox.process = this.doomed;
    return this.doomed;
  }

  /** A step in the process of `doomed` while it lives; where it dies, once more, as its client does, in the next. */
  async step<N extends StepName>(doomed: CrashProcess, name: N, input: InputOf<N>): Promise<AnswerOf<N>> {
    if (doomed.alive) {
      try {
        return await doomed.run(name, input);
      } catch (error) {
        if (!(error instanceof Killed) || !doomed.wasKilled) throw error;
      }
    }
    const step = STEPS[name] as (get: Get, input: InputOf<N>) => Promise<AnswerOf<N>>;
    return step((token) => this.get(token), input);
  }

  /** Waits until the gateway has told something since `before`; not for long, since it may have nothing to tell. */
  async told(doomed: CrashProcess, before: number): Promise<void> {
    if (!doomed.alive) return;
    await this.eventually('a callback', () => this.inbox.handled > before, callbackPatienceMs);
  }

  /** Nothing more happens however long one waits; then both books are compared. */
  override async audit() {
    for (let round = 0; round < roundsAfter; round += 1) {
      await this.pass(30_000);
      await this.sweep();
    }
    return this.bothBooks();
  }

  /** The payer pays what the gateway shows under this number, if it shows it. */
  override pay(charge: Pick<Charge, 'number'>): Promise<Reply> {
    return this.sandbox('POST', '/test/pay', { orderNo: charge.number });
  }
}
