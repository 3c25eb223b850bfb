import { Module } from '@nestjs/common';
import { CommunityModule } from '@hehuo/community';
import { IdentityModule, PersonalDataSources } from '@hehuo/identity';
import { LedgerModule } from '@hehuo/ledger';
import { CampaignListStore } from './store/campaign-list.store.js';
import { DraftStore } from './store/draft.store.js';
import { DraftStores } from './store/draft-stores.js';
import { NeedStore } from './store/need.store.js';
import { ObjectionStore } from './store/objection.store.js';
import { PageStores } from './store/page-stores.js';
import { PhotoStore } from './store/photo.store.js';
import { PersonalDataStore } from './store/personal-data.store.js';
import { ReviewStore } from './store/review.store.js';
import { ApproveCampaign } from './use-cases/approve-campaign.js';
import { CampaignData } from './use-cases/campaign-data.js';
import { CampaignPhotos } from './use-cases/campaign-photos.js';
import { CancelBook } from './use-cases/cancel-book.js';
import { CancelCampaign } from './use-cases/cancel-campaign.js';
import { CloseNeed } from './use-cases/close-need.js';
import { CommunityTasks, RaiseTask } from './use-cases/community-tasks.js';
import { CreateDraft } from './use-cases/create-draft.js';
import { EchoNeed } from './use-cases/echo-need.js';
import { EditDraft } from './use-cases/edit-draft.js';
import { EditPhotos } from './use-cases/edit-photos.js';
import { ExtendCampaign } from './use-cases/extend-campaign.js';
import { FindSimilar } from './use-cases/find-similar.js';
import { DraftRoom } from './use-cases/draft-room.js';
import { Neighbourhood } from './use-cases/neighbourhood.js';
import { ObjectCampaign } from './use-cases/object-campaign.js';
import { DueNotices, OpenCampaign } from './use-cases/open-campaign.js';
import { RaiseNeed } from './use-cases/raise-need.js';
import { HouseholdCounts } from './use-cases/household-counts.js';
import { ReadCampaign } from './use-cases/read-campaign.js';
import { ReadCampaigns } from './use-cases/read-campaigns.js';
import { ReadHistory } from './use-cases/read-history.js';
import { ReadNeeds } from './use-cases/read-needs.js';
import { ReturnCampaign } from './use-cases/return-campaign.js';
import { ReviewCampaign } from './use-cases/review-campaign.js';
import { SetCustody } from './use-cases/set-custody.js';
import { SubmitCampaign } from './use-cases/submit-campaign.js';
import { SuspendCampaign } from './use-cases/suspend-campaign.js';
import { TakeBackCampaign } from './use-cases/take-back-campaign.js';
import { CampaignStore } from './store/campaign.store.js';
import { AwaitingStore } from './store/awaiting.store.js';
import { DueCampaigns } from './store/due.store.js';
import { GoalStore } from './store/goal.store.js';
import { IntakeBookStore } from './store/intake-book.store.js';
import { IntakeStore } from './store/intake.store.js';
import { PaidPledgeStore } from './store/paid-pledge.store.js';
import { PledgeStores } from './store/pledge-stores.js';
import { PledgeRangeStore } from './store/pledge-range.store.js';
import { PledgeStore } from './store/pledge.store.js';
import { SnapshotStore } from './store/snapshot.store.js';
import { TaskStore } from './store/task.store.js';
import { AdmitPledges } from './use-cases/admit-pledges.js';
import { CloseCampaign } from './use-cases/close-campaign.js';
import { DecideCampaign } from './use-cases/decide-campaign.js';
import { DecisionBook } from './use-cases/decision-book.js';
import { EndCollection } from './use-cases/end-collection.js';
import { ExpireUnpaid } from './use-cases/expire-unpaid.js';
import { ForecastCampaign } from './use-cases/forecast-campaign.js';
import { HandOverPledges } from './use-cases/hand-over-pledges.js';
import { PlacePledge } from './use-cases/place-pledge.js';
import { PledgeFunds } from './use-cases/pledge-funds.js';
import { ReadBooks } from './use-cases/read-books.js';
import { ReadPledges } from './use-cases/read-pledges.js';
import { WithdrawPledge } from './use-cases/withdraw-pledge.js';
import { MatchBindingStore } from './store/match-binding.store.js';
import { MatchPoolStore } from './store/match-pool.store.js';
import { MatchReservationStore } from './store/match-reservation.store.js';
import { MatchReturnStore } from './store/match-return.store.js';
import { MatchStores } from './store/match-stores.js';
import { AdmissionBook } from './use-cases/admission-book.js';
import { ActivateMatchPool } from './use-cases/match/activate-match-pool.js';
import { BindMatchPool } from './use-cases/match/bind-match-pool.js';
import { BindingDoor } from './use-cases/match/binding-door.js';
import { CloseMatchPool } from './use-cases/match/close-match-pool.js';
import { ConfirmMatchReceipt } from './use-cases/match/confirm-match-receipt.js';
import { DecideMatches } from './use-cases/match/decide-matches.js';
import { EnterMatchReceipt } from './use-cases/match/enter-match-receipt.js';
import { KnownParties } from './use-cases/match/known-parties.js';
import { MatchHomes } from './use-cases/match/match-homes.js';
import { ProposeMatchPool } from './use-cases/match/propose-match-pool.js';
import { ReadMatches } from './use-cases/match/read-matches.js';
import { ReadMatchPools } from './use-cases/match/read-match-pools.js';
import { RefuseMatchReceipt } from './use-cases/match/refuse-match-receipt.js';
import { ReleaseMatches } from './use-cases/match/release-matches.js';
import { ReserveMatches } from './use-cases/match/reserve-matches.js';
import { ReturnMatches } from './use-cases/match/return-matches.js';
import { SuppliersOfMatch } from './use-cases/match/suppliers-of-match.js';
import { WriteOffMatch } from './use-cases/match/write-off-match.js';

