import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WithdrawPledge, type MatchPoolDraft, type Pledge } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import fc from 'fast-check';
import { LaunchWorld } from '../support/launch-world.js';
import { activePool, bind, boundPool, linesOf, poolSums } from '../support/match-pools.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { actorOf, pledgeThrough, World } from '../support/world.js';

/** Three sets of use cases on one database, each with its own connections and batches, as three processes have them. */
let world: World;
const others: LaunchWorld[] = [];
beforeAll(async () => {
  world = await World.start({ poolMax: 12 });
  for (let at = 0; at < 2; at += 1) others.push(await LaunchWorld.start({ on: world.db, poolMax: 12 }));
});
afterAll(async () => {
  for (const other of others) await other.app.close();
  await world.stop();
});
afterEach(() => world.expectSound());

type Get = <T>(token: abstract new (...parts: never[]) => T) => T;
const get: Get = (token) => world.get(token);
const through = (lane: number): Get => {
  const other = lane === 0 ? world : others[lane - 1]!;
  return (token) => other.get(token);
};

const PEOPLE = 6;
/** Every run makes three campaigns and two pools; on a busy machine that takes a while. */
const manySeconds = 120;
const TERMS: readonly Partial<MatchPoolDraft>[] = [
  { factorBps: 30_000, total: 4_000n, capPerCampaign: 2_500n, capPerPerson: 900n },
  { factorBps: 5_000, total: 700n, capPerCampaign: 400n, capPerPerson: 150n, conditionMinimum: 50n },
];

interface Promised {
  readonly campaign: number;
  readonly who: number;
  readonly quantity: bigint;
  readonly lane: number;
}

const promised: fc.Arbitrary<Promised> = fc.record({
  ...{ campaign: fc.nat(2), who: fc.integer({ min: 1, max: PEOPLE - 1 }), lane: fc.nat(2) },
  quantity: fc.bigInt({ min: 100n, max: 400n }),
});

interface Ground {
  readonly campaigns: readonly OpenCampaign[];
  readonly pools: readonly Id<'mpl'>[];
}

/** Three campaigns of three communities and two pools that match all of them. */
async function ground(): Promise<Ground> {
  const campaigns: OpenCampaign[] = [];
  for (let at = 0; at < 3; at += 1) {
    campaigns.push(
      await openCampaign(world.db.database, {
        ...{ asks: [{ kind: 'money' }], paymentMode: 'pay_on_success', people: PEOPLE },
      }),
    );
  }
  const communities = campaigns.map(({ communityId }) => communityId);
  const pools: Id<'mpl'>[] = [];
  for (const terms of TERMS) pools.push(await activePool(get, communities, terms));
  // Bound in both orders: the locks are taken in the order of the ids all the same.
  for (const [at, { campaignId }] of campaigns.entries()) {
    for (const poolId of at === 1 ? [...pools].reverse() : pools) await bind(get, campaignId, poolId);
  }
  return { campaigns, pools };
}

function promise({ campaigns }: Ground, { campaign, who, quantity, lane }: Promised): Promise<Pledge> {
  const open = campaigns[campaign]!;
  return pledgeThrough(through(lane), { person: open.people[who]!, ...line(open), quantity });
}

function takeBack(pledge: Pledge, lane: number): Promise<Pledge> {
  return through(lane)(WithdrawPledge).execute({ actor: actorOf(pledge.personId), pledgeId: pledge.id });
}

const least = (...all: readonly bigint[]): bigint => all.reduce((min, one) => (one < min ? one : min));

/** What a pool must hold after pledges that came in any order, on top of what each person held before. */
function expected(terms: Partial<MatchPoolDraft>, before: Sums, pledges: readonly Promised[]): Sums {
  const after: Sums = new Map(before);
  for (const { campaign, who, quantity } of pledges) {
    const key = `${campaign}|${who}`;
    const full = (quantity * BigInt(terms.factorBps!)) / 10_000n;
    after.set(key, least(terms.capPerPerson!, (after.get(key) ?? 0n) + full));
  }
  return after;
}

type Sums = Map<string, bigint>;
const campaignSum = (sums: Sums, campaign: number): bigint =>
  [...sums].filter(([key]) => key.startsWith(`${campaign}|`)).reduce((sum, [, one]) => sum + one, 0n);

/** The sequential model: caps of a campaign and of the pool over what each person has, whatever came first. */
function total(terms: Partial<MatchPoolDraft>, sums: Sums): bigint {
  const campaigns = [0, 1, 2].map((at) => least(terms.capPerCampaign!, campaignSum(sums, at)));
  return least(
    terms.total!,
    campaigns.reduce((sum, one) => sum + one, 0n),
  );
}

describe('pools that three campaigns share', () => {
  it(
    'hold what a model that goes one by one says, after any pledges at once',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(promised, { minLength: 5, maxLength: 40 }), async (pledges) => {
          const play = await ground();
          await Promise.all(pledges.map((one) => promise(play, one)));
          for (const [at, terms] of TERMS.entries()) {
            const { reserved } = await poolSums(world.db.database, play.pools[at]!);
            expect(reserved).toBe(`${total(terms, expected(terms, new Map(), pledges))}`);
          }
          await world.expectSound();
        }),
        { numRuns: 5, endOnFailure: true },
      );
    },
    manySeconds * 1000,
  );

  it(
    'keep every sum while pledges and withdrawals run into each other, and are empty when all is taken back',
    async () => {
      const mixed = fc.record({
        first: fc.array(promised, { minLength: 4, maxLength: 20 }),
        then: fc.array(promised, { maxLength: 20 }),
      });
      await fc.assert(
        fc.asyncProperty(mixed, async ({ first, then }) => {
          const play = await ground();
          const early = await Promise.all(first.map((one) => promise(play, one)));
          const half = early.filter((_pledge, at) => at % 2 === 0);
          const late = await Promise.all([
            ...then.map((one) => promise(play, one)),
            ...half.flatMap((pledge, at) => [takeBack(pledge, at % 3), takeBack(pledge, (at + 1) % 3)]),
          ]);
          await world.expectSound();
          await Promise.all(
            [...early, ...late.slice(0, then.length)].map((pledge, at) => takeBack(pledge, at % 3)),
          );
          for (const poolId of play.pools) {
            expect(await poolSums(world.db.database, poolId)).toMatchObject({ reserved: '0' });
          }
          await world.expectSound();
        }),
        { numRuns: 4, endOnFailure: true },
      );
    },
    manySeconds * 1000,
  );

  it('give the last yuan to exactly as many of fifty callers as there are yuan', async () => {
    const campaign = await openCampaign(world.db.database, {
      ...{ asks: [{ kind: 'money' }], paymentMode: 'pay_on_success', people: 51 },
    });
    const poolId = await boundPool(get, campaign, { total: 700n, capPerCampaign: 700n, capPerPerson: 700n });
    const racers = campaign.people.slice(1);
    await Promise.all(
      racers.map((person, at) => pledgeThrough(through(at % 3), { person, ...line(campaign) })),
    );
    const lines = await linesOf(world.db.database, campaign.campaignId);
    expect(lines.filter((text) => text === '100 full reserved')).toHaveLength(7);
    expect(lines.filter((text) => text === '0 pool_empty unmatched')).toHaveLength(43);
    expect(await poolSums(world.db.database, poolId)).toEqual({ reserved: '700', released: '0', spent: '0' });
  });
});
