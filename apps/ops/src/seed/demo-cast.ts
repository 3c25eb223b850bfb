import type { Role } from '@hehuo/identity';

export interface CastMember {
  readonly phone: string;
  readonly name: string;
  readonly birthDate: string;
}

export interface StaffMember extends CastMember {
  readonly login: string;
  readonly role: Role;
  /** What the newcomer reads beside the sign-in. */
  readonly what: string;
  /** Whether the role counts for the whole platform or for the demo's communities. */
  readonly wide: boolean;
}

/** Number plans leave 154 out, so that nobody can be reached under a number of the demo. */
export const demoPhonePrefix = '1540000';

export function demoPhone(at: number): string {
  return `${demoPhonePrefix}${at.toString().padStart(4, '0')}`;
}

/** Two admins, because a role over money is proposed by one and confirmed by another. */
export const ADMINS: readonly StaffMember[] = [
  {
    login: 'demo.admin',
    role: 'platform_admin',
    wide: true,
    what: 'platform admin',
    phone: demoPhone(9001),
    name: '演示管理甲',
    birthDate: '1980-03-01',
  },
  {
    login: 'demo.admin2',
    role: 'platform_admin',
    wide: true,
    what: 'second platform admin',
    phone: demoPhone(9002),
    name: '演示管理乙',
    birthDate: '1981-03-01',
  },
];

export const STAFF: readonly StaffMember[] = [
  {
    login: 'demo.staff',
    role: 'community_staff',
    wide: false,
    what: 'community staff',
    phone: demoPhone(9003),
    name: '演示社工甲',
    birthDate: '1988-03-01',
  },
  {
    login: 'demo.staff2',
    role: 'community_staff',
    wide: false,
    what: 'community staff, a colleague',
    phone: demoPhone(9004),
    name: '演示社工乙',
    birthDate: '1989-03-01',
  },
  {
    login: 'demo.funds',
    role: 'fund_approver',
    wide: false,
    what: 'fund approver',
    phone: demoPhone(9005),
    name: '演示审批甲',
    birthDate: '1975-03-01',
  },
  {
    login: 'demo.funds2',
    role: 'fund_approver',
    wide: false,
    what: 'second fund approver',
    phone: demoPhone(9006),
    name: '演示审批乙',
    birthDate: '1976-03-01',
  },
  {
    login: 'demo.auditor',
    role: 'auditor',
    wide: false,
    what: 'auditor',
    phone: demoPhone(9007),
    name: '演示审计',
    birthDate: '1979-03-01',
  },
];

export const PARTNER_MEMBER: CastMember = {
  phone: demoPhone(9008),
  name: '演示伙伴',
  birthDate: '1990-03-01',
};

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'安宁乐康和顺欣悦'];

export const residentCount = 60;
/** The neighbour who starts the demo's campaigns. */
export const organiserAt = 1;
/** A neighbour who may enter things for others. */
export const trustedAt = 2;
export const teenAt = 59;

/** Invented people, one a household. The last but one is fifteen: some things are closed to the young. */
export function resident(at: number, thisYear: number): CastMember {
  const surname = SURNAMES[at % SURNAMES.length] ?? '王';
  const given = GIVEN[at % GIVEN.length] ?? '安';
  const year = at === teenAt ? thisYear - 15 : 1950 + (at % 45);
  return { phone: demoPhone(at), name: `${surname}${given}${given}`, birthDate: `${year}-06-15` };
}
