import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { CAMPAIGN_INVARIANTS, DueCampaigns, type Pledge } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { CHART, FoldLedger, LEDGER_INVARIANTS, ReadStatement } from '@hehuo/ledger';
import {
  ApplyGatewayEvent,
  CheckCharge,
  DueCharges,
  DueGatewayEvents,
  DueRefunds,
  PAYMENT_INVARIANTS,
  PlaceCharge,
  ReceiveCallback,
  SendRefund,
  type Charge,
} from '@hehuo/payment';
import { checkInvariants, PlatformModule, SystemClock } from '@hehuo/platform';
import {
  ChargePledge,
  DueRuns,
  FreeUnpaid,
  PassDeadline,
  RunRefunds,
  RunSettlement,
  SETTLEMENT_INVARIANTS,
  SettlementModule,
} from '@hehuo/settlement';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { pino } from 'pino';
import { startSandbox } from '../../apps/sandbox/src/sandbox.js';
import { call, secret } from '../../apps/sandbox/test/harness.js';
import { Inbox } from '../integration/payment/inbox.js';
import { officer } from '../integration/payment/world.js';
import {
  moveDeadlineOf,
  openCampaign,
  type CampaignFixture,
  type OpenCampaign,
} from '../support/open-campaign.js';
import { actorOf, pledgeThrough, type PledgeInput } from '../support/world.js';
import { openCustody, twoPeople } from '../support/custody.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const INDEX_KEY = Buffer.alloc(32, 8).toString('base64');
const patienceMs = 15_000;
const clock = new SystemClock();

/** Every context on a real database with the real sandbox gateway beside it; the worker's rounds are made by hand. */
export class StoryWorld {
  private readonly inbox = new Inbox();
  private readonly stops: (() => Promise<unknown>)[] = [];
  private db!: TestDatabase;
  private module!: TestingModule;
  private sandboxUrl = '';

  static async start(): Promise<StoryWorld> {
    const world = new StoryWorld();
    world.db = await createTestDatabase();
    const publicUrl = await world.inbox.start((callback) =>
      world.get(ReceiveCallback).execute('sandbox', callback),
    );
    await world.startSandbox();
    world.module = await Test.createTestingModule({
      imports: [
        PlatformModule.with({
          database: { url: world.db.url, poolMax: 20, entities: [] },
          fieldKey: KEY,
          blindIndexKey: INDEX_KEY,
        }),
        CommunityModule,
        SettlementModule.with({
          gateways: { sandbox: { url: world.sandboxUrl, secret, timeoutMs: 2_000 } },
          publicUrl,
        }),
      ],
    }).compile();
    await world.module.init();
    return world;
  }

