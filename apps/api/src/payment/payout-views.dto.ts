import { ApiProperty } from '@nestjs/swagger';
import { CLAW_BACK_MACHINE, PAYEE_KINDS, PAYEE_MACHINE, PAYOUT_MACHINE } from '@hehuo/payment';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

/** Who is to be paid, for officers and the organiser. */
export class PayeeView {
  @ApiProperty({ example: 'pye_01…' }) id!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ enum: PAYEE_KINDS }) kind!: string;
  @ApiProperty({ type: String, nullable: true }) partnerId!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty() bankName!: string;
  @ApiProperty({ example: '****6789', description: 'the last four characters behind stars' })
  account!: string;
  @ApiProperty({ enum: PAYEE_MACHINE.states }) state!: string;
  @ApiProperty() enteredBy!: string;
  @ApiProperty({ type: String, nullable: true }) confirmedBy!: string | null;
  @ApiProperty({ ...instant, description: 'the hold runs from here' }) changedAt!: string;
}

export class PayeeList extends PageEnd {
  @ApiProperty({ type: [PayeeView] }) items!: readonly PayeeView[];
}

export class PayeeAnswerView {
  @ApiProperty({ example: 'pye_01…' }) id!: string;
  @ApiProperty({ enum: PAYEE_MACHINE.states }) state!: string;
}

export class PayoutAnswerView {
  @ApiProperty({ example: 'pyo_01…' }) id!: string;
  @ApiProperty({ enum: PAYOUT_MACHINE.states }) state!: string;
}

export class ClawBackAnswerView {
  @ApiProperty({ example: 'clw_01…' }) id!: string;
  @ApiProperty({ enum: CLAW_BACK_MACHINE.states }) state!: string;
}

export class PublicPayeeView {
  @ApiProperty({ enum: PAYEE_KINDS, nullable: true, description: 'null: a donor, whose match goes back' })
  kind!: string | null;
  @ApiProperty() name!: string;
}

export class PublicVoucherView {
  @ApiProperty({ description: 'number of the invoice or receipt' }) number!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
}

export class VoucherView extends PublicVoucherView {
  @ApiProperty({ type: String, nullable: true }) fileId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'where the proof is, when it is no file' })
  evidence!: string | null;
}

/** What everybody and those who handle it read of a payout alike. */
export class PayoutFacts {
  @ApiProperty({ example: 'pyo_01…' }) id!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ example: 'milestone:0' }) part!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty({ description: 'fen that the payee gave back' }) clawedBack!: string;
  @ApiProperty() purpose!: string;
  @ApiProperty({ enum: PAYOUT_MACHINE.states }) state!: string;
  @ApiProperty(instant) proposedAt!: string;
  @ApiProperty({ ...instant, nullable: true }) releasedAt!: string | null;
  @ApiProperty({ ...instant, nullable: true }) endedAt!: string | null;
}

export class PublicPayoutView extends PayoutFacts {
  @ApiProperty({ type: PublicPayeeView }) payee!: PublicPayeeView;
  @ApiProperty({ type: [PublicVoucherView] }) vouchers!: PublicVoucherView[];
}

export class PayoutList extends PageEnd {
  @ApiProperty({ type: [PublicPayoutView] }) items!: readonly PublicPayoutView[];
}

/** Money that a payee gave back. */
export class ClawBackView {
  @ApiProperty({ example: 'clw_01…' }) id!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty({ description: 'the bank’s number of the transfer' }) voucher!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: CLAW_BACK_MACHINE.states }) state!: string;
  @ApiProperty() enteredBy!: string;
  @ApiProperty({ type: String, nullable: true }) decidedBy!: string | null;
}

/** One payout with its hands, for officers and the organiser. */
export class PayoutView extends PayoutFacts {
  @ApiProperty({ type: PayeeView, nullable: true }) payee!: PayeeView | null;
  @ApiProperty() custodyAccountId!: string;
  @ApiProperty({ type: [VoucherView] }) vouchers!: VoucherView[];
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ type: String, nullable: true }) approvedBy!: string | null;
  @ApiProperty({ type: String, nullable: true }) releasedBy!: string | null;
  @ApiProperty({ type: String, nullable: true }) sentBy!: string | null;
  @ApiProperty({ ...instant, nullable: true }) sentAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) endedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the bank’s number' }) voucher!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'why it was dropped or came back' })
  reason!: string | null;
  @ApiProperty({ type: [ClawBackView] }) clawBacks!: ClawBackView[];
}
