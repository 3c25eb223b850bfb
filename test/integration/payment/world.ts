import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { newId, type Id } from '@hehuo/kernel';
import { FoldLedger, LEDGER_INVARIANTS, ReadStatement, type AccountCode } from '@hehuo/ledger';
import {
  ApplyGatewayEvent,
  CheckCharge,
  DueCharges,
  DueGatewayEvents,
  DueRefunds,
  OpenCharge,
  PayablePledges,
  PAYMENT_INVARIANTS,
  PAYMENT_ROWS,
  PaymentModule,
  PlaceCharge,
  ReceiveCallback,
  SendRefund,
  type Charge,
  type Gateways,
  type GatewaySettings,
  type Officer,
  type OpenChargeInput,
  type PayablePledge,
} from '@hehuo/payment';
import { checkInvariants, PlatformModule, SystemClock, type Database } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import { call, secret, type Reply } from '../../../apps/sandbox/test/harness.js';
import { startSandbox } from '../../../apps/sandbox/src/sandbox.js';
import { letGatewayFinish } from './gateway-time.js';
import { Inbox } from './inbox.js';
import { TestPledges, TestPorts } from './ports.js';
import { openCustody } from '../../support/custody.js';

const clock = new SystemClock();
export const nowMs = (): number => clock.now().getTime();
export const id = <P extends string>(prefix: P): Id<P> => newId(prefix, nowMs());
const key = Buffer.alloc(32, 7).toString('base64');

export interface WorldOptions {
  readonly gateways?: Gateways;
  readonly timeoutMs?: number;
  /** Gateways besides the sandbox's own, which speak to the same process in their own words. */
  readonly settings?: (sandboxUrl: string) => GatewaySettings;
}

type Probe = () => boolean | Promise<boolean>;

export function officer(role: string, communityId: Id<'com'> | null = null): Officer {
  return { personId: id('per'), roles: [{ role, communityId }] };
}

/** Our lib on a real database, the real sandbox beside it, and callbacks between them over HTTP. */
export class World {
  readonly inbox = new Inbox();
  sandboxUrl = '';
  callbackUrl = '';
  booksFolder = '';
  readonly communityId = id('com');
  readonly campaignId = id('cmp');
  custodyAccountId!: Id<'cus'>;
  private readonly stops: (() => Promise<unknown>)[] = [];
  private owner!: TestDatabase;
  module!: TestingModule;

  get database(): Database {
    return this.owner.database;
  }

  get ownerUrl(): string {
    return this.owner.ownerUrl;
  }

  get<T>(token: abstract new (...values: never[]) => T): T {
    return this.module.get(token as never) as T;
  }

  async start(options: WorldOptions = {}): Promise<this> {
    this.owner = await createTestDatabase(PAYMENT_ROWS);
    const storageFolder = await mkdtemp(join(tmpdir(), 'payment-files-'));
    this.stops.push(() => rm(storageFolder, { recursive: true }));
    await this.makePledgeTable();
    this.callbackUrl = await this.inbox.start(async (callback, gateway) => {
      await this.get(ReceiveCallback).execute(gateway, callback);
      const { Gateways: token } = await import('@hehuo/payment');
      return this.get(token).get(gateway).acknowledgement;
    });
    this.stops.push(() => this.inbox.stop());
    if (!options.gateways) await this.startSandbox();
    const building = Test.createTestingModule({
      imports: [
        PlatformModule.with({
          database: { url: this.owner.url, poolMax: 20, entities: [] },
          ...{ fieldKey: key, blindIndexKey: key, storage: { folder: storageFolder } },
        }),
        PaymentModule.with({
          gateways: {
            sandbox: { url: this.sandboxUrl, secret, timeoutMs: options.timeoutMs ?? 1_000 },
            ...options.settings?.(this.sandboxUrl),
          },
          ...{ publicUrl: this.callbackUrl, ports: TestPorts },
        }),
      ],
    });
    const { Gateways: token } = await import('@hehuo/payment');
    if (options.gateways) building.overrideProvider(token).useValue(options.gateways);
    this.module = await building.compile();
    await this.module.init();
    this.custodyAccountId = await this.custody();
    return this;
  }

