import { ApiProperty } from '@nestjs/swagger';
import { UNITS } from '@hehuo/ledger';
import { PageEnd } from '../http/paging.js';
import { FrozenAskView } from './pledge-views.dto.js';

const instant = { type: String, format: 'date-time' } as const;

/** A decision and the numbers that it was made from, as they were frozen. */
export class SnapshotView {
  @ApiProperty({ enum: ['deadline', 'collection', 'cancel'] }) stage!: string;
  @ApiProperty({ enum: ['succeeded', 'collecting', 'failed', 'cancelled'] }) outcome!: string;
  @ApiProperty({ type: [FrozenAskView] }) asks!: FrozenAskView[];
  @ApiProperty({ description: 'pledges that counted' }) pledges!: string;
  @ApiProperty(instant) decidedAt!: string;
}

export class SnapshotList {
  @ApiProperty({ type: [SnapshotView] }) items!: SnapshotView[];
}

/** One account of the campaign's books. All quantities are in `unit`. */
export class AccountOnBooks {
  @ApiProperty({ example: 'fen/escrow/cmp_01…' }) account!: string;
  @ApiProperty({ enum: UNITS }) unit!: string;
  @ApiProperty({ example: 'escrow' }) code!: string;
  @ApiProperty() owner!: string;
  @ApiProperty() debits!: string;
  @ApiProperty() credits!: string;
  @ApiProperty({ description: 'credits less debits' }) balance!: string;
  @ApiProperty({ description: 'credits less debits that wait to be posted or voided' }) pending!: string;
}

export class AccountList {
  @ApiProperty({ type: [AccountOnBooks] }) items!: AccountOnBooks[];
}

export class AccountLineView {
  @ApiProperty() seq!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({ type: String, nullable: true }) ref!: string | null;
  @ApiProperty({ type: 'integer', description: 'transfers that are folded into this line' })
  transfers!: number;
  @ApiProperty() debit!: string;
  @ApiProperty() credit!: string;
  @ApiProperty() pending!: string;
  @ApiProperty() balanceAfter!: string;
  @ApiProperty() pendingAfter!: string;
}

export class AccountLinePage extends PageEnd {
  @ApiProperty({ type: [AccountLineView] }) items!: AccountLineView[];
}
