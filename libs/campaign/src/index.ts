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
export { KIND_RULES, type AgeClass, type KindRules } from './domain/kinds/index.js';
export {
  decideAfterCollection,
  decideAtDeadline,
  type AskTally,
  type AskVerdict,
  type Verdict,
} from './domain/decision.js';
export { PledgeError, type PledgeErrorCode } from './domain/pledge-errors.js';
export type { Pledge } from './domain/pledge.js';
export {
  ACTIVE_PLEDGE_STATES,
  isActive,
  PLEDGE_MACHINE,
  PLEDGE_STATES,
  type PledgeEvent,
  type PledgeState,
} from './domain/pledge.machine.js';
export { promiseAccounts } from './domain/promise-accounts.js';
export { DueCampaigns } from './store/due.store.js';
export { IntakeBookStore } from './store/intake-book.store.js';
export { PLEDGE_INVARIANTS } from './store/pledge.invariants.js';
export { PLEDGE_ROWS } from './store/pledge.row.js';
export { PledgeStore, type PledgeToSettle } from './store/pledge.store.js';
export { SnapshotStore, type Snapshot, type SnapshotStage } from './store/snapshot.store.js';
export { AdmitPledges } from './use-cases/admit-pledges.js';
export { CloseCampaign } from './use-cases/close-campaign.js';
export { DecideCampaign, drainMinutes, type DecideResult } from './use-cases/decide-campaign.js';
export { EndCollection } from './use-cases/end-collection.js';
export { ForecastCampaign, type Forecast } from './use-cases/forecast-campaign.js';
export { PlacePledge, type PlacePledgeInput } from './use-cases/place-pledge.js';
export { PledgeFunds } from './use-cases/pledge-funds.js';
export { ReadPledges, type PublicPledge } from './use-cases/read-pledges.js';
export { WithdrawPledge } from './use-cases/withdraw-pledge.js';
