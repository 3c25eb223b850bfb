import type { Actor } from '@hehuo/identity';
import request from 'supertest';
import { CustodyDirectory } from '../../apps/api/src/campaign/custody-directory.js';
import { startApi, type TestApi } from './api.js';
import { custodyOf, dayMs, dayOf, inMs, LaunchWorld, minuteMs, type Village } from './launch-world.js';

export const deadline = inMs(25 * dayMs);
const startsAt = new Date(deadline.getTime() + 10 * dayMs);

/** Every part of a campaign with nothing missing, as the form sends it. */
export const PARTS = {
  story: {
    title: '楼道重新刷白',
    lead: '三十六户一起把楼道刷白',
    story: '楼道十年没有刷过。\n墙皮掉了。',
    beneficiaries: '三个单元三十六户',
    category: 'community_service',
  },
  place: { placeText: '1 至 3 单元楼道' },
  plan: { plan: '买料，周末一起刷。', risks: '下雨顺延一周。' },
  costs: { lines: [{ title: '漆', amount: '360000' }] },
  milestones: { steps: [{ title: '验收', dueOn: dayOf(startsAt), shareBps: 10_000 }] },
  goal: {
    asks: [
      {
        kind: 'labour',
        title: '刷墙',
        required: true,
        minimum: '480',
        wanted: '720',
        slots: [
          {
            startsAt: startsAt.toISOString(),
            endsAt: new Date(startsAt.getTime() + 120 * minuteMs).toISOString(),
            capacity: 6,
          },
        ],
      },
      { kind: 'money', title: '材料费', required: true, minimum: '360000', perPersonMax: '20000' },
    ],
  },
  rules: {
    legalType: 'mutual_aid',
    externalUrl: null,
    paymentMode: 'pay_on_success',
    failurePolicy: 'refund_all',
    surplusPolicy: 'refund_pro_rata',
    scopeChangePolicy: 'reconsent_or_refund',
    deadline: deadline.toISOString(),
    collectionHours: 72,
    extension: { daysMax: 3, reachedPercent: 50 },
  },
} as const;

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The api on a database with villages; anybody is signed in by being named. */
export class CampaignApi {
  private readonly people = new Map<string, Actor>();
  private readonly accounts = new Map<string, ReturnType<typeof custodyOf> & { ownerName: string }>();
  private api!: TestApi;
  world!: LaunchWorld;

  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const find = (id: string) => Promise.resolve(this.accounts.get(id) ?? null);
    this.api = await startApi({
      settings,
      sessions: { resolve: (token) => Promise.resolve(this.people.get(token) ?? null) },
      module: { providers: [{ provide: CustodyDirectory, useValue: { find } }] },
    });
    this.world = await LaunchWorld.start({ on: this.api.testDatabase });
  }

  async stop(): Promise<void> {
    await this.world.expectSound();
    await this.world.app.close();
    await this.api.stop();
  }

  get<T>(part: abstract new (...parts: never[]) => T): T {
    return this.api.app.get(part, { strict: false });
  }

  call(who: Actor | null, method: Method, path: string): request.Test {
    const sent = request(this.api.url)[method](`/v1${path}`).set('accept-language', 'en');
    if (!who) return sent;
    const token = `token-of-${who.personId}`;
    this.people.set(token, who);
    return sent.set('authorization', `Bearer ${token}`);
  }

  account(village: Village, ownerName: string): string {
    const account = { ...custodyOf(village), ownerName };
    this.accounts.set(account.id, account);
    return account.id;
  }

  async draft(village: Village): Promise<string> {
    const path = `/communities/${village.communityId}/campaigns`;
    const { body } = await this.call(village.people[0]!, 'post', path).send({}).expect(201);
    return String(body.id);
  }

  /** A draft with every part written over HTTP. */
  async written(village: Village): Promise<string> {
    const campaign = await this.draft(village);
    let version = 0;
    for (const [part, body] of Object.entries(PARTS)) {
      const saved = await this.call(village.people[0]!, 'put', `/campaigns/${campaign}/${part}`)
        .set('if-match', `"${version}"`)
        .send(body)
        .expect('etag', `"${version + 1}"`)
        .expect(200);
      version = saved.body.version;
    }
    return campaign;
  }
}
