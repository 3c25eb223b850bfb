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
export { CampaignError, type CampaignErrorCode, type Flaw, type FlawCode } from './domain/errors.js';
export { KINDS, takesSlots, UNIT_OF_KIND, type AskUnit, type Kind } from './domain/kind.js';
export { KIND_RULES, type AgeClass, type KindRules, type PledgeFlaw } from './domain/kinds/index.js';
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
export { AwaitingStore, type AskedPledge, type AwaitedPledge } from './store/awaiting.store.js';
export { DueCampaigns, type CollectingState } from './store/due.store.js';
export { PaidPledgeStore, type PaidPledge } from './store/paid-pledge.store.js';
export { IntakeBookStore } from './store/intake-book.store.js';
export { PLEDGE_INVARIANTS } from './store/pledge.invariants.js';
export { PLEDGE_ROWS } from './store/pledge.row.js';
export { PledgeRangeStore, type PledgeRange, type RangeStep } from './store/pledge-range.store.js';
export { PledgeStore, type PledgeToSettle } from './store/pledge.store.js';
export { SnapshotStore, type Snapshot, type SnapshotStage } from './store/snapshot.store.js';
export { AdmitPledges } from './use-cases/admit-pledges.js';
export { CloseCampaign } from './use-cases/close-campaign.js';
export { DecideCampaign, drainMinutes, type DecideResult } from './use-cases/decide-campaign.js';
export { EndCollection } from './use-cases/end-collection.js';
export { ExpireUnpaid } from './use-cases/expire-unpaid.js';
export { HandOverPledges, type HandOver } from './use-cases/hand-over-pledges.js';
export { ForecastCampaign, type Forecast } from './use-cases/forecast-campaign.js';
export { PlacePledge, type PlacePledgeInput } from './use-cases/place-pledge.js';
export { PledgeFunds, type PayableView } from './use-cases/pledge-funds.js';
export { ReadBooks } from './use-cases/read-books.js';
export { ReadPledges, type PublicPledge } from './use-cases/read-pledges.js';
export { WithdrawPledge } from './use-cases/withdraw-pledge.js';
export { MatchError, type MatchErrorCode } from './domain/match-errors.js';
export { matchAccount } from './domain/match-accounts.js';
export {
  dueOf,
  MATCH_BINDING_MACHINE,
  type MatchBinding,
  type MatchBindingState,
} from './domain/match-binding.js';
export { MATCH_CODES, matchOf, type MatchCode, type MatchLine } from './domain/match-of.js';
export {
  DONOR_KINDS,
  factorBpsMax,
  MATCH_POOL_MACHINE,
  MATCH_UNITS,
  MATCHED_KINDS,
  poolsPerCampaignMax,
  type ExcludedParties,
  type MatchPool,
  type MatchPoolDraft,
} from './domain/match-pool.js';
export {
  MATCH_RESERVATION_MACHINE,
  RELEASE_REASONS,
  type ReleaseReason,
} from './domain/match-reservation.js';
export { owedToDonor, RETURN_CAUSES } from './domain/match-return.js';
export { factorText, matchWords, returnWords } from './domain/match-words.js';
export { MatchBindingStore, type BoundRow, type WrittenOff } from './store/match-binding.store.js';
export { MATCH_INVARIANTS } from './store/match.invariants.js';
export { ActivateMatchPool } from './use-cases/match/activate-match-pool.js';
export { BindMatchPool } from './use-cases/match/bind-match-pool.js';
export { CloseMatchPool } from './use-cases/match/close-match-pool.js';
export { ConfirmMatchReceipt } from './use-cases/match/confirm-match-receipt.js';
export { EnterMatchReceipt } from './use-cases/match/enter-match-receipt.js';
export { ProposeMatchPool } from './use-cases/match/propose-match-pool.js';
export { ReadMatches, type ExplainedMatch } from './use-cases/match/read-matches.js';
export { ReadMatchPools } from './use-cases/match/read-match-pools.js';
export { ReturnMatches, type OwnBack } from './use-cases/match/return-matches.js';
export { WriteOffMatch } from './use-cases/match/write-off-match.js';
export { RefuseMatchReceipt } from './use-cases/match/refuse-match-receipt.js';
export { planAsks, attentionMinimum, type AskDraft, type PlannedAsk } from './domain/ask-plan.js';
export { BLOCKED, BLOCKED_CATEGORIES, CATEGORIES, type Category } from './domain/category.js';
export type { DraftPart, DraftPartName } from './domain/draft-part.js';
export { latestDeadline, SHORT_DEADLINES, type RehearsalTiming } from './domain/launch-plan.js';
export { LEGAL_RULES, mayAskMoney, mayHold, type HolderKind, type LegalRules } from './domain/legal-type.js';
export { localStamp, readInstant } from './domain/local-time.js';
export * as LIMITS from './domain/limits.js';
export type { Need, NeedState } from './domain/need.js';
export type { ObjectionState } from './domain/objection.js';
export {
  REVIEW_ITEMS,
  VERDICTS,
  type ReviewedItem,
  type ReviewItem,
  type Verdict as ReviewVerdict,
} from './domain/review.js';
export type { SlotDraft } from './domain/slot-plan.js';
export { TASK_KINDS, type Task, type TaskKind, type TaskState } from './domain/task.js';
export {
  extensionWords,
  FAILURE_WORDS,
  LEGAL_WORDS,
  PAYEE_WORDS,
  PAYMENT_WORDS,
  SCOPE_CHANGE_WORDS,
  SURPLUS_WORDS,
  type Words,
} from './domain/words.js';
export type { AskProgress, CampaignCard } from './store/campaign-list.store.js';
export { CampaignStore } from './store/campaign.store.js';
export { GoalStore } from './store/goal.store.js';
export { CAMPAIGN_INVARIANTS } from './store/invariants.js';
export { CAMPAIGN_ROWS } from './store/rows.js';
export { ApproveCampaign } from './use-cases/approve-campaign.js';
export { CancelCampaign } from './use-cases/cancel-campaign.js';
export { CloseNeed } from './use-cases/close-need.js';
export { CommunityTasks, RaiseTask } from './use-cases/community-tasks.js';
export { CreateDraft } from './use-cases/create-draft.js';
export { EchoNeed } from './use-cases/echo-need.js';
export { EditDraft } from './use-cases/edit-draft.js';
export { EditPhotos, type EditPhotosInput } from './use-cases/edit-photos.js';
export type { ShownPhoto } from './use-cases/campaign-photos.js';
export { takesPhotos, type Photo } from './domain/photo.js';
export { ExtendCampaign } from './use-cases/extend-campaign.js';
export { FindSimilar, similarTextCharactersMax, type Similar } from './use-cases/find-similar.js';
export { ObjectCampaign } from './use-cases/object-campaign.js';
export { DueNotices, OpenCampaign, type OpenResult } from './use-cases/open-campaign.js';
export { RaiseNeed } from './use-cases/raise-need.js';
export { ReadCampaign, type AskView, type CampaignPage } from './use-cases/read-campaign.js';
export { ReadCampaigns, type CampaignCardView, type CampaignListInput } from './use-cases/read-campaigns.js';
export { ReadHistory, type LogLine, type ObjectionView, type ReviewLine } from './use-cases/read-history.js';
export { ReadNeeds, type NeedView } from './use-cases/read-needs.js';
export { ReturnCampaign } from './use-cases/return-campaign.js';
export { ReviewCampaign } from './use-cases/review-campaign.js';
export { SetCustody, type CustodyFacts } from './use-cases/set-custody.js';
export { SubmitCampaign } from './use-cases/submit-campaign.js';
export { SuspendCampaign } from './use-cases/suspend-campaign.js';
export { TakeBackCampaign } from './use-cases/take-back-campaign.js';
