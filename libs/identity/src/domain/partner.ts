import { defineMachine } from '@hehuo/kernel';

/** Group partners are bodies, independent ones natural persons (the city's guidance on community partners, 2023). */
export const PARTNER_KINDS = [
  'institution',
  'enterprise',
  'social_organisation',
  'professional',
  'artisan',
  'community_backbone',
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];
export type PartnerGroup = 'group' | 'independent';

/**
 * A filed group may act but is no legal person; only a registered one can be paid or sign (Sichuan's measures on
 * community organisations, 2023). A natural person acts under the own name.
 */
export const LEGAL_STATUSES = ['informal', 'filed', 'registered', 'natural_person'] as const;
export type LegalStatus = (typeof LEGAL_STATUSES)[number];

export const EVIDENCE_KINDS = [
  'registration_certificate',
  'filing_certificate',
  'community_letter',
  'identity_check',
  'professional_credential',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

interface PartnerRules {
  readonly group: PartnerGroup;
  readonly statuses: readonly LegalStatus[];
}

export const PARTNER_RULES: Readonly<Record<PartnerKind, PartnerRules>> = {
  institution: { group: 'group', statuses: ['registered'] },
  enterprise: { group: 'group', statuses: ['registered'] },
  social_organisation: { group: 'group', statuses: ['informal', 'filed', 'registered'] },
  professional: { group: 'independent', statuses: ['natural_person'] },
  artisan: { group: 'independent', statuses: ['natural_person'] },
  community_backbone: { group: 'independent', statuses: ['natural_person'] },
};

/** The evidence of the legal status that must be on file and valid before staff verify. */
export const EVIDENCE_NEEDED: Readonly<Record<LegalStatus, EvidenceKind>> = {
  informal: 'community_letter',
  filed: 'filing_certificate',
  registered: 'registration_certificate',
  natural_person: 'identity_check',
};

export type PartnerState = 'applied' | 'verified' | 'refused' | 'suspended' | 'withdrawn';
export type PartnerEvent = 'verify' | 'refuse' | 'apply_again' | 'suspend' | 'restore' | 'withdraw';

export const PARTNER_MACHINE = defineMachine<PartnerState, PartnerEvent>('partner', 'applied', {
  applied: { verify: 'verified', refuse: 'refused', withdraw: 'withdrawn' },
  verified: { suspend: 'suspended', withdraw: 'withdrawn' },
  refused: { apply_again: 'applied', withdraw: 'withdrawn' },
  suspended: { restore: 'verified', withdraw: 'withdrawn' },
  withdrawn: {},
});

/** An 18-character unified social credit code (GB 32100-2015), its check character included. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return false;
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  let weight = 1;
  let sum = 0;
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17);
}
