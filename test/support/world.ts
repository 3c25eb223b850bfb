import { createHash, randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  CampaignModule,
  MATCH_INVARIANTS,
  PLEDGE_INVARIANTS,
  PlacePledge,
  type Kind,
  type Pledge,
} from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { FoldLedger, LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import { checkInvariants, PlatformModule } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';

const KEY = Buffer.alloc(32, 7).toString('base64');
const INDEX_KEY = Buffer.alloc(32, 8).toString('base64');

export function actorOf(personId: Id<'per'>, over: Partial<Actor> = {}): Actor {
  return { personId, sessionId: 'ses_test', roles: [], partnerIds: [], secondFactorAt: null, ...over };
}

export interface PledgeInput {
  readonly person: Id<'per'>;
  readonly campaignId: Id<'cmp'>;
  readonly askId: Id<'ask'>;
  readonly kind: Kind;
  readonly quantity?: bigint;
  readonly slotId?: Id<'slt'>;
  readonly places?: number;
  readonly key?: string;
  readonly anonymous?: boolean;
}

/** Places a pledge as a neighbour would, with a key of its own unless the test gives one. */
export function pledgeThrough(
  get: (token: typeof PlacePledge) => PlacePledge,
  input: PledgeInput,
): Promise<Pledge> {
  const { person, campaignId, askId, kind, slotId, places, anonymous } = input;
  const usual = { goods: 1n, money: 100n } as Partial<Record<Kind, bigint>>;
  const quantity = input.quantity ?? usual[kind] ?? null;
  const body = { askId, slotId, places, quantity: quantity?.toString() };
  return get(PlacePledge).execute({
    actor: actorOf(person),
    campaignId,
    askId,
    slotId: slotId ?? null,
    places: places ?? 1,
    quantity,
    text: kind === 'planning' ? '种一排桂花' : null,
    anonymous: anonymous ?? false,
    onBehalfOf: null,
    idempotencyKey: input.key ?? randomBytes(12).toString('hex'),
    requestHash: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  });
}

/** The contexts of a pledge on a database of their own, without HTTP: what a use case sees in production. */
export class World {
  private constructor(
    readonly db: TestDatabase,
    readonly app: INestApplicationContext,
  ) {}

  /** `on` is the owner's URL of a server of the test's own. */
  static async start({ poolMax = 30, on }: { readonly poolMax?: number; readonly on?: string } = {}) {
    const db = await createTestDatabase([], on);
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule.with({
          database: { url: db.url, poolMax, entities: [] },
          fieldKey: KEY,
          blindIndexKey: INDEX_KEY,
        }),
        LedgerModule,
        CommunityModule,
        CampaignModule,
      ],
    }).compile();
    return new World(db, await testing.init());
  }

  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(token, { strict: false });
  }

  pledge(input: PledgeInput): Promise<Pledge> {
    return pledgeThrough((token) => this.get(token), input);
  }

  /** Folds the books and expects every invariant to hold. */
  async expectSound(): Promise<void> {
    while (await this.get(FoldLedger).execute());
    const all = [...LEDGER_INVARIANTS, ...PLEDGE_INVARIANTS, ...MATCH_INVARIANTS];
    expect(await checkInvariants(this.db.database, all)).toEqual([]);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.db.drop();
  }
}
