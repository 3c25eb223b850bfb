import { msg } from '@lingui/core/macro';

/** What a partner is: the first three are bodies, the others people. */
export const PARTNER_KINDS = {
  institution: msg`机构`,
  enterprise: msg`企业`,
  social_organisation: msg`社会组织`,
  professional: msg`专业人士`,
  artisan: msg`手艺人`,
  community_backbone: msg`社区骨干`,
} as const;
