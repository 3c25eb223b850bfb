import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { CommunityModule } from '@hehuo/community';
import type { Id } from '@hehuo/kernel';
import { LEDGER_INVARIANTS } from '@hehuo/ledger';
import { PAYMENT_INVARIANTS } from '@hehuo/payment';
import { checkInvariants, PlatformModule } from '@hehuo/platform';
import { SettlementModule } from '@hehuo/settlement';
import {
  createTestDatabase,
  freePort,
  startRedis,
  type PassingRedis,
  type TestDatabase,
} from '@hehuo/testing';
import { call, secret } from '../../apps/sandbox/test/harness.js';
import { officer } from '../integration/payment/world.js';
import {
  BLIND_INDEX_KEY,
  FIELD_KEY,
  startBuilt,
  startWorker,
  type BuiltProcess,
} from '../support/built-process.js';
import { openCustody, twoPeople } from '../support/custody.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { signedIn } from '../support/signed-in.js';

export const amount = 10_000n;

/** A payment that its payer has asked for, with the page to pay on. */
export interface Payable {
  readonly chargeId: string;
  readonly pledgeId: string;
  readonly number: string;
  readonly token: string;
  readonly url: string;
}

interface View {
  readonly id: string;
  readonly status: string;
  readonly pay: { readonly url: string } | null;
}

/** Sandbox, api and worker as three real processes on services of their own; a payer speaks to them over HTTP alone. */
export class PayWorld {
  sandboxUrl = '';
  publicUrl = '';
  private db!: TestDatabase;
  private redis!: PassingRedis;
  private module!: TestingModule;
  private books = '';
  private readonly processes: BuiltProcess[] = [];
  private readonly tokens = new Map<string, string>();

  async start(): Promise<this> {
    [this.db, this.redis] = await Promise.all([createTestDatabase(), startRedis()]);
    this.books = await mkdtemp(join(tmpdir(), 'pay-world-'));
    const sandbox = await startBuilt('sandbox', {
      ...{ SANDBOX_PORT: '0', SANDBOX_SECRET: secret, SANDBOX_BOOKS: this.books },
    });
    this.processes.push(sandbox);
    this.sandboxUrl = sandbox.url;
    const port = await freePort();
    this.publicUrl = `http://127.0.0.1:${port}`;
    const settings = {
      ...{ MYSQL_URL: this.db.url, REDIS_URL: this.redis.url, REDIS_PREFIX: 'browser' },
      ...{ FIELD_KEY, BLIND_INDEX_KEY, PUBLIC_URL: this.publicUrl },
      ...{ SANDBOX_URL: this.sandboxUrl, SANDBOX_SECRET: secret },
    };
    const own = await Promise.all([
      startBuilt('api', { ...settings, PORT: String(port) }),
      startWorker(settings),
      this.compile(),
    ]);
    this.processes.push(own[0], own[1]);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.signal('SIGTERM')));
    await this.module?.close();
    await this.redis?.kill();
    await this.db?.drop();
    await rm(this.books, { recursive: true, force: true });
  }

  /** A campaign that takes money at once, with as many neighbours as will pay. */
  async campaign(people: number, deadlineSeconds: number): Promise<OpenCampaign> {
    const campaign = await openCampaign(this.db.database, {
      asks: [{ kind: 'money', minimum: amount }],
      ...{ paymentMode: 'pay_now', people, deadlineSeconds },
    });
    const { communityId } = campaign;
    const accountId = await openCustody((token) => this.module.get(token as never, { strict: false }), {
      ...{ communityId, staff: officer('community_staff', communityId), approver: officer('fund_approver') },
      merchantRef: `committee-${randomBytes(4).toString('hex')}`,
      signatories: await twoPeople(this.db.database),
    });
    await this.db.database.change('UPDATE campaign SET custody_account_id = ? WHERE id = ?', [
      ...[accountId, campaign.campaignId],
    ]);
    for (const [person, token] of await signedIn(this.db.database, campaign.people))
      this.tokens.set(person, token);
    return campaign;
  }

  /** Promises money and asks for the page to pay it on. */
  async promise(campaign: OpenCampaign, person: Id<'per'>): Promise<Payable> {
    const token = this.tokens.get(person) ?? '';
    const { campaignId } = campaign;
    const pledge = await this.ask<{ id: string }>(token, 'POST', `/campaigns/${campaignId}/pledges`, {
      ...{ askId: campaign.asks[0]!.id, quantity: amount.toString() },
    });
    const charge = await this.ask<View>(token, 'POST', `/pledges/${pledge.id}/charges`, {});
    if (!charge.pay) throw new Error(`no page to pay on: ${JSON.stringify(charge)}`);
    const { url } = charge.pay;
    const number = new URL(url).pathname.split('/').at(-1)!;
    return { chargeId: charge.id, pledgeId: pledge.id, number, token, url };
  }

  /** The one plain status that a payer sees, and nothing is asked for its sake. */
  async status({ token, chargeId }: Payable): Promise<string> {
    return (await this.ask<View>(token, 'GET', `/charges/${chargeId}`)).status;
  }

  async pledgeState({ pledgeId }: Payable): Promise<string | undefined> {
    const row = await this.db.database.row<{ state: string }>('SELECT state FROM pledge WHERE id = ?', [
      pledgeId,
    ]);
    return row?.state;
  }

  /** Fen that came for this order, by the gateway's own books. */
  async paidFen({ number }: Payable): Promise<string | undefined> {
    const { body } = await call(this.sandboxUrl, 'GET', '/books?limit=1000');
    const orders = body['orders'] as readonly { readonly orderNo: string; readonly paidFen: string }[];
    return orders.find(({ orderNo }) => orderNo === number)?.paidFen;
  }

  /** Fen that all custodians have at the gateway, by its books and by ours. */
  async bothBooks(): Promise<{ theirs: string; ours: string }> {
    const { body } = await call(this.sandboxUrl, 'GET', '/books/totals');
    const row = await this.db.database.row<{ fen: string | null }>(
      `SELECT SUM(IF(d.code = 'gateway_clearing', t.amount, 0)) - SUM(IF(c.code = 'gateway_clearing', t.amount, 0)) AS fen
       FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id`,
    );
    return { theirs: String(body['balanceFen']), ours: String(row?.fen ?? 0) };
  }

  breaches() {
    return checkInvariants(this.db.database, [...PAYMENT_INVARIANTS, ...LEDGER_INVARIANTS]);
  }

  private async compile(): Promise<void> {
    this.module = await Test.createTestingModule({
      imports: [
        PlatformModule.with({
          database: { url: this.db.url, poolMax: 4, entities: [] },
          ...{ fieldKey: FIELD_KEY, blindIndexKey: BLIND_INDEX_KEY },
        }),
        CommunityModule,
        SettlementModule.with({
          gateways: { sandbox: { url: this.sandboxUrl, secret, timeoutMs: 2_000 } },
          publicUrl: this.publicUrl,
        }),
      ],
    }).compile();
    await this.module.init();
  }

  private async ask<T>(token: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.publicUrl}/v1${path}`, {
      method,
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        'idempotency-key': randomBytes(12).toString('hex'),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
