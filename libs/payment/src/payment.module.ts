import { Module, type DynamicModule, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { Clock } from '@hehuo/kernel';
import { LedgerModule } from '@hehuo/ledger';
import { Database, FieldCipher } from '@hehuo/platform';
import { PAYOUT_PROVIDERS, PAYOUT_USE_CASES } from './payout.providers.js';
import { SandboxGateway, type SandboxOptions } from './gateways/sandbox/sandbox-gateway.js';
import { ChargeStore } from './store/charge.store.js';
import { CustodyStore } from './store/custody.store.js';
import { GatewayEventStore } from './store/gateway-event.store.js';
import { ReceiptStore } from './store/receipt.store.js';
import { RefundStore } from './store/refund.store.js';
import { ActivateCustodyAccount } from './use-cases/activate-custody-account.js';
import { ApplyGatewayEvent } from './use-cases/apply-gateway-event.js';
import { AskCharge } from './use-cases/ask-charge.js';
import { CheckCharge } from './use-cases/check-charge.js';
import { CheckRefund } from './use-cases/check-refund.js';
import { ClaimRefund } from './use-cases/claim-refund.js';
import { CloseCharges } from './use-cases/close-charges.js';
import { CloseCustodyAccount } from './use-cases/close-custody-account.js';
import { ConfirmHandRefund } from './use-cases/confirm-hand-refund.js';
import { BookReceipt, ConfirmReceipt } from './use-cases/confirm-receipt.js';
import { DueCharges } from './use-cases/due-charges.js';
import { DueGatewayEvents } from './use-cases/due-gateway-events.js';
import { DueRefunds } from './use-cases/due-refunds.js';
import { EnterHandRefund } from './use-cases/enter-hand-refund.js';
import { EnterReceipt } from './use-cases/enter-receipt.js';
import { Gateways } from './use-cases/gateway.port.js';
import { LearnChargeOutcome } from './use-cases/learn-charge-outcome.js';
import { LearnRefundOutcome } from './use-cases/learn-refund-outcome.js';
import { ListReceipts } from './use-cases/list-receipts.js';
import { ListRefunds } from './use-cases/list-refunds.js';
import { OpenCharge } from './use-cases/open-charge.js';
import { PlaceCharge } from './use-cases/place-charge.js';
import { ProposeCustodyAccount } from './use-cases/propose-custody-account.js';
import { ReadBacklog } from './use-cases/read-backlog.js';
import { ReadCharge } from './use-cases/read-charge.js';
import { ReadCustody } from './use-cases/read-custody.js';
import { ReceiveCallback } from './use-cases/receive-callback.js';
import { RedriveRefund } from './use-cases/redrive-refund.js';
import { RefundPace } from './use-cases/refund-pace.js';
import { RefuseReceipt } from './use-cases/refuse-receipt.js';
import { RequestRefund } from './use-cases/request-refund.js';
import { SendRefund } from './use-cases/send-refund.js';
import { Trail } from './use-cases/trail.js';

export interface PaymentOptions {
  /** The sandbox gateway, where one is set up; without it only offline money is taken. */
  readonly sandbox: SandboxOptions | null;
  /** Address of the api as gateways and payers reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** The module that provides the ports: the pledges' side of a payment, budgets and partners for payouts. */
  readonly ports: Type | DynamicModule;
}

/** Where a gateway's callbacks arrive. */
export function callbackPath(gateway: string): string {
  return `/v1/gateways/${gateway}/callbacks`;
}

class GatewaysCloser implements OnApplicationShutdown {
  constructor(private readonly gateways: Gateways) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.gateways.all().map((gateway) => gateway.close()));
  }
}

const STORES = [ChargeStore, CustodyStore, ReceiptStore, RefundStore].map((store) => ({
  provide: store,
  useFactory: (database: Database) => new store(database),
  inject: [Database],
}));

const USE_CASES = [
  ...[
    OpenCharge,
    PlaceCharge,
    AskCharge,
    CheckCharge,
    DueCharges,
    CloseCharges,
    ReadCharge,
    LearnChargeOutcome,
  ],
  ...[RequestRefund, SendRefund, CheckRefund, LearnRefundOutcome, DueRefunds, RedriveRefund, ListRefunds],
  ...[EnterHandRefund, ConfirmHandRefund, ReceiveCallback, ApplyGatewayEvent, DueGatewayEvents],
  ...[ProposeCustodyAccount, ActivateCustodyAccount, CloseCustodyAccount, ReadCustody],
  ...[EnterReceipt, ConfirmReceipt, RefuseReceipt, ListReceipts, ReadBacklog],
];

@Module({})
export class PaymentModule {
  static with({ sandbox, publicUrl, ports }: PaymentOptions): DynamicModule {
    const origin = publicUrl.replace(/\/+$/, '');
    const gateways = {
      provide: Gateways,
      useFactory: (clock: Clock) =>
        new Gateways(
          sandbox === null ? [] : [new SandboxGateway(sandbox, clock)],
          (gateway) => origin + callbackPath(gateway),
          origin,
        ),
      inject: [Clock],
    };
    const events = {
      provide: GatewayEventStore,
      useFactory: (database: Database, cipher: FieldCipher) => new GatewayEventStore(database, cipher),
      inject: [Database, FieldCipher],
    };
    const closer = {
      provide: GatewaysCloser,
      useFactory: (all: Gateways) => new GatewaysCloser(all),
      inject: [Gateways],
    };
    return {
      module: PaymentModule,
      imports: [LedgerModule, ports],
      providers: [
        gateways,
        events,
        closer,
        ...STORES,
        Trail,
        RefundPace,
        ClaimRefund,
        BookReceipt,
        ...USE_CASES,
        ...PAYOUT_PROVIDERS,
      ],
      exports: [Gateways, ...USE_CASES, ...PAYOUT_USE_CASES],
    };
  }
}
