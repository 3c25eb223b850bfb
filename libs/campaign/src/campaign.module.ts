import { Module } from '@nestjs/common';
import { CommunityModule } from '@hehuo/community';
import { LedgerModule } from '@hehuo/ledger';
import { CampaignStore } from './store/campaign.store.js';
import { DueCampaigns } from './store/due.store.js';
import { GoalStore } from './store/goal.store.js';
import { IntakeBookStore } from './store/intake-book.store.js';
import { IntakeStore } from './store/intake.store.js';
import { PledgeStores } from './store/pledge-stores.js';
import { PledgeStore } from './store/pledge.store.js';
import { SnapshotStore } from './store/snapshot.store.js';
import { TaskStore } from './store/task.store.js';
import { AdmitPledges } from './use-cases/admit-pledges.js';
import { CloseCampaign } from './use-cases/close-campaign.js';
import { DecideCampaign } from './use-cases/decide-campaign.js';
import { DecisionBook } from './use-cases/decision-book.js';
import { EndCollection } from './use-cases/end-collection.js';
import { ForecastCampaign } from './use-cases/forecast-campaign.js';
import { PlacePledge } from './use-cases/place-pledge.js';
import { PledgeFunds } from './use-cases/pledge-funds.js';
import { ReadPledges } from './use-cases/read-pledges.js';
import { WithdrawPledge } from './use-cases/withdraw-pledge.js';

const stores = [
  CampaignStore,
  DueCampaigns,
  GoalStore,
  IntakeBookStore,
  IntakeStore,
  PledgeStore,
  PledgeStores,
  SnapshotStore,
  TaskStore,
];

const pledging = [
  AdmitPledges,
  CloseCampaign,
  DecideCampaign,
  DecisionBook,
  EndCollection,
  ForecastCampaign,
  PlacePledge,
  PledgeFunds,
  ReadPledges,
  WithdrawPledge,
];

@Module({
  imports: [CommunityModule, LedgerModule],
  providers: [...stores, ...pledging],
  exports: [...stores, ...pledging],
})
export class CampaignModule {}
