import type { INestApplicationContext } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ChangeMe, type Actor } from '@hehuo/identity';
import {
  chengdu,
  ImportRegions,
  IssueDoorCodes,
  JoinCommunity,
  ReadCommunity,
  ReadGround,
  type Household,
  type ImportKind,
  type Joined,
} from '@hehuo/community';
import { signInByPhone, withRoles } from './people.js';

export interface SettledCommunity {
  readonly communityId: Id<'com'>;
  /** 36 of them, nobody lives there yet. */
  readonly homes: readonly Household[];
  /** Staff of this community, for use cases that are called directly. */
  readonly staff: Actor;
  /** A home that nobody else of this test file was given. */
  nextHome(): Household;
}

export interface Neighbour extends Joined {
  readonly actor: Actor;
  readonly home: Household;
}

/** The demonstration's tree and households, as the import reads them. */
export async function settleCommunity(app: INestApplicationContext): Promise<SettledCommunity> {
  let communityId: Id<'com'> | null = null;
  const load = (kind: ImportKind, source: string) =>
    app
      .get(ImportRegions, { strict: false })
      .execute({ actor: null, kind, communityId, source, dryRun: false });
  await load('regions', chengdu.CHENGDU_REGIONS_CSV);
  await load('communities', chengdu.CHENGDU_COMMUNITIES_CSV);
  const filter = { name: chengdu.DEMO_COMMUNITY, streetId: null, after: '', limit: 1 };
  const [community] = await app.get(ReadCommunity, { strict: false }).search(filter);
  if (!community) throw new Error('the demonstration community was not imported');
  communityId = community.id;
  await load('estates', chengdu.DEMO_ESTATES_CSV);
  await load('grids', chengdu.DEMO_GRIDS_CSV);
  await load('households', chengdu.demoHouseholdsCsv());
  const { actor } = await signInByPhone(app);
  const staff = withRoles(actor, { role: 'community_staff', communityId: community.id });
  const all = { actor: staff, communityId: community.id, estateId: null, after: '', limit: 100 };
  const homes = await app.get(ReadGround, { strict: false }).householdsOf(all);
  let taken = 0;
  const nextHome = (): Household => {
    const home = homes[taken];
    taken += 1;
    if (!home) throw new Error('every home is taken');
    return home;
  };
  return { communityId: community.id, homes, staff, nextHome };
}

/** Somebody with a name and a birth date, who lives nowhere yet. */
export async function newcomer(app: INestApplicationContext, birthDate = '1980-01-01'): Promise<Actor> {
  const { actor } = await signInByPhone(app);
  await app.get(ChangeMe, { strict: false }).execute({ actor, changes: { name: '陈大文', birthDate } });
  return actor;
}

/** The code of a notice at the door of `home`. */
export async function doorCodeOf(
  app: INestApplicationContext,
  { communityId, staff }: SettledCommunity,
  home: Household,
  limits: { uses?: number; days?: number } = {},
): Promise<string> {
  const { uses = 4, days = 7 } = limits;
  const input = { actor: staff, communityId, householdIds: [home.id], uses, days };
  const [printed] = await app.get(IssueDoorCodes, { strict: false }).execute(input);
  if (!printed) throw new Error('no door code was made');
  return printed.code;
}

/** Moves somebody in by a door code: an adult is a verified member afterwards, a minor has asked. */
export async function moveIn(
  app: INestApplicationContext,
  community: SettledCommunity,
  options: { home?: Household; birthDate?: string } = {},
): Promise<Neighbour> {
  const home = options.home ?? community.nextHome();
  const actor = await newcomer(app, options.birthDate);
  const code = await doorCodeOf(app, community, home);
  const { communityId } = community;
  return {
    actor,
    home,
    ...(await app.get(JoinCommunity, { strict: false }).byDoorCode({ actor, communityId, code })),
  };
}
