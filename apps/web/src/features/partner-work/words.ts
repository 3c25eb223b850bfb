import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Schemas } from '../../api/client';

export type Partner = Schemas['PartnerItem'];
export type Kind = Partner['kind'];
export type LegalStatus = Partner['legalStatus'];
export type EvidenceKind = Schemas['EvidenceItem']['kind'];

export const STATUSES: Readonly<Record<LegalStatus, MessageDescriptor>> = {
  informal: msg`还没登记，也没备案`,
  filed: msg`在社区备案`,
  registered: msg`登记过的单位`,
  natural_person: msg`个人`,
};

export const EVIDENCE: Readonly<Record<EvidenceKind, MessageDescriptor>> = {
  registration_certificate: msg`登记证书`,
  filing_certificate: msg`备案回执`,
  community_letter: msg`社区证明`,
  identity_check: msg`身份核对`,
  professional_credential: msg`专业证书`,
};

/** Which legal statuses a kind may have, as the api takes them: the first three kinds are bodies, the others people. */
export const STATUSES_OF: Readonly<Record<Kind, readonly LegalStatus[]>> = {
  institution: ['registered'],
  enterprise: ['registered'],
  social_organisation: ['informal', 'filed', 'registered'],
  professional: ['natural_person'],
  artisan: ['natural_person'],
  community_backbone: ['natural_person'],
};

/** What has to be on file, and valid, before staff verify. */
export const EVIDENCE_NEEDED: Readonly<Record<LegalStatus, EvidenceKind>> = {
  informal: 'community_letter',
  filed: 'filing_certificate',
  registered: 'registration_certificate',
  natural_person: 'identity_check',
};