  async stop(): Promise<void> {
    await this.module.close();
    for (const stop of this.stops.reverse()) await stop();
    await this.owner.drop();
  }

  async custody(merchantRef = 'committee-1', communityId = this.communityId): Promise<Id<'cus'>> {
    return openCustody((token) => this.get(token), {
      ...{ communityId, staff: officer('community_staff', communityId), approver: officer('fund_approver') },
      ...{ merchantRef, signatories: [id('per'), id('per')], ownerName: '书院雅居居民委员会' },
    });
  }

  async pledge(amount = 10_000n): Promise<PayablePledge> {
    const { campaignId, communityId, custodyAccountId } = this;
    const pledge = {
      pledgeId: id('plg'),
      campaignId,
      communityId,
      payerId: id('per'),
      custodyAccountId,
      amount,
    };
    await this.database.change('INSERT INTO test_pledge (id) VALUES (?)', [pledge.pledgeId]);
    (this.get(PayablePledges) as TestPledges).known.set(pledge.pledgeId, pledge);
    return pledge;
  }

  wish(pledge: PayablePledge, over: Partial<OpenChargeInput> = {}): OpenChargeInput {
    const payBy = new Date(nowMs() + 3_600_000);
    return { ...pledge, description: '楼道粉刷', payBy, operationId: id('opr'), ...over };
  }

  /** Opens and places a charge, as a request does. */
  async charge(pledge: PayablePledge, over: Partial<OpenChargeInput> = {}): Promise<Charge> {
    const { charge } = await this.get(OpenCharge).execute(this.wish(pledge, over));
    return this.get(PlaceCharge).execute(charge.id);
  }

  sandbox(method: string, path: string, body?: unknown): Promise<Reply> {
    return call(this.sandboxUrl, method, path, body);
  }

  async faults(...rules: unknown[]): Promise<void> {
    const { status, text } = await this.sandbox('PUT', '/faults', rules);
    if (status !== 200) throw new Error(text);
  }

  pay(charge: Charge): Promise<Reply> {
    return this.sandbox('POST', '/test/pay', { orderNo: charge.number });
  }

  /** Lets `seconds` go by for everything that waits: leases, plans, the ages of what was sent. */
  async pass(seconds: number): Promise<void> {
    const back = (column: string): string => `${column} = ${column} - INTERVAL ${seconds} SECOND`;
    const columns = {
      charge: ['lease_until', 'next_check_at', 'sent_at', 'checked_at', 'created_at'],
      refund: ['lease_until', 'next_try_at', 'sent_at', 'called_at', 'waiting_since', 'created_at'],
      gateway_event: ['next_try_at', 'created_at'],
    };
    for (const [table, list] of Object.entries(columns)) {
      await this.database.change(`UPDATE ${table} SET ${list.map(back).join(', ')}`);
    }
  }

  /** The time to pay is over for this charge, as it is at the gateway. */
  async expire(charge: Charge): Promise<void> {
    await this.database.change(
      'UPDATE charge SET pay_by = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND, next_check_at = UTC_TIMESTAMP(3) WHERE id = ?',
      [charge.id],
    );
  }

  /** One round of everything that the worker sweeps. Returns how much there was. */
  async sweep(): Promise<number> {
    const events = await this.get(DueGatewayEvents).execute(500);
    for (const eventId of events) await this.get(ApplyGatewayEvent).execute(eventId);
    const charges = await this.get(DueCharges).execute(500);
    for (const chargeId of charges) await this.get(CheckCharge).execute(chargeId);
    const refunds = await this.get(DueRefunds).execute(500);
    for (const refundId of refunds) await this.get(SendRefund).execute(refundId);
    return events.length + charges.length + refunds.length;
  }

