import { ActivateMatchPool, ProposeMatchPool, ReadMatchPools } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { Clock, type Id } from '@hehuo/kernel';
import { createHash } from 'node:crypto';
import type { Platform } from '../platform.js';

const donorName = '演示街道办事处';
const pageMax = 100;
const matchedDays = 90;
const dayMs = 86_400_000;

/** A small pool: one for one, at most 200 yuan a person, only if the residents' own part reaches 1,000 yuan. */
export async function seedMatchPool(
  platform: Platform,
  communityId: Id<'com'>,
  crew: { readonly staff: Actor; readonly approver: Actor },
): Promise<Id<'mpl'>> {
  const pools = await platform.get(ReadMatchPools).ofCommunity(communityId, null, pageMax);
  const known = pools.find((pool) => pool.donorName === donorName && pool.state !== 'closed');
  const poolId = known?.id ?? (await propose(platform, communityId, crew.staff));
  if (known?.state !== 'active') {
    await platform.get(ActivateMatchPool).execute({ actor: crew.approver, poolId });
  }
  return poolId;
}

async function propose(platform: Platform, communityId: Id<'com'>, actor: Actor): Promise<Id<'mpl'>> {
  const nowMs = platform.get(Clock).now().getTime();
  const { value } = await platform.get(ProposeMatchPool).execute({
    actor,
    draft: {
      ...{ donorName, donorKind: 'street', unit: 'fen', kinds: ['money'], factorBps: 10_000 },
      ...{ total: 200_000n, capPerCampaign: 100_000n, capPerPerson: 20_000n, conditionMinimum: 100_000n },
      ...{ startsAt: new Date(nowMs), endsAt: new Date(nowMs + matchedDays * dayMs) },
      communityIds: [communityId],
      donors: { households: [], persons: [], partners: [] },
    },
    idempotencyKey: `demo-pool-${communityId}`,
    requestHash: createHash('sha256').update(communityId).digest(),
  });
  return value.id;
}
