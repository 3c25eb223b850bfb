import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { PLEDGE_INVARIANTS, CampaignModule, PlacePledge, type Pledge } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { FoldLedger, LEDGER_INVARIANTS, LedgerModule, ReadStatement, type AccountCode } from '@hehuo/ledger';
import {
  CheckCharge,
  DueCharges,
  DueRefunds,
  PAYMENT_INVARIANTS,
  PlaceCharge,
  SendRefund,
  type Charge,
} from '@hehuo/payment';
import { checkInvariants, PlatformModule, type Database } from '@hehuo/platform';
import {
  ChargePledge,
  DueRuns,
  PassDeadline,
  ReadSettlement,
  RunSettlement,
  SETTLEMENT_INVARIANTS,
  SettlementModule,
  type SettlementView,
} from '@hehuo/settlement';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { pino } from 'pino';
import { startSandbox } from '../../../apps/sandbox/src/sandbox.js';
import { call, secret, type Reply } from '../../../apps/sandbox/test/harness.js';
import { openCampaign, type CampaignFixture, type OpenCampaign } from '../../support/open-campaign.js';
import { actorOf } from '../../support/world.js';
import { openCustody } from '../../support/custody.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const INDEX_KEY = Buffer.alloc(32, 8).toString('base64');

/** Everything from pledge to settled pledge on real services: MariaDB, and the sandbox gateway over HTTP. */
export class SettlementWorld {
  sandboxUrl = '';
  private keys = 0;
  private readonly stops: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly db: TestDatabase,
    readonly app: TestingModule,
  ) {}

  static async start(options: { readonly poolMax?: number } = {}): Promise<SettlementWorld> {
    const db = await createTestDatabase();
    const books = await mkdtemp(join(tmpdir(), 'settlement-spec-'));
    const sandbox = await startSandbox(
      {
        ...{ host: '127.0.0.1', port: 0, secret, booksFolder: books, callbackUrl: undefined },
        ...{ publicUrl: undefined, logLevel: 'silent' },
      },
      pino({ level: 'silent' }),
      (error) => {
        throw error;
      },
    );
    const app = await moduleOn(db.url, sandbox.url, options.poolMax ?? 20);
    const world = new SettlementWorld(db, app);
    world.sandboxUrl = sandbox.url;
    world.stops.push(
      () => app.close(),
      () => sandbox.stop(),
      () => rm(books, { recursive: true }),
      () => db.drop(),
    );
    return world;
  }

  get sql(): Database {
    return this.db.database;
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get(token as never, { strict: false }) as T;
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) await stop();
  }

  /** An open campaign whose custody account takes money. */
  async campaign(fixture: CampaignFixture): Promise<OpenCampaign> {
    const open = await openCampaign(this.sql, fixture);
    const { communityId } = open;
    const staff = actorOf('per_staff' as Id<'per'>, { roles: [{ role: 'community_staff', communityId }] });
    const approver = actorOf('per_approver' as Id<'per'>, {
      roles: [{ role: 'fund_approver', communityId: null }],
    });
    const accountId = await openCustody((token) => this.get(token), {
      ...{ communityId, staff, approver, merchantRef: 'committee-1' },
      signatories: [open.people[0]!, open.people[1]!],
    });
    await this.sql.change('UPDATE campaign SET custody_account_id = ? WHERE id = ?', [
      accountId,
      open.campaignId,
    ]);
    return { ...open, custodyAccountId: accountId };
  }

  pledge(
    open: OpenCampaign,
    who: number,
    ask: number,
    more: { quantity?: bigint; places?: number } = {},
  ): Promise<Pledge> {
    const { id: askId, kind, slots } = open.asks[ask]!;
    const counted = kind === 'goods' || kind === 'money';
    this.keys += 1;
    return this.get(PlacePledge).execute({
      actor: actorOf(open.people[who]!),
      ...{ campaignId: open.campaignId, askId, slotId: slots[0] ?? null, places: more.places ?? 1 },
      quantity: counted ? (more.quantity ?? 1n) : null,
      text: kind === 'planning' ? '种一排桂花' : null,
      ...{ anonymous: false, onBehalfOf: null },
      ...{ idempotencyKey: `key-${this.keys}`, requestHash: String(this.keys).padStart(64, '0') },
    });
  }

  /** The payer goes to the payment page and pays, and the platform hears of it. */
  async pay(pledge: Pledge): Promise<Charge> {
    const charge = await this.order(pledge);
    expect((await this.sandbox('POST', '/test/pay', { orderNo: charge.number })).status).toBe(200);
    await this.get(CheckCharge).execute(charge.id);
    return charge;
  }

  async order(pledge: Pledge, actor: Actor = actorOf(pledge.personId)): Promise<Charge> {
    this.keys += 1;
    const input = { actor, pledgeId: pledge.id, idempotencyKey: `pay-${this.keys}`, newTry: true };
    const { charge } = await this.get(ChargePledge).execute(input);
    return this.get(PlaceCharge).execute(charge.id);
  }

  sandbox(method: string, path: string, body?: unknown): Promise<Reply> {
    return call(this.sandboxUrl, method, path, body);
  }

  /** The deadline is now; the worker sees it. */
  async close(open: OpenCampaign): Promise<string> {
    await this.sql.change(
      "UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ? AND state = 'open'",
      [open.campaignId],
    );
    await this.get(PassDeadline).execute(open.campaignId);
    return this.state(open);
  }

  /** The collection window is over now; the worker sees it. */
  async endCollection(open: OpenCampaign): Promise<string> {
    await this.sql.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      open.campaignId,
    ]);
    await this.get(PassDeadline).endCollection(open.campaignId);
    return this.state(open);
  }

  async state(open: OpenCampaign): Promise<string> {
    const row = await this.sql.row<{ state: string }>('SELECT state FROM campaign WHERE id = ?', [
      open.campaignId,
    ]);
    return row!.state;
  }

  settle(open: OpenCampaign): Promise<void> {
    return this.get(RunSettlement).execute(open.campaignId);
  }

  /** Rounds of what the worker sweeps until a round finds nothing, gateway included. */
  async sweepDry(): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      // What waits for its next look is looked at now.
      await this.sql.change('UPDATE refund SET next_try_at = UTC_TIMESTAMP(3) WHERE next_try_at IS NOT NULL');
      const runs = await this.get(DueRuns).execute(100);
      for (const campaignId of runs) await this.get(RunSettlement).execute(campaignId);
      const charges = await this.get(DueCharges).execute(100);
      for (const chargeId of charges) await this.get(CheckCharge).execute(chargeId);
      const refunds = await this.get(DueRefunds).execute(500);
      for (const refundId of refunds) await this.get(SendRefund).execute(refundId);
      if (runs.length + charges.length + refunds.length === 0) return;
      await pause(20);
    }
    throw new Error('the work never ends');
  }

  view(open: OpenCampaign): Promise<SettlementView> {
    return this.get(ReadSettlement).execute(open.campaignId);
  }

  async pledgeStates(open: OpenCampaign): Promise<Record<string, number>> {
    const rows = await this.sql.rows<{ state: string; n: string }>(
      'SELECT state, COUNT(*) AS n FROM pledge WHERE campaign_id = ? GROUP BY state ORDER BY state',
      [open.campaignId],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  }

  async balance(code: AccountCode, owner: string): Promise<bigint> {
    while (await this.get(FoldLedger).execute());
    const view = await this.get(ReadStatement).account({ unit: 'fen', code, owner });
    return (view?.creditsPosted ?? 0n) - (view?.debitsPosted ?? 0n);
  }

  async expectSound(): Promise<void> {
    while (await this.get(FoldLedger).execute());
    const all = [...LEDGER_INVARIANTS, ...PLEDGE_INVARIANTS, ...PAYMENT_INVARIANTS, ...SETTLEMENT_INVARIANTS];
    expect(await checkInvariants(this.sql, all)).toEqual([]);
  }
}

/** The contexts of one worker process on a database that others use too. */
export async function moduleOn(url: string, sandboxUrl: string, poolMax: number): Promise<TestingModule> {
  const testing = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        database: { url, poolMax, entities: [] },
        ...{ fieldKey: KEY, blindIndexKey: INDEX_KEY },
      }),
      LedgerModule,
      CommunityModule,
      CampaignModule,
      SettlementModule.with({
        gateways: { sandbox: { url: sandboxUrl, secret, timeoutMs: 2_000 } },
        publicUrl: 'http://127.0.0.1:3000',
      }),
    ],
  }).compile();
  return testing.init();
}