  /** Credits less debits of an account, folded entries included. */
  async balance(code: AccountCode, owner: string): Promise<bigint> {
    while (await this.get(FoldLedger).execute());
    const view = await this.get(ReadStatement).account({ unit: 'fen', code, owner });
    return (view?.creditsPosted ?? 0n) - (view?.debitsPosted ?? 0n);
  }

  async pledgeRow(pledge: PayablePledge): Promise<{ winner: string | null; returned: bigint }> {
    const row = await this.database.row<{ winner: string | null; returned: string }>(
      'SELECT winner, returned FROM test_pledge WHERE id = ?',
      [pledge.pledgeId],
    );
    return { winner: row?.winner ?? null, returned: BigInt(row?.returned ?? 0) };
  }

  async closePledge(pledge: PayablePledge): Promise<void> {
    await this.database.change('UPDATE test_pledge SET closed = 1 WHERE id = ?', [pledge.pledgeId]);
  }

  /** What the gateway's own books say the custodians have there, and what ours say: equal, or something was lost. */
  async bothBooks(): Promise<{ theirs: string; ours: string; inTransit: string }> {
    const { body } = await this.sandbox('GET', '/books/totals');
    const accounts = await this.database.rows<{ id: string }>('SELECT id FROM custody_account');
    let [ours, inTransit] = [0n, 0n];
    for (const { id: owner } of accounts) {
      ours -= await this.balance('gateway_clearing', owner);
      inTransit += await this.balance('refund_in_transit', owner);
    }
    return { theirs: String(body['balanceFen']), ours: String(ours), inTransit: String(inTransit) };
  }

  /** Time goes by until nothing that a machine can do is left, then both books are compared. */
  async audit(): Promise<{ theirs: string; ours: string; inTransit: string }> {
    await letGatewayFinish(this);
    for (let round = 0; round < 12; round += 1) {
      await this.pass(30_000);
      await this.sweep();
    }
    return this.bothBooks();
  }

  breaches() {
    return checkInvariants(this.database, [...PAYMENT_INVARIANTS, ...LEDGER_INVARIANTS]);
  }

  /** Polls until `probe` holds, sweeping in between; fails after `ms` with what was waited for. */
  until(what: string, probe: Probe, ms = 10_000): Promise<void> {
    return this.eventually(what, probe, ms, () => this.sweep());
  }

  /** Like {@link until}, without sweeping. */
  async eventually(
    what: string,
    probe: Probe,
    ms = 10_000,
    meanwhile?: () => Promise<unknown>,
  ): Promise<void> {
    const deadline = nowMs() + ms;
    while (!(await probe())) {
      if (nowMs() > deadline) throw new Error(`waited ${ms} ms in vain: ${what}`);
      await meanwhile?.();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async makePledgeTable(): Promise<void> {
    const connection = await createConnection(this.owner.ownerUrl);
    const app = new URL(this.owner.url);
    await connection.query(
      `CREATE TABLE test_pledge (id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, winner CHAR(30) NULL,
         closed TINYINT NOT NULL DEFAULT 0, returned BIGINT NOT NULL DEFAULT 0)`,
    );
    await connection.query(
      `CREATE TABLE test_budget (campaign_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         part VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, fen BIGINT NOT NULL, PRIMARY KEY (campaign_id, part))`,
    );
    for (const table of ['test_pledge', 'test_budget'])
      await connection.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO ?@?`, [app.username, '%']);
    await connection.end();
  }

  private async startSandbox(): Promise<void> {
    const booksFolder = (this.booksFolder = await mkdtemp(join(tmpdir(), 'payment-spec-')));
    const sandbox = await startSandbox(
      {
        ...{ host: '127.0.0.1', port: 0, secret, booksFolder, callbackUrl: undefined, publicUrl: undefined },
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
