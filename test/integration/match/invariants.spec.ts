import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MATCH_INVARIANTS } from '@hehuo/campaign';
import { checkInvariants } from '@hehuo/platform';
import { boundPool } from '../../support/match-pools.js';
import { openCampaign } from '../../support/open-campaign.js';
import { line } from '../../support/pledging.js';
import { World } from '../../support/world.js';

let world: World;
const ids: Record<string, string> = {};
beforeAll(async () => {
  world = await World.start();
  const campaign = await openCampaign(world.db.database, {
    ...{ asks: [{ kind: 'money' }], paymentMode: 'pay_on_success', people: 3 },
  });
  ids['pool'] = await boundPool((token) => world.get(token), campaign);
  ids['campaign'] = campaign.campaignId;
  ids['organiser'] = campaign.organiserId;
  const pledge = await world.pledge({ person: campaign.people[1]!, ...line(campaign), quantity: 100n });
  ids['pledge'] = pledge.id;
  ids['household'] = pledge.householdId;
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

/** `:name` stands for an id of the ground. */
const run = (text: string) => {
  const values: string[] = [];
  const bound = text.replace(/:(\w+)/g, (_whole, name: string) => {
    values.push(ids[name]!);
    return '?';
  });
  return world.db.database.change(bound, values);
};
const pool = (set: string) => `UPDATE match_pool SET ${set} WHERE id = :pool`;
const binding = (set: string) => `UPDATE match_campaign SET ${set} WHERE campaign_id = :campaign`;
const reservation = (set: string) => `UPDATE match_reservation SET ${set} WHERE pledge_id = :pledge`;

describe('a book of match funds that somebody broke', () => {
  it.each([
    ['match.pool-logged', pool("state = 'closed'"), pool("state = 'active'")],
    ['match.campaign-logged', binding("state = 'released'"), binding("state = 'bound'")],
    ['match.pool-sums', pool('reserved = reserved + 1'), pool('reserved = reserved - 1')],
    ['match.campaign-cap', binding('reserved = reserved + 1'), binding('reserved = reserved - 1')],
    ['match.person-cap', pool('cap_per_person = 99'), pool('cap_per_person = 100000')],
    [
      'match.pledge-stands',
      "UPDATE pledge SET state = 'withdrawn' WHERE id = :pledge",
      "UPDATE pledge SET state = 'promised' WHERE id = :pledge",
    ],
    [
      'match.nobody-kept-out',
      reservation('household_id = (SELECT household_id FROM membership WHERE person_id = :organiser)'),
      reservation('household_id = :household'),
    ],
    ['match.factor-first', pool('factor_bps = 20000'), pool('factor_bps = 10000')],
    [
      'match.decided-together',
      "UPDATE campaign SET state = 'succeeded' WHERE id = :campaign",
      "UPDATE campaign SET state = 'open' WHERE id = :campaign",
    ],
    [
      'match.intake-counts',
      'UPDATE intake SET match_pools = 0 WHERE campaign_id = :campaign',
      'UPDATE intake SET match_pools = 1 WHERE campaign_id = :campaign',
    ],
    ['match.booked', reservation("state = 'confirmed'"), reservation("state = 'reserved'")],
    [
      'match.returned-explained',
      reservation("state = 'confirmed', returned = 1"),
      reservation("state = 'reserved', returned = 0"),
    ],
    [
      'match.returned-booked',
      binding('confirmed = 100, returned = 1'),
      binding('confirmed = 0, returned = 0'),
    ],
    [
      'match.received-booked',
      binding("state = 'received', entered_by = 'one', confirmed_by = 'other'"),
      binding("state = 'bound', entered_by = NULL, confirmed_by = NULL"),
    ],
  ])('is found by %s', async (name, breaking, repairing) => {
    await run(breaking);
    const found = await checkInvariants(world.db.database, MATCH_INVARIANTS);
    await run(repairing);
    expect(found.map(({ invariant }) => invariant)).toContain(name);
  });

  it('has a control for every invariant', () => {
    expect(MATCH_INVARIANTS).toHaveLength(14);
  });
});
