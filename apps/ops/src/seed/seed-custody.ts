import type { CustodyFacts } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import {
  ActivateChannel,
  ActivateCustodyAccount,
  ProposeChannel,
  ProposeCustodyAccount,
  ReadCustody,
} from '@hehuo/payment';
import type { Platform } from '../platform.js';

const pageMax = 100;
const payNowDaysOfTheSandbox = 365;

interface Crew {
  readonly staff: Actor;
  readonly approvers: readonly [Actor, Actor];
}

/** The account of the residents' committee that holds the money, with a channel at the sandbox where there is one. */
export async function seedCustody(
  platform: Platform,
  communityId: Id<'com'>,
  crew: Crew,
): Promise<CustodyFacts> {
  const online = Boolean(platform.config.SANDBOX_URL);
  const known = (await platform.get(ReadCustody).page(communityId, null, pageMax)).find(
    ({ account }) => account.state !== 'closed',
  );
  const [first, second] = crew.approvers;
  const accountId =
    known?.account.id ??
    (await platform.get(ProposeCustodyAccount).execute({
      actor: crew.staff,
      communityId,
      ownerName: '演示社区居民委员会',
      ownerKind: 'residents_committee',
      signatories: [first.personId, second.personId],
    }));
  if (known?.account.state !== 'active') {
    await platform.get(ActivateCustodyAccount).execute({ actor: first, accountId });
  }
  if (online && !known?.ways.length) await openChannel(platform, accountId, crew);
  const payNowDaysMax = online ? payNowDaysOfTheSandbox : null;
  return {
    ...{ id: accountId, communityId, holderKind: 'residents_committee', active: true },
    ...{ online, payNowDaysMax },
  };
}

async function openChannel(platform: Platform, custodyAccountId: Id<'cus'>, crew: Crew): Promise<void> {
  const channelId = await platform.get(ProposeChannel).execute({
    ...{ actor: crew.staff, custodyAccountId, gateway: 'sandbox', merchantRef: 'demo-committee' },
  });
  await platform.get(ActivateChannel).execute({ actor: crew.approvers[0], channelId });
}