const drafting = [
  CampaignListStore,
  DraftStore,
  DraftStores,
  NeedStore,
  ObjectionStore,
  PageStores,
  PersonalDataStore,
  PhotoStore,
  ReviewStore,
];

const stores = [
  ...drafting,
  AwaitingStore,
  CampaignStore,
  DueCampaigns,
  GoalStore,
  IntakeBookStore,
  IntakeStore,
  PaidPledgeStore,
  PledgeRangeStore,
  PledgeStore,
  PledgeStores,
  SnapshotStore,
  TaskStore,
];

const launching = [
  ApproveCampaign,
  CampaignData,
  CancelBook,
  CancelCampaign,
  CloseNeed,
  CommunityTasks,
  CreateDraft,
  DueNotices,
  EchoNeed,
  EditDraft,
  EditPhotos,
  CampaignPhotos,
  ExtendCampaign,
  FindSimilar,
  DraftRoom,
  Neighbourhood,
  ObjectCampaign,
  OpenCampaign,
  RaiseNeed,
  RaiseTask,
  HouseholdCounts,
  ReadCampaign,
  ReadCampaigns,
  ReadHistory,
  ReadNeeds,
  ReturnCampaign,
  ReviewCampaign,
  SetCustody,
  SubmitCampaign,
  SuspendCampaign,
  TakeBackCampaign,
];

const pledging = [
  AdmitPledges,
  CloseCampaign,
  DecideCampaign,
  DecisionBook,
  EndCollection,
  ExpireUnpaid,
  ForecastCampaign,
  HandOverPledges,
  PlacePledge,
  PledgeFunds,
  ReadBooks,
  ReadPledges,
  WithdrawPledge,
];

const matching = [
  MatchBindingStore,
  MatchPoolStore,
  MatchReservationStore,
  MatchReturnStore,
  MatchStores,
  AdmissionBook,
  ActivateMatchPool,
  BindMatchPool,
  BindingDoor,
  CloseMatchPool,
  ConfirmMatchReceipt,
  DecideMatches,
  EnterMatchReceipt,
  KnownParties,
  MatchHomes,
  ProposeMatchPool,
  ReadMatches,
  ReadMatchPools,
  RefuseMatchReceipt,
  ReleaseMatches,
  ReserveMatches,
  ReturnMatches,
  SuppliersOfMatch,
  WriteOffMatch,
];

@Module({
  imports: [LedgerModule, CommunityModule, IdentityModule],
  providers: [...stores, ...launching, ...pledging, ...matching],
  exports: [...stores, ...launching, ...pledging, ...matching],
})
export class CampaignModule {
  constructor(sources: PersonalDataSources, data: CampaignData) {
    sources.register(data);
  }
}
