import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { BookModule } from '@hehuo/book';
import { CampaignModule } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IdentityModule } from '@hehuo/identity';
import { LedgerModule } from '@hehuo/ledger';
import { BookController } from './book/book.controller.js';
import { ChallengesController } from './book/challenges.controller.js';
import { PayerReceiptsController } from './book/payer-receipts.controller.js';
import { StatementsController } from './book/statements.controller.js';
import { CampaignLifeController } from './campaign/campaign-life.controller.js';
import { CampaignLists } from './campaign/campaign-lists.js';
import { CampaignPages } from './campaign/campaign-page.js';
import { CampaignsController } from './campaign/campaigns.controller.js';
import { CustodyDirectory } from './campaign/custody-directory.js';
import { DraftsController } from './campaign/drafts.controller.js';
import { PhotosController } from './campaign/photos.controller.js';
import { MatchesController } from './campaign/matches.controller.js';
import { MatchPoolsController } from './campaign/match-pools.controller.js';
import { NeedsController } from './campaign/needs.controller.js';
import { ObjectionsController } from './campaign/objections.controller.js';
import { PaymentCustody } from './campaign/payment-custody.js';
import { ReviewController } from './campaign/review.controller.js';
import { TasksController } from './campaign/tasks.controller.js';
import type { ApiConfig } from '@hehuo/platform';
import { gatewaySettings } from '@hehuo/payment';
import { SettlementModule } from '@hehuo/settlement';
import { CampaignBooksController } from './campaign/campaign-books.controller.js';
import { PledgesController } from './campaign/pledges.controller.js';
import { MilestonesController } from './settlement/milestones.controller.js';
import { SettlementController } from './settlement/settlement.controller.js';
import { SessionResolver } from './access/session-resolver.js';
import { GroundController } from './community/ground.controller.js';
import { ImportsController } from './community/imports.controller.js';
import { MembershipsController } from './community/memberships.controller.js';
import { ResidentsController } from './community/residents.controller.js';
import { RulesController } from './community/rules.controller.js';
import { FilesController } from './files/files.controller.js';
import { ConsentsController } from './identity/consents.controller.js';
import { IdentitySessions } from './identity/identity-sessions.js';
import { MeController } from './identity/me.controller.js';
import { MyPartnersController } from './identity/my-partners.controller.js';
import { MySessionsController } from './identity/my-sessions.controller.js';
import { PartnerReviewController } from './identity/partner-review.controller.js';
import { PartnersController } from './identity/partners.controller.js';
import { RolesController } from './identity/roles.controller.js';
import { SignInController } from './identity/sign-in.controller.js';
import { BankController } from './payment/bank.controller.js';
import { RemindersController } from './settlement/reminders.controller.js';
import { CallbacksController } from './payment/callbacks.controller.js';
import { ChannelsController } from './payment/channels.controller.js';
import { ChargesController } from './payment/charges.controller.js';
import { ClawBacksController } from './payment/claw-backs.controller.js';
import { CustodyController } from './payment/custody.controller.js';
import { ReconciliationController } from './payment/reconciliation.controller.js';
import { PayersView } from './payment/payers-view.js';
import { PayeesController } from './payment/payees.controller.js';
import { PayoutsController } from './payment/payouts.controller.js';
import { ReceiptsController } from './payment/receipts.controller.js';
import { RefundsController } from './payment/refunds.controller.js';

/** The contexts whose use cases this process runs. */
export function contextModules(config: ApiConfig): (Type | DynamicModule)[] {
  const settlement = SettlementModule.with({
    gateways: gatewaySettings(config),
    publicUrl: config.PUBLIC_URL,
  });
  return [
    LedgerModule,
    IdentityModule,
    CommunityModule,
    CampaignModule,
    settlement,
    BookModule.with({ statementKey: config.STATEMENT_KEY ?? null, payment: settlement }),
  ];
}

/** What the contexts offer over HTTP; one line a controller. */
export const CONTEXT_CONTROLLERS: readonly Type[] = [
  SignInController,
  MeController,
  MyPartnersController,
  MySessionsController,
  ConsentsController,
  RolesController,
  PartnersController,
  PartnerReviewController,
  GroundController,
  MembershipsController,
  ResidentsController,
  RulesController,
  ImportsController,
  NeedsController,
  DraftsController,
  PhotosController,
  ReviewController,
  ObjectionsController,
  CampaignsController,
  CampaignLifeController,
  TasksController,
  PledgesController,
  CampaignBooksController,
  MatchPoolsController,
  MatchesController,
  SettlementController,
  CallbacksController,
  ChargesController,
  CustodyController,
  ChannelsController,
  ReceiptsController,
  RefundsController,
  ReconciliationController,
  FilesController,
  BankController,
  RemindersController,
  BookController,
  ChallengesController,
  StatementsController,
  PayerReceiptsController,
  PayeesController,
  PayoutsController,
  ClawBacksController,
  MilestonesController,
];

/** Ports of the api that a context fills. */
export const CONTEXT_PROVIDERS: readonly Provider[] = [
  { provide: SessionResolver, useClass: IdentitySessions },
  { provide: CustodyDirectory, useClass: PaymentCustody },
  CampaignLists,
  CampaignPages,
  PayersView,
];
