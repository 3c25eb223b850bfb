import { Module, type DynamicModule, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { Clock } from '@hehuo/kernel';
import { LedgerModule } from '@hehuo/ledger';
import { Database, FieldCipher } from '@hehuo/platform';
import { makeGateways, type GatewaySettings } from './gateways/index.js';
import { CHANNEL_PROVIDERS, CHANNEL_USE_CASES } from './channel.providers.js';
import { RECONCILIATION_PROVIDERS, RECONCILIATION_USE_CASES } from './reconciliation.providers.js';
import { PAYOUT_PROVIDERS, PAYOUT_USE_CASES } from './payout.providers.js';
import { ChargeStore } from './store/charge.store.js';
import { CustodyStore } from './store/custody.store.js';
import { BankLineStore } from './store/bank-line.store.js';
import { BankProposalStore } from './store/bank-proposal.store.js';
import { BankStatementStore } from './store/bank-statement.store.js';
import { GatewayEventStore } from './store/gateway-event.store.js';
import { PayerChargeStore } from './store/payer-charge.store.js';
import { PersonalMoneyStore } from './store/personal-money.store.js';
import { ReceiptStore } from './store/receipt.store.js';
import { RefundStore } from './store/refund.store.js';
import { RefundTurnStore } from './store/refund-turn.store.js';
import { VoucherStore } from './store/voucher.store.js';
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
import { DecideBankLine } from './use-cases/decide-bank-line.js';
import { ImportBankStatement } from './use-cases/import-bank-statement.js';
import { MatchBankLines } from './use-cases/match-bank-lines.js';
import { ReadBankLines } from './use-cases/read-bank-lines.js';
import { ReceiptFiles } from './use-cases/receipt-files.js';
import { WriteReceipt } from './use-cases/write-receipt.js';
import { DueCharges } from './use-cases/due-charges.js';
import { DueGatewayEvents } from './use-cases/due-gateway-events.js';
import { DueRefunds } from './use-cases/due-refunds.js';
import { EnterHandRefund } from './use-cases/enter-hand-refund.js';
import { EnterReceipt } from './use-cases/enter-receipt.js';
import { Gateways, MerchantKeys } from './use-cases/gateway.port.js';
import { LearnChargeOutcome } from './use-cases/learn-charge-outcome.js';
import { LearnRefundOutcome } from './use-cases/learn-refund-outcome.js';
import { ListReceipts } from './use-cases/list-receipts.js';
import { ListRefunds } from './use-cases/list-refunds.js';
import { OpenCharge } from './use-cases/open-charge.js';
import { PersonalMoney } from './use-cases/personal-money.js';
import { PlaceCharge } from './use-cases/place-charge.js';
import { ProposeCustodyAccount } from './use-cases/propose-custody-account.js';
import { ReadBacklog } from './use-cases/read-backlog.js';
import { ReadCharge } from './use-cases/read-charge.js';
import { ReadCustody } from './use-cases/read-custody.js';
import { ReadVouchers } from './use-cases/read-vouchers.js';
import { ReceiveCallback } from './use-cases/receive-callback.js';
import { RedriveRefund } from './use-cases/redrive-refund.js';
import { RefundPace } from './use-cases/refund-pace.js';
import { RefuseReceipt } from './use-cases/refuse-receipt.js';
import { RequestRefund } from './use-cases/request-refund.js';
import { SendOrder } from './use-cases/send-order.js';
import { ReopenBankLine } from './use-cases/reopen-bank-line.js';
import { SendRefund } from './use-cases/send-refund.js';
import { Trail } from './use-cases/trail.js';

export interface PaymentOptions {
  /** The gateways that are set up; without any only offline money is taken. */
  readonly gateways: GatewaySettings;
  /** Address of the api as gateways and payers reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** The module that fills the ports: the pledges' side of a payment, and budgets and partners for payouts. */
  readonly ports: Type | DynamicModule;
}

/** Where a gateway's callbacks arrive; the sandbox has one address for all its merchants. */
export function callbackPath(gateway: string, merchantRef: string): string {
  const all = `/v1/gateways/${gateway}/callbacks`;
  return gateway === 'sandbox' ? all : `${all}/${encodeURIComponent(merchantRef)}`;
}

class GatewaysCloser implements OnApplicationShutdown {
  constructor(private readonly gateways: Gateways) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.gateways.all().map((gateway) => gateway.close()));
  }
}

const STORES = [ChargeStore, CustodyStore, ReceiptStore, RefundStore, VoucherStore].map((store) => ({
  provide: store,
  useFactory: (database: Database) => new store(database),
  inject: [Database],
}));

/** They speak inside a transaction alone. */
const TX_STORES = [{ provide: RefundTurnStore, useFactory: () => new RefundTurnStore() }];

const OFFLINE_STORES = [
  ...[BankStatementStore, BankProposalStore, PayerChargeStore].map((store) => ({
    provide: store,
    useFactory: (database: Database) => new store(database),
    inject: [Database],
  })),
  {
    provide: BankLineStore,
    useFactory: (database: Database, cipher: FieldCipher) => new BankLineStore(database, cipher),
    inject: [Database, FieldCipher],
  },
  {
    provide: PersonalMoneyStore,
    useFactory: (database: Database, lines: BankLineStore) => new PersonalMoneyStore(database, lines),
    inject: [Database, BankLineStore],
  },
];

const USE_CASES = [
  PersonalMoney,
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
  ...[ImportBankStatement, MatchBankLines, DecideBankLine, ReopenBankLine, ReadBankLines],
  ...[EnterReceipt, ConfirmReceipt, RefuseReceipt, ListReceipts, ReadBacklog, ReadVouchers],
];

@Module({})
export class PaymentModule {
  static with({ gateways: settings, publicUrl, ports }: PaymentOptions): DynamicModule {
    const origin = publicUrl.replace(/\/+$/, '');
    const gateways = {
      provide: Gateways,
      useFactory: (clock: Clock, keys: MerchantKeys) =>
        new Gateways(
          makeGateways(settings, clock, keys),
          (gateway, merchantRef) => origin + callbackPath(gateway, merchantRef),
          origin,
        ),
      inject: [Clock, MerchantKeys],
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
        ...CHANNEL_PROVIDERS,
        SendOrder,
        ...OFFLINE_STORES,
        ...TX_STORES,
        WriteReceipt,
        ReceiptFiles,
        Trail,
        RefundPace,
        ClaimRefund,
        BookReceipt,
        ...RECONCILIATION_PROVIDERS,
        ...USE_CASES,
        ...CHANNEL_USE_CASES,
        ...PAYOUT_PROVIDERS,
      ],
      exports: [
        ...[Gateways, ...USE_CASES, ...CHANNEL_USE_CASES, ...RECONCILIATION_USE_CASES, ...PAYOUT_USE_CASES],
      ],
    };
  }
}
