export {
  CHARGE_IN_FLIGHT,
  CHARGE_MACHINE,
  GATEWAYS,
  OFFLINE,
  PAY_SCENES,
  type Booking,
  type Charge,
  type ChargeState,
  type GatewayName,
  type PayScene,
} from './domain/charge.js';
export {
  CHANNEL_MACHINE,
  CHECK_STATES,
  KEY_STATES,
  type Check,
  type CheckState,
  type KeyRevision,
  type MerchantChannel,
} from './domain/channel.js';
export {
  CUSTODY_MACHINE,
  OWNER_KINDS,
  type CustodyAccount,
  type CustodyState,
  type OwnerKind,
} from './domain/custody.js';
export { PaymentError, type PaymentErrorCode, type PayoutErrorCode } from './domain/errors.js';
export { isDay } from './domain/bill-calendar.js';
export {
  BILL_DAY_MACHINE,
  BILL_DAY_STATES,
  type BillDay,
  type BillDayState,
  type Merchant,
} from './domain/bill-day.js';
export { LINE_VERDICTS, type LineVerdict } from './domain/bill-matching.js';
export {
  DIFFERENCE_KINDS,
  DIFFERENCE_MACHINE,
  DIFFERENCE_STATES,
  RESOLUTIONS,
  type Difference,
  type DifferenceState,
  type Explanation,
  type Resolution,
} from './domain/difference.js';
export { ReconciliationError, type ReconciliationErrorCode } from './domain/reconciliation-errors.js';
export type { StoredLine } from './store/bill-line.store.js';
export { CloseWithoutBill, type ForgoBillInput, type ForgoneAnswer } from './use-cases/close-without-bill.js';
export { ConfirmDifference, type ConfirmDifferenceInput } from './use-cases/confirm-difference.js';
export { DueBillDays } from './use-cases/due-bill-days.js';
export {
  ExplainDifference,
  type DifferenceAnswer,
  type ExplainDifferenceInput,
} from './use-cases/explain-difference.js';
export { ForgetBills } from './use-cases/forget-bills.js';
export { ListBillDays } from './use-cases/list-bill-days.js';
export { ListDifferences, type ListDifferencesInput } from './use-cases/list-differences.js';
export { OpenBillDays } from './use-cases/open-bill-days.js';
export {
  ReadReconciliationState,
  type ReconciliationReadings,
} from './use-cases/read-reconciliation-state.js';
export { ReadReconciliation, type ReconciledDay } from './use-cases/read-reconciliation.js';
export { ReconcileDay } from './use-cases/reconcile-day.js';
export { ReconciliationBlocks, type ReconciliationBlock } from './use-cases/reconciliation-blocks.js';
export {
  BILL_LINE_KINDS,
  verdictOf,
  type BillFinding,
  type BillLine,
  type OrderFinding,
  type ProbeFinding,
  type RefundFinding,
  type Verdict,
} from './domain/findings.js';
export type { GatewayEvent, GatewayEventState } from './domain/gateway-event.js';
export type { Officer } from './domain/officer.js';
export { statusOf, type PayerStatus } from './domain/payer-status.js';
export {
  RECEIPT_MACHINE,
  RECEIPT_METHODS,
  type OfflineReceipt,
  type ReceiptMethod,
  type ReceiptState,
} from './domain/receipt.js';
export {
  mayPayByHand,
  REFUND_MACHINE,
  STUCK,
  type Refund,
  type RefundState,
  type Stuck,
} from './domain/refund.js';
export { gatewaySettings, type GatewayConfig, type GatewaySettings } from './gateways/index.js';
export { AlipayGateway, type AlipayOptions } from './gateways/alipay/alipay-gateway.js';
export { SandboxGateway, type SandboxOptions } from './gateways/sandbox/sandbox-gateway.js';
export { WechatGateway } from './gateways/wechat/wechat-gateway.js';
export { wechatOrigin, type WechatOptions } from './gateways/wechat/wire.js';
export { callbackPath, PaymentModule, type PaymentOptions } from './payment.module.js';
export { PAYMENT_INVARIANTS } from './store/invariants.js';
export type { Voucher } from './store/voucher.store.js';
export { PAYMENT_ROWS } from './store/rows.js';
export { ActivateChannel, type ChannelInput } from './use-cases/activate-channel.js';
export { ActivateCustodyAccount, type CustodyAccountInput } from './use-cases/activate-custody-account.js';
export { ApplyGatewayEvent } from './use-cases/apply-gateway-event.js';
export { AskCharge } from './use-cases/ask-charge.js';
export { CheckChannel } from './use-cases/check-channel.js';
export { CheckCharge } from './use-cases/check-charge.js';
export { CheckRefund } from './use-cases/check-refund.js';
export { CloseChannel } from './use-cases/close-channel.js';
export { CustodyCampaigns } from './use-cases/custody.port.js';
export { CloseCharges, type ClosedCharges } from './use-cases/close-charges.js';
export { CloseCustodyAccount } from './use-cases/close-custody-account.js';
export { ConfirmHandRefund, type ConfirmHandRefundInput } from './use-cases/confirm-hand-refund.js';
export { ConfirmReceipt, type ConfirmReceiptInput } from './use-cases/confirm-receipt.js';
export { DueChannels } from './use-cases/due-channels.js';
export { DueCharges } from './use-cases/due-charges.js';
export { DueGatewayEvents } from './use-cases/due-gateway-events.js';
export { DueRefunds } from './use-cases/due-refunds.js';
export { EnterHandRefund, type EnterHandRefundInput } from './use-cases/enter-hand-refund.js';
export { ForgetSecrets } from './use-cases/forget-secrets.js';
export { EnterReceipt } from './use-cases/enter-receipt.js';
export { RECEIPT_OBJECT, type EnterReceiptInput } from './use-cases/write-receipt.js';
export {
  BANK_LINE_STATES,
  SCORES,
  WHYS,
  maskPayer,
  maskRemark,
  type BankLine,
  type BankLineState,
  type Proposal,
} from './domain/bank-line.js';
export type { AwaitingPledge } from './domain/bank-match.js';
export { statementBytesMax, type BankFlaw } from './domain/bank-statement.js';
export { paymentReference } from './domain/reference.js';
export type { BankStatement } from './store/bank-statement.store.js';
export { DecideBankLine } from './use-cases/decide-bank-line.js';
export { ReopenBankLine, type BankLineAnswer } from './use-cases/reopen-bank-line.js';
export { ImportBankStatement } from './use-cases/import-bank-statement.js';
export { MatchBankLines } from './use-cases/match-bank-lines.js';
export { ReadBankLines, type BankLineView } from './use-cases/read-bank-lines.js';
export {
  Gateway,
  Gateways,
  MerchantKeys,
  type Acknowledgement,
  type GatewayCapabilities,
  type KeyField,
  type MerchantKeySet,
  type OpenOrder,
  type OrderRef,
  type OrderRequest,
  type PayerHint,
  type PayInstruction,
  type RawCallback,
  type RefundRef,
  type RefundRequest,
  type VerifiedEvent,
} from './use-cases/gateway.port.js';
export { LearnChargeOutcome, type ChargeLesson } from './use-cases/learn-charge-outcome.js';
export { LearnRefundOutcome, type RefundLesson } from './use-cases/learn-refund-outcome.js';
export { ListReceipts, type ListReceiptsInput } from './use-cases/list-receipts.js';
export { ListRefunds, type ListRefundsInput } from './use-cases/list-refunds.js';
export { OpenCharge, type OpenChargeInput, type OpenedCharge } from './use-cases/open-charge.js';
export { PlaceCharge } from './use-cases/place-charge.js';
export {
  AwaitingPledges,
  PaidChargeSink,
  PayablePledges,
  RefundSink,
  ActivePeople,
  type PaidCharge,
  type PayablePledge,
} from './use-cases/ports.js';
export { PersonalMoney, type OpenMoney } from './use-cases/personal-money.js';
export {
  ProposeCustodyAccount,
  type ProposeCustodyAccountInput,
} from './use-cases/propose-custody-account.js';
export { PresentCharge } from './use-cases/present-charge.js';
export { ProposeChannel, type ProposeChannelInput } from './use-cases/propose-channel.js';
export { ProposeKeys, type ProposeKeysInput } from './use-cases/propose-keys.js';
export { ReadBacklog, type PaymentBacklog, type RefundsInState } from './use-cases/read-backlog.js';
export { ReadChannels, type ChannelForStaff } from './use-cases/read-channels.js';
export { ReadCharge, type PayersCharge } from './use-cases/read-charge.js';
export { ReadCustody, type CustodyView, type OnlineWay } from './use-cases/read-custody.js';
export { ReadVouchers } from './use-cases/read-vouchers.js';
export { callbackBytesMax, ReceiveCallback } from './use-cases/receive-callback.js';
export { RedriveRefund, type RedriveRefundInput } from './use-cases/redrive-refund.js';
export { RefuseReceipt, type RefuseReceiptInput } from './use-cases/refuse-receipt.js';
export { RequestRefund, type RefundWish } from './use-cases/request-refund.js';
export { SendRefund } from './use-cases/send-refund.js';
export { CLAW_BACK_MACHINE, type ClawBack, type ClawBackState } from './domain/claw-back.js';
export {
  PAYEE_KINDS,
  PAYEE_MACHINE,
  payeeHoldHours,
  type Payee,
  type PayeeKind,
  type PayeeState,
} from './domain/payee.js';
export {
  isPart,
  partPattern,
  PAYOUT_MACHINE,
  vouchersMax,
  type Payout,
  type PayoutPart,
  type PayoutState,
  type PayoutVoucher,
} from './domain/payout.js';
export { ActOnce, type Act } from './use-cases/act-once.js';
export { ApprovePayout, type PayoutInput } from './use-cases/approve-payout.js';
export {
  DecideClawBack,
  EnterClawBack,
  type ClawBackAnswer,
  type DecideClawBackInput,
  type EnterClawBackInput,
} from './use-cases/claw-back-money.js';
export { ConfirmPayee, type ConfirmPayeeInput } from './use-cases/confirm-payee.js';
export { DropPayout, type DropPayoutInput } from './use-cases/drop-payout.js';
export {
  EnterPayee,
  type ChangePayeeAccountInput,
  type EnterPayeeInput,
  type PayeeAnswer,
} from './use-cases/enter-payee.js';
export { PayOut, type PayoutOutcomeInput } from './use-cases/pay-out.js';
export {
  PayeePartners,
  PayoutBlocks,
  PayoutBudgets,
  type PartLeft,
  type PayoutCampaign,
} from './use-cases/payout.port.js';
export { ProposePayout, type PayoutAnswer, type ProposePayoutInput } from './use-cases/propose-payout.js';
export { ReadPayouts, type PayoutDetail, type PublicPayout } from './use-cases/read-payouts.js';
