import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Role } from '@hehuo/identity';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { OpenCharge, PlaceCharge, RequestRefund, type Charge } from '@hehuo/payment';
import { SystemClock } from '@hehuo/platform';
import sharp from 'sharp';
import request from 'supertest';
import { secret, TestBed } from '../../apps/sandbox/test/harness.js';
import { startApi, type TestApi } from './api.js';
import { twoPeople } from './custody.js';
import { openCampaign, type OpenCampaign } from './open-campaign.js';

const clock = new SystemClock();
export const now = (): Date => clock.now();
export const id = <P extends string>(prefix: P): Id<P> => newId(prefix, now().getTime());

export interface Who {
  readonly token: string;
  readonly personId: Id<'per'>;
}

/** The api with the sandbox beside it, a campaign that takes money by hand, and whoever a test wants to be. */
export class MoneyApi {
  readonly bed = new TestBed();
  readonly pledges: Id<'plg'>[] = [];
  api!: TestApi;
  campaign!: OpenCampaign;
  /** Who signs for its account. */
  signatories!: readonly [Id<'per'>, Id<'per'>];
  private folder = '';
  private readonly actors = new Map<string, Actor>();

  async start(): Promise<this> {
    await this.bed.start();
    this.folder = await mkdtemp(join(tmpdir(), 'money-api-'));
    this.api = await startApi({
      settings: { SANDBOX_URL: this.bed.url, SANDBOX_SECRET: secret, STORAGE_FOLDER: this.folder },
      sessions: { resolve: (token) => Promise.resolve(this.actors.get(token) ?? null) },
    });
    this.campaign = await openCampaign(this.api.testDatabase.database, {
      asks: [{ kind: 'money', minimum: 100n, perPersonMax: 1_000_000n }],
      ...{ paymentMode: 'offline', people: 4 },
    });
    this.signatories = await twoPeople(this.api.testDatabase.database);
    for (const personId of this.campaign.people.slice(0, 3)) await this.promise(personId);
    return this;
  }

  async stop(): Promise<void> {
    await this.api.stop();
    await this.bed.stop();
    await rm(this.folder, { recursive: true });
  }

  person(role: Role | null, over: Partial<Actor> = {}): Who {
    const personId = over.personId ?? id('per');
    const token = `token-of-${personId}-${this.actors.size}`;
    const roles = role === null ? [] : [{ role, communityId: this.campaign.communityId }];
    this.actors.set(token, {
      ...{ personId, sessionId: id('ses'), roles, partnerIds: [], secondFactorAt: now() },
      ...over,
    });
    return { token, personId };
  }

  as({ token }: Who, method: 'get' | 'post' | 'put', path: string): request.Test {
    return request(this.api.url)[method](`/v1${path}`).set('authorization', `Bearer ${token}`);
  }

  nobody(method: 'get' | 'post', path: string): request.Test {
    return request(this.api.url)[method](`/v1${path}`);
  }

  /** A photo that somebody took of a slip; its id. */
  async photo(who: Who): Promise<string> {
    const create = { width: 8, height: 8, channels: 3, background: '#fff' } as const;
    const bytes = await sharp({ create }).png().toBuffer();
    const { body } = await this.as(who, 'post', '/files?purpose=receipt').type('image/png').send(bytes);
    return body.id;
  }

  propose(who: Who, over: object = {}, communityId = this.campaign.communityId): request.Test {
    return this.as(who, 'post', `/communities/${communityId}/custody-accounts`).send({
      ...{ ownerName: '书院社区居民委员会', ownerKind: 'residents_committee' },
      signatories: this.signatories,
      ...over,
    });
  }

  proposeChannel(who: Who, accountId: string, over: object = {}): request.Test {
    const channel = { gateway: 'sandbox', merchantRef: 'committee-1', ...over };
    return this.as(who, 'post', `/custody-accounts/${accountId}/channels`).send(channel);
  }

  /** Proposed by staff, activated by an approver, with a channel, and the campaign's. */
  async activeAccount(): Promise<Id<'cus'>> {
    const [staff, approver] = [this.person('community_staff'), this.person('fund_approver')];
    const { body } = await this.propose(staff);
    await this.as(approver, 'post', `/custody-accounts/${body.id}/activate`).expect(204);
    const channel = await this.proposeChannel(staff, body.id);
    await this.as(approver, 'post', `/channels/${channel.body.id}/activate`).expect(204);
    await this.api.testDatabase.database.change('UPDATE campaign SET custody_account_id = ? WHERE id = ?', [
      ...[body.id, this.campaign.campaignId],
    ]);
    return body.id;
  }

  /** An order for one of the pledges, placed at the sandbox. */
  async charge(which: number): Promise<Charge> {
    const { campaignId, communityId, people } = this.campaign;
    const [pledgeId, payerId] = [this.pledges[which]!, people[which]!];
    const { charge } = await this.api.app.get(OpenCharge, { strict: false }).execute({
      ...{ pledgeId, campaignId, communityId, payerId, custodyAccountId: await this.activeAccount() },
      ...{ amount: 10_000n, description: '修长椅', operationId: id('opr'), newTry: true },
      payBy: new Date(now().getTime() + 3_600_000),
    });
    return this.api.app.get(PlaceCharge, { strict: false }).execute(charge.id);
  }

  /** Opens the refund of a paid charge, as a campaign that failed does. No worker runs here, so it stays due. */
  async giveBack({ id: chargeId, amount }: Charge): Promise<void> {
    const wish = { chargeId, amount, fact: `test:${chargeId}`, reason: 'campaign-failed' };
    const requestRefund = this.api.app.get(RequestRefund, { strict: false });
    await this.api.app.get(UnitOfWork, { strict: false }).run((tx) => requestRefund.execute(tx, wish));
  }

  private async promise(personId: Id<'per'>): Promise<void> {
    const { body } = await this.as(
      this.person(null, { personId }),
      'post',
      `/campaigns/${this.campaign.campaignId}/pledges`,
    )
      .set('idempotency-key', `pledge-${personId}`)
      .send({ askId: this.campaign.asks[0]!.id, quantity: '10000' });
    this.pledges.push(body.id);
  }
}
