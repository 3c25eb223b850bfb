export {
  CHARGE_IN_FLIGHT,
  CHARGE_MACHINE,
  GATEWAYS,
  OFFLINE,
  type Booking,
  type Charge,
  type ChargeState,
  type GatewayName,
} from './domain/charge.js';
export {
  CUSTODY_MACHINE,
  OWNER_KINDS,
  type CustodyAccount,
  type CustodyState,
  type OwnerKind,
} from './domain/custody.js';
export { PaymentError, type PaymentErrorCode, type PayoutErrorCode } from './domain/errors.js';
export { verdictOf, type OrderFinding, type RefundFinding, type Verdict } from './domain/findings.js';
export type { GatewayEvent, GatewayEventState } from './domain/gateway-event.js';
export type { Officer } from './domain/officer.js';
export { statusOf, type PayerStatus } from './domain/payer-status.js';
export {
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
export { SandboxGateway, type SandboxOptions } from './gateways/sandbox/sandbox-gateway.js';
export { callbackPath, PaymentModule, type PaymentOptions } from './payment.module.js';
export { PAYMENT_INVARIANTS } from './store/invariants.js';
export { PAYMENT_ROWS } from './store/rows.js';
export { ActivateCustodyAccount, type CustodyAccountInput } from './use-cases/activate-custody-account.js';
export { ApplyGatewayEvent } from './use-cases/apply-gateway-event.js';
export { AskCharge } from './use-cases/ask-charge.js';
export { CheckCharge } from './use-cases/check-charge.js';
export { CheckRefund } from './use-cases/check-refund.js';
export { CloseCharges, type ClosedCharges } from './use-cases/close-charges.js';
export { CloseCustodyAccount } from './use-cases/close-custody-account.js';
export { ConfirmHandRefund, type ConfirmHandRefundInput } from './use-cases/confirm-hand-refund.js';
export { ConfirmReceipt, type ConfirmReceiptInput } from './use-cases/confirm-receipt.js';
export { DueCharges } from './use-cases/due-charges.js';
export { DueGatewayEvents } from './use-cases/due-gateway-events.js';
export { DueRefunds } from './use-cases/due-refunds.js';
export { EnterHandRefund, type EnterHandRefundInput } from './use-cases/enter-hand-refund.js';
export { EnterReceipt, type EnterReceiptInput } from './use-cases/enter-receipt.js';
export {
  Gateway,
  Gateways,
  type GatewayCapabilities,
  type OrderRef,
  type OrderRequest,
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
  PaidChargeSink,
  PayablePledges,
  RefundSink,
  type PaidCharge,
  type PayablePledge,
} from './use-cases/ports.js';
export {
  ProposeCustodyAccount,
  type ProposeCustodyAccountInput,
} from './use-cases/propose-custody-account.js';
export { ReadBacklog, type PaymentBacklog, type RefundsInState } from './use-cases/read-backlog.js';
export { ReadCharge, type PayersCharge } from './use-cases/read-charge.js';
export { ReadCustody } from './use-cases/read-custody.js';
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
  NoPayoutBlocks,
  PayeePartners,
  PayoutBlocks,
  PayoutBudgets,
  type PartLeft,
  type PayoutCampaign,
} from './use-cases/payout.port.js';
export { ProposePayout, type PayoutAnswer, type ProposePayoutInput } from './use-cases/propose-payout.js';
export { ReadPayouts, type PayoutDetail, type PublicPayout } from './use-cases/read-payouts.js';