  get<T>(token: abstract new (...values: never[]) => T): T {
    return this.module.get(token as never, { strict: false }) as T;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...{
        NODE_ENV: 'test',
        MYSQL_URL: this.db.url,
        MYSQL_OWNER_URL: this.db.ownerUrl,
        MYSQL_POOL_MAX: '4',
        REDIS_URL: 'redis://127.0.0.1:1/0',
      },
      ...{ FIELD_KEY: KEY, BLIND_INDEX_KEY: INDEX_KEY, SANDBOX_URL: this.sandboxUrl, SANDBOX_SECRET: secret },
    };
  }

  get sql() {
    return this.db.database;
  }

  /** An open campaign whose money a residents' committee keeps. */
  async campaign(fixture: CampaignFixture): Promise<OpenCampaign> {
    const campaign = await openCampaign(this.sql, fixture);
    const { communityId } = campaign;
    const accountId = await openCustody((token) => this.get(token), {
      ...{ communityId, staff: officer('community_staff', communityId), approver: officer('fund_approver') },
      merchantRef: `committee-${communityId.slice(4, 12)}${randomBytes(3).toString('hex')}`,
      signatories: await twoPeople(this.sql),
    });
    await this.sql.change('UPDATE campaign SET custody_account_id = ? WHERE id = ?', [
      accountId,
      campaign.campaignId,
    ]);
    return { ...campaign, custodyAccountId: accountId };
  }

  pledge(input: PledgeInput): Promise<Pledge> {
    return pledgeThrough((token) => this.get(token), input);
  }

  /** Asks for the payment page and pays there. */
  async pay(pledge: Pledge): Promise<Charge> {
    const charge = await this.order(pledge);
    const answer = await call(this.sandboxUrl, 'POST', '/test/pay', { orderNo: charge.number });
    expect(answer.status).toBe(200);
    return charge;
  }

  async order(pledge: Pledge): Promise<Charge> {
    const { charge } = await this.get(ChargePledge).execute({
      actor: actorOf(pledge.personId),
      pledgeId: pledge.id,
      idempotencyKey: randomBytes(8).toString('hex'),
      newTry: false,
    });
    return this.get(PlaceCharge).execute(charge.id);
  }

  payOrder(charge: Charge): Promise<{ status: number }> {
    return call(this.sandboxUrl, 'POST', '/test/pay', { orderNo: charge.number });
  }

  faults(...rules: unknown[]): Promise<{ status: number }> {
    return call(this.sandboxUrl, 'PUT', '/faults', rules);
  }

  async passDeadline({ campaignId }: OpenCampaign): Promise<void> {
    await moveDeadlineOf(this.sql, campaignId, 0);
    await this.work();
  }

  /** Everybody who has not paid yet had until `minutesAgo` for it; the pages of their payments end with that. */
  async timeToPayIsOver({ campaignId }: OpenCampaign, minutesAgo = 0): Promise<void> {
    const over = `UTC_TIMESTAMP(3) - INTERVAL ${minutesAgo} MINUTE`;
    await this.sql.change(
      `UPDATE pledge p LEFT JOIN charge c ON c.pledge_id = p.id SET p.pay_by = ${over}, c.pay_by = ${over}
       WHERE p.campaign_id = '${campaignId}' AND p.state = 'awaiting_payment'`,
    );
  }

  async endCollection({ campaignId }: OpenCampaign): Promise<void> {
    await this.sql.change(
      `UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3), decided_at = decided_at - INTERVAL 1 HOUR,
              closed_at = closed_at - INTERVAL 1 HOUR WHERE id = ?`,
      [campaignId],
    );
    await this.work();
  }

  /** One round of what the worker sweeps. */
  async work(): Promise<void> {
    const due = this.get(DueCampaigns);
    const deadline = this.get(PassDeadline);
    for (const id of await this.get(DueGatewayEvents).execute(100))
      await this.get(ApplyGatewayEvent).execute(id);
    for (const id of await this.get(DueCharges).execute(100)) await this.get(CheckCharge).execute(id);
    for (const id of [...(await due.toClose(100)), ...(await due.toDecide(100))]) await deadline.execute(id);
    for (const id of await due.toEndCollection(100)) await deadline.endCollection(id);
    for (const id of await due.withUnpaid(100)) await this.get(FreeUnpaid).execute(id);
    for (const id of await this.get(DueRuns).execute(100)) await this.get(RunSettlement).execute(id);
    for (const id of await this.get(RunRefunds).due(100)) await this.get(RunRefunds).execute(id);
    for (const id of await this.get(DueRefunds).execute(100)) await this.get(SendRefund).execute(id);
    while (await this.get(FoldLedger).execute());
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const giveUpAt = clock.now().getTime() + patienceMs;
    while (!(await holds())) {
      if (clock.now().getTime() > giveUpAt) throw new Error(`waited in vain: ${what}`);
      await this.work();
      await this.sql.change(
        'UPDATE charge SET next_check_at = UTC_TIMESTAMP(3) WHERE next_check_at IS NOT NULL',
      );
      await this.sql.change('UPDATE refund SET next_try_at = UTC_TIMESTAMP(3) WHERE next_try_at IS NOT NULL');
      await pause(20);
    }
  }

  async states({ campaignId }: OpenCampaign): Promise<string[]> {
    const rows = await this.sql.rows<{ state: string }>(
      'SELECT state FROM pledge WHERE campaign_id = ? ORDER BY id',
      [campaignId],
    );
    return rows.map(({ state }) => state);
  }

  async outcome({ campaignId }: OpenCampaign): Promise<string> {
    const row = await this.sql.row<{ state: string; run: string | null }>(
      'SELECT c.state, r.state AS run FROM campaign c LEFT JOIN settlement_run r ON r.campaign_id = c.id WHERE c.id = ?',
      [campaignId],
    );
    return `${row?.state} ${row?.run ?? '-'}`;
  }

  settled(campaign: OpenCampaign): Promise<void> {
    return this.until('the settlement is done', async () => (await this.outcome(campaign)).endsWith(' done'));
  }

  held(campaign: OpenCampaign, count: number): Promise<void> {
    return this.until(
      `${count} pledges are held`,
      async () => (await this.states(campaign)).filter((s) => s === 'held').length === count,
    );
  }

  /** The books of a campaign as a table: account, what came in, what went out, what is pending, what is left. */
  async books({ campaignId, custodyAccountId, asks }: OpenCampaign): Promise<string[]> {
    while (await this.get(FoldLedger).execute());
    const names = new Map<string, string>([
      [campaignId, 'campaign'],
      [custodyAccountId, 'custodian'],
      ...asks.map((ask, i): [string, string] => [ask.id, `ask ${i} ${ask.kind}`]),
    ]);
    const accounts = await this.get(ReadStatement).accountsOf([...names.keys()]);
    const order = Object.keys(CHART);
    return accounts
      .map((a) => ({ ...a, name: names.get(a.owner) ?? a.owner }))
      .sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || a.name.localeCompare(b.name))
      .map(
        (a) =>
          `${a.code} {${a.name}} ${a.unit}: in ${a.creditsPosted} out ${a.debitsPosted} pending ${a.creditsPending} left ${a.creditsPosted - a.debitsPosted}`,
      );
  }

  async expectSound(): Promise<void> {
    const all = [
      ...LEDGER_INVARIANTS,
      ...CAMPAIGN_INVARIANTS,
      ...PAYMENT_INVARIANTS,
      ...SETTLEMENT_INVARIANTS,
    ];
    expect(await checkInvariants(this.sql, all)).toEqual([]);
    const { body } = await call(this.sandboxUrl, 'GET', '/books/totals');
    const truth = body as { paidFen: string; refundedFen: string };
    const ours = await this.sql.row<{ paid: string; back: string }>(
      `SELECT COALESCE(SUM(debits_posted), 0) AS paid, COALESCE(SUM(credits_posted), 0) AS back
       FROM ledger_account WHERE code = 'gateway_clearing'`,
    );
    expect(ours).toEqual({ paid: truth.paidFen, back: truth.refundedFen });
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.inbox.stop();
    for (const stop of this.stops.reverse()) await stop();
    await this.db.drop();
  }

  private async startSandbox(): Promise<void> {
    const booksFolder = await mkdtemp(join(tmpdir(), 'story-'));
    const sandbox = await startSandbox(
      {
        host: '127.0.0.1',
        port: 0,
        secret,
        booksFolder,
        callbackUrl: undefined,
        publicUrl: undefined,
        logLevel: 'silent',
      },
      pino({ level: 'silent' }),
      (error) => {
        throw error;
      },
    );
    this.sandboxUrl = sandbox.url;
    this.stops.push(
      () => rm(booksFolder, { recursive: true }),
      () => sandbox.stop(),
    );
  }
}
