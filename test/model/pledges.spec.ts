import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CloseCampaign,
  DecideCampaign,
  EndCollection,
  PledgeFunds,
  WithdrawPledge,
  type Pledge,
} from '@hehuo/campaign';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { Database, SystemClock } from '@hehuo/platform';
import fc from 'fast-check';
import { openCampaign } from '../support/open-campaign.js';
import { actorOf, World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const CAP = 1_000n;
const PER_PERSON = 400n;
const MINIMUM = 500n;
/** One yuan, or what is left to the cap. */
const LEAST = 100n;

type Step =
  | { readonly does: 'pledge'; readonly who: number; readonly quantity: bigint }
  | { readonly does: 'withdraw' | 'pay' | 'repeat'; readonly which: number }
  | { readonly does: 'deadline' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('pledge' as const),
      who: fc.nat(3),
      quantity: fc.bigInt({ min: 60n, max: 450n }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom('withdraw' as const, 'pay' as const, 'repeat' as const),
      which: fc.nat(7),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'deadline' as const }) },
);

interface Known {
  readonly pledge: Pledge;
  readonly key: string;
  state: 'promised' | 'withdrawn' | 'asked' | 'held' | 'dropped';
}

/** What the platform should hold, kept by the rules in their plainest form. */
class Model {
  readonly pledges: Known[] = [];
  stage: 'open' | 'collecting' | 'succeeded' | 'failed' = 'open';

  promised(who?: string): bigint {
    return this.sum(
      (one) => one.state !== 'withdrawn' && one.state !== 'dropped' && (!who || one.pledge.personId === who),
    );
  }

  held(): bigint {
    return this.sum(({ state }) => state === 'held');
  }

  takes(who: string, quantity: bigint): boolean {
    return (
      this.stage === 'open' &&
      (quantity >= LEAST || quantity === CAP - this.promised()) &&
      this.promised() + quantity <= CAP &&
      this.promised(who) + quantity <= PER_PERSON
    );
  }

  passDeadline(): void {
    if (this.stage !== 'open') return;
    const reached = this.promised() >= MINIMUM;
    // Where everything is paid already there is nothing left to collect.
    const paid = this.held() === this.promised();
    this.stage = !reached ? 'failed' : paid ? 'succeeded' : 'collecting';
    if (this.stage === 'collecting')
      for (const one of this.pledges) if (one.state === 'promised') one.state = 'asked';
  }

  private sum(counts: (one: Known) => boolean): bigint {
    return this.pledges.filter(counts).reduce((total, { pledge }) => total + pledge.quantity, 0n);
  }
}

async function play(sequence: readonly Step[]): Promise<void> {
  const database = world.get(Database);
  const campaign = await openCampaign(database, {
    asks: [{ kind: 'money', minimum: MINIMUM, cap: CAP, perPersonMax: PER_PERSON }],
    paymentMode: 'pay_on_success',
    people: 4,
  });
  const { campaignId } = campaign;
  const askId = campaign.asks[0]!.id;
  const model = new Model();
  const pledge = (person: Id<'per'>, quantity: bigint, key: string) =>
    world.pledge({ person, campaignId, askId, kind: 'money', quantity, key });
  for (const [at, step] of sequence.entries()) {
    if (step.does === 'deadline') {
      await database.change(
        'UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ? AND state = ?',
        [campaignId, 'open'],
      );
      await world.get(CloseCampaign).execute(campaignId);
      await world.get(DecideCampaign).execute(campaignId);
      model.passDeadline();
    } else if (step.does === 'pledge') {
      const person = campaign.people[step.who]!;
      const key = `model-key-${at}`;
      const answer = await pledge(person, step.quantity, key).catch((error: { code: string }) => error.code);
      expect(typeof answer === 'object').toBe(model.takes(person, step.quantity));
      if (typeof answer === 'object') model.pledges.push({ pledge: answer, key, state: 'promised' });
    } else {
      const known = model.pledges[step.which];
      if (known) await act(step.does, known, model, pledge);
    }
  }
  const row = await database.row<{ reserved: string; held: string }>(
    'SELECT reserved, held FROM ask_intake WHERE ask_id = ?',
    [askId],
  );
  expect(row).toEqual({ reserved: `${model.promised()}`, held: `${model.held()}` });
  if (model.stage === 'collecting') await endCollection(campaignId, model);
}

async function act(
  does: 'withdraw' | 'pay' | 'repeat',
  known: Known,
  model: Model,
  pledge: (person: Id<'per'>, quantity: bigint, key: string) => Promise<Pledge>,
): Promise<void> {
  const { personId, quantity, id } = known.pledge;
  if (does === 'repeat') {
    expect((await pledge(personId, quantity, known.key)).id).toBe(id);
  } else if (does === 'withdraw') {
    const answer = await world
      .get(WithdrawPledge)
      .execute({ actor: actorOf(personId), pledgeId: id })
      .catch(() => null);
    const may = known.state === 'withdrawn' || (known.state === 'promised' && model.stage === 'open');
    expect(answer?.state === 'withdrawn').toBe(may);
    if (may) known.state = 'withdrawn';
  } else {
    const paidAt = new SystemClock().now();
    const chargeId: Id<'chg'> = `chg_${id.slice(4)}`;
    const took = await world
      .get(UnitOfWork)
      .run((tx) => world.get(PledgeFunds).hold(tx, { pledgeId: id, chargeId, paidAt }));
    const may =
      known.state === 'held' ||
      (known.state === 'asked' && model.stage === 'collecting') ||
      (known.state === 'promised' && model.stage === 'open');
    expect(took).toBe(may);
    if (may) known.state = 'held';
  }
}

async function endCollection(campaignId: Id<'cmp'>, model: Model): Promise<void> {
  await world
    .get(Database)
    .change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [campaignId]);
  const outcome = await world.get(EndCollection).execute(campaignId);
  for (const one of model.pledges) if (one.state === 'asked') one.state = 'dropped';
  expect(outcome).toBe(model.held() >= MINIMUM ? 'succeeded' : 'failed');
}

describe('any sequence of pledging, withdrawing, paying and closing', () => {
  it('leaves the platform as a model in memory has it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(steps, { maxLength: 24 }), play), { numRuns: 40 });
  });
});
