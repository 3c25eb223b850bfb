import { totpCode, type Actor } from '@hehuo/identity';
import { Clock } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import { table } from '../output/table.js';
import type { Platform } from '../platform.js';
import { ADMINS, demoPhone, organiserAt, PARTNER_MEMBER, STAFF, teenAt, trustedAt } from './demo-cast.js';
import { DEMO_GROUND, STORY_GROUND } from './demo-ground.js';
import { DemoSecrets } from './demo-secrets.js';
import { SeedCampaigns } from './seed-campaigns.js';
import { seedCustody } from './seed-custody.js';
import { seedMatchPool } from './seed-match-pool.js';
import { SeedGround } from './seed-ground.js';
import { SeedPeople, type Crew } from './seed-people.js';
import { SeedResidents } from './seed-residents.js';

/**
 * Puts the demonstration in, step by step through the use cases. Every step looks first whether its result is there, so
 * a second run changes nothing and a run that was cut goes on.
 */
export async function seedDemo(platform: Platform, tell: (text: string) => void): Promise<string> {
  const ground = new SeedGround(platform);
  tell('regions and communities');
  const [communityId, storyId] = await ground.communities([DEMO_GROUND, STORY_GROUND]);
  if (!communityId || !storyId) throw new Error('the demo has two communities');
  tell('staff, approvers, auditor and admins');
  const people = new SeedPeople(platform);
  const crew = await people.crew([communityId, storyId]);
  const staff = member(crew, 'demo.staff');
  const approvers = [member(crew, 'demo.funds'), member(crew, 'demo.funds2')] as const;
  tell('households, residents and a partner');
  await ground.households(STORY_GROUND, storyId, staff);
  const households = await ground.households(DEMO_GROUND, communityId, staff);
  const neighbours = new SeedResidents(platform, people);
  const residents = await neighbours.residents(communityId, households, staff);
  await neighbours.partner(staff);
  await seedCustody(platform, storyId, { staff, approvers });
  const custody = await seedCustody(platform, communityId, { staff, approvers });
  const poolId = await seedMatchPool(platform, communityId, { staff, approver: approvers[0] });
  const organiser = residents.get(organiserAt);
  if (!organiser) throw new Error('the demo has an organiser');
  const setting = { communityId, organiser, staff, residents, custody, poolId };
  await new SeedCampaigns(platform, setting, tell).run();
  return signIns(platform);
}

function member(crew: Crew, login: string): Actor {
  const actor = crew.get(login);
  if (!actor) throw new Error(`the demo has no ${login}`);
  return actor;
}

/** How to sign in as whom. The same at every run but for the authenticator codes, which last half a minute. */
function signIns(platform: Platform): string {
  const secrets = new DemoSecrets(platform.get(FieldCipher));
  const now = platform.get(Clock).now();
  const residents = [
    ['organiser of the campaigns', demoPhone(organiserAt)],
    ['trusted neighbour', demoPhone(trustedAt)],
    ['resident', demoPhone(3)],
    ['resident, fifteen years old', demoPhone(teenAt)],
    ['member of a partner', PARTNER_MEMBER.phone],
  ];
  const staff = [...STAFF, ...ADMINS].map(({ what, login }) => {
    const secret = secrets.totpSecret(login);
    return [what, login, secrets.password(login), secret, totpCode(secret, now)];
  });
  return [
    'Sign-ins of the demo. By phone; the code is in the log of the worker, and: npm run ops -- codes',
    table([{ title: 'who' }, { title: 'phone' }], residents),
    'With a password and an authenticator (its secret, and the code of this half minute):',
    table(
      [{ title: 'who' }, { title: 'login' }, { title: 'password' }, { title: 'secret' }, { title: 'code' }],
      staff,
    ),
  ].join('\n');
}
