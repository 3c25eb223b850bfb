import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { CampaignModule } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IdentityModule } from '@hehuo/identity';
import { LedgerModule } from '@hehuo/ledger';
import { CampaignLifeController } from './campaign/campaign-life.controller.js';
import { CampaignPages } from './campaign/campaign-page.js';
import { CampaignsController } from './campaign/campaigns.controller.js';
import { CustodyDirectory } from './campaign/custody-directory.js';
import { DraftsController } from './campaign/drafts.controller.js';
import { NeedsController } from './campaign/needs.controller.js';
import { ObjectionsController } from './campaign/objections.controller.js';
import { PaymentCustody } from './campaign/payment-custody.js';
import { ReviewController } from './campaign/review.controller.js';
import { TasksController } from './campaign/tasks.controller.js';
import type { ApiConfig } from '@hehuo/platform';
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
import { ConsentsController } from './identity/consents.controller.js';
import { IdentitySessions } from './identity/identity-sessions.js';
import { MeController } from './identity/me.controller.js';
import { MySessionsController } from './identity/my-sessions.controller.js';
import { PartnerReviewController } from './identity/partner-review.controller.js';
import { PartnersController } from './identity/partners.controller.js';
import { RolesController } from './identity/roles.controller.js';
import { SignInController } from './identity/sign-in.controller.js';
import { CallbacksController } from './payment/callbacks.controller.js';
import { ChargesController } from './payment/charges.controller.js';
import { ClawBacksController } from './payment/claw-backs.controller.js';
import { CustodyController } from './payment/custody.controller.js';
import { PayeesController } from './payment/payees.controller.js';
import { PayoutsController } from './payment/payouts.controller.js';
import { ReceiptsController } from './payment/receipts.controller.js';
import { RefundsController } from './payment/refunds.controller.js';

/** The contexts whose use cases this process runs. */
export function contextModules(config: ApiConfig): (Type | DynamicModule)[] {
  return [
    LedgerModule,
    IdentityModule,
    CommunityModule,
    CampaignModule,
    SettlementModule.with({ sandbox: sandboxOf(config), publicUrl: config.PUBLIC_URL }),
  ];
}

/** Online payment through the sandbox gateway, where one is set up; without it only money by hand is taken. */
function sandboxOf({ SANDBOX_URL, SANDBOX_SECRET }: ApiConfig): { url: string; secret: string } | null {
  return SANDBOX_URL && SANDBOX_SECRET ? { url: SANDBOX_URL, secret: SANDBOX_SECRET } : null;
}

/** What the contexts offer over HTTP; one line a controller. */
export const CONTEXT_CONTROLLERS: readonly Type[] = [
  SignInController,
  MeController,
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
  ReviewController,
  ObjectionsController,
  CampaignsController,
  CampaignLifeController,
  TasksController,
  PledgesController,
  CampaignBooksController,
  SettlementController,
  CallbacksController,
  ChargesController,
  CustodyController,
  ReceiptsController,
  RefundsController,
  PayeesController,
  PayoutsController,
  ClawBacksController,
  MilestonesController,
];

/** Ports of the api that a context fills. */
export const CONTEXT_PROVIDERS: readonly Provider[] = [
  { provide: SessionResolver, useClass: IdentitySessions },
  { provide: CustodyDirectory, useClass: PaymentCustody },
  CampaignPages,
];
