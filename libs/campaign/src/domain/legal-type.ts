import type { FailurePolicy, LegalType, SurplusPolicy } from './campaign.js';

/** What a legal type allows. The table of domain.md §2.3; `basis` names the article it stands on. */
export interface LegalRules {
  readonly basis: string;
  /** Who may pay on this platform. Nobody: there is no money, or it is paid elsewhere. */
  readonly payers: 'verified_members' | 'nobody_here';
  /** Who may receive: kinds of body, shown with the campaign. The platform is never one of them. */
  readonly payees: readonly Payee[];
  readonly failure: readonly [FailurePolicy, ...FailurePolicy[]];
  readonly surplus: readonly [SurplusPolicy, ...SurplusPolicy[]];
  readonly externalUrl: 'required' | 'forbidden';
}

export type Payee =
  | 'residents_committee'
  | 'community_fund_of_a_foundation'
  | 'providing_partner'
  | 'custodian_by_trust'
  | 'owners_account'
  | 'foundation'
  | 'charity'
  | 'nobody';

/**
 * A type that leaves the failure to an agreement is held to `refund_all` here: the platform settles by rule, and an
 * agreement that it cannot read would leave pledges without an end.
 */
export const LEGAL_RULES: Readonly<Record<LegalType, LegalRules>> = {
  mutual_aid: {
    basis: '慈善法 §122; 城市居民委员会组织法 §16',
    payers: 'verified_members',
    payees: ['residents_committee', 'community_fund_of_a_foundation'],
    failure: ['refund_all'],
    surplus: ['refund_pro_rata', 'community_fund'],
    externalUrl: 'forbidden',
  },
  service_preorder: {
    basis: 'contract and consumer law',
    payers: 'verified_members',
    payees: ['providing_partner', 'custodian_by_trust'],
    failure: ['refund_all'],
    surplus: ['price_falls', 'refund_pro_rata'],
    externalUrl: 'forbidden',
  },
  owners_fund: {
    basis: '民法典 §§278, 281, 282',
    payers: 'verified_members',
    payees: ['owners_account'],
    failure: ['refund_all'],
    surplus: ['owners_decide'],
    externalUrl: 'forbidden',
  },
  targeted_fund: {
    basis: '慈善法 §§29-30',
    payers: 'verified_members',
    payees: ['foundation'],
    failure: ['refund_all'],
    surplus: ['similar_purpose'],
    externalUrl: 'forbidden',
  },
  public_charity: {
    basis: '慈善法 §§22-27',
    payers: 'nobody_here',
    payees: ['charity'],
    failure: ['charity_plan'],
    surplus: ['similar_purpose'],
    externalUrl: 'required',
  },
  in_kind_only: {
    basis: '志愿服务条例 §42',
    payers: 'nobody_here',
    payees: ['nobody'],
    failure: ['release_all'],
    surplus: ['none'],
    externalUrl: 'forbidden',
  },
};

export function mayAskMoney(type: LegalType): boolean {
  return LEGAL_RULES[type].payers !== 'nobody_here';
}

/** The kinds of body that own custody accounts; the lib of payments keeps the accounts themselves. */
export type HolderKind = 'residents_committee' | 'foundation' | 'partner' | 'owners';

const HOLDERS: Readonly<Record<Payee, readonly HolderKind[]>> = {
  residents_committee: ['residents_committee'],
  community_fund_of_a_foundation: ['foundation'],
  providing_partner: ['partner'],
  custodian_by_trust: ['partner', 'foundation'],
  owners_account: ['owners'],
  foundation: ['foundation'],
  charity: [],
  nobody: [],
};

/** Whether a body of this kind may hold the money of a campaign of this type. */
export function mayHold(type: LegalType, holder: HolderKind): boolean {
  return LEGAL_RULES[type].payees.some((payee) => HOLDERS[payee].includes(holder));
}
