import { newId, type Id } from '@hehuo/kernel';
import { SystemClock, type Database } from '@hehuo/platform';
import {
  ActivateChannel,
  ActivateCustodyAccount,
  ProposeChannel,
  ProposeCustodyAccount,
  type GatewayName,
  type Officer,
  type OwnerKind,
} from '@hehuo/payment';

export interface CustodyFixture {
  readonly communityId: Id<'com'>;
  readonly staff: Officer;
  readonly approver: Officer;
  readonly signatories: readonly [Id<'per'>, Id<'per'>];
  readonly merchantRef: string;
  /** Of gateways whose merchants have no keys. */
  readonly gateway?: GatewayName;
  readonly ownerName?: string;
  readonly ownerKind?: OwnerKind;
}

/** Two people with an open account, who may sign for money. */
export async function twoPeople(database: Database): Promise<readonly [Id<'per'>, Id<'per'>]> {
  const nowMs = new SystemClock().now().getTime();
  const people = [newId('per', nowMs), newId('per', nowMs)] as const;
  await database.change("INSERT INTO person (id, state) VALUES (?, 'active'), (?, 'active')", [...people]);
  return people;
}

type Get = <T>(token: abstract new (...values: never[]) => T) => T;

/** An active account with one active channel, made by two persons as in life. */
export async function openCustody(get: Get, fixture: CustodyFixture): Promise<Id<'cus'>> {
  const { communityId, staff: actor, approver, signatories, merchantRef, gateway = 'sandbox' } = fixture;
  const { ownerName = '居民委员会', ownerKind = 'residents_committee' } = fixture;
  const accountId = await get(ProposeCustodyAccount).execute({
    ...{ actor, communityId, ownerName, ownerKind, signatories },
  });
  const channelId = await get(ProposeChannel).execute({
    ...{ actor, custodyAccountId: accountId, gateway, merchantRef },
  });
  await get(ActivateCustodyAccount).execute({ actor: approver, accountId });
  await get(ActivateChannel).execute({ actor: approver, channelId });
  return accountId;
}
