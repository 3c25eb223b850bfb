import type { CustodyFacts } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { ActivateCustodyAccount, OFFLINE, ProposeCustodyAccount, ReadCustody } from '@hehuo/payment';
import type { Platform } from '../platform.js';

const pageMax = 100;

/** The account of the residents' committee that holds the money: at the sandbox where there is one, else by hand. */
export async function seedCustody(
  platform: Platform,
  communityId: Id<'com'>,
  crew: { readonly staff: Actor; readonly approvers: readonly [Actor, Actor] },
): Promise<CustodyFacts> {
  const gateway = platform.config.SANDBOX_URL ? 'sandbox' : OFFLINE;
  const known = (await platform.get(ReadCustody).page(communityId, null, pageMax)).find(
    (account) => account.gateway === gateway && account.state !== 'closed',
  );
  const [first, second] = crew.approvers;
  const accountId =
    known?.id ??
    (await platform.get(ProposeCustodyAccount).execute({
      actor: crew.staff,
      communityId,
      ownerName: '演示社区居民委员会',
      ownerKind: 'residents_committee',
      gateway,
      merchantRef: gateway === 'sandbox' ? 'demo-committee' : '',
      signatories: [first.personId, second.personId],
    }));
  if (known?.state !== 'active') {
    await platform.get(ActivateCustodyAccount).execute({ actor: first, accountId });
  }
  const online = gateway === 'sandbox';
  return { id: accountId, communityId, holderKind: 'residents_committee', active: true, online };
}
