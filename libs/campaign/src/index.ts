export { CampaignModule } from './campaign.module.js';
export {
  CAMPAIGN_MACHINE,
  EDITABLE_STATES,
  isEditable,
  isPublic,
  PRIVATE_STATES,
  type CampaignEvent,
  type CampaignState,
} from './domain/campaign.machine.js';
export {
  FAILURE_POLICIES,
  LEGAL_TYPES,
  PAYMENT_MODES,
  SCOPE_CHANGE_POLICIES,
  slotMinutes,
  SURPLUS_POLICIES,
  type Ask,
  type Campaign,
  type CostLine,
  type ExtensionRule,
  type FailurePolicy,
  type GoodsMode,
  type LegalType,
  type Milestone,
  type PaymentMode,
  type Policies,
  type ScopeChangePolicy,
  type Slot,
  type SurplusPolicy,
} from './domain/campaign.js';
export { CampaignError, type CampaignErrorCode, type Flaw } from './domain/errors.js';
export { KINDS, takesSlots, UNIT_OF_KIND, type AskUnit, type Kind } from './domain/kind.js';
