import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, Matches } from 'class-validator';
import { GATEWAYS, OFFLINE, PAY_SCENES, type GatewayName, type PayScene } from '@hehuo/payment';
import type { AskReport, Item, SettlementView, Tally } from '@hehuo/settlement';
import { boundView } from '../campaign/match.dto.js';
import { PageQuery } from '../http/paging.js';
import type {
  AskReportView,
  SettlementReportView,
  TallyView,
  UnsettledItemView,
} from './settlement-report.dto.js';
import { IsLine, Optional } from '../http/validators.js';

const reasonCharactersMax = 300;
const ONLINE_GATEWAYS = GATEWAYS.filter((gateway) => gateway !== OFFLINE);

export class PayPledgeBody {
  @Optional({ default: false, description: 'give up the payment under way and start another' })
  @IsBoolean()
  newTry: boolean = false;

  @Optional({ enum: ONLINE_GATEWAYS, description: 'one of the custodian’s ways; its first where left out' })
  @IsIn(ONLINE_GATEWAYS)
  gateway?: GatewayName;

  @Optional({ enum: PAY_SCENES, description: 'how to pay there; the gateway’s first way where left out' })
  @IsIn(PAY_SCENES)
  scene?: PayScene;

  @Optional({ description: 'the payer’s openId for the merchant’s app; needed for the scene `wechat`' })
  @Matches(/^[A-Za-z0-9_-]{1,128}$/, { message: 'must be 1 to 128 letters, digits, "_" or "-"' })
  openId?: string;
}

export class RedriveBody {
  @ApiProperty({ maxLength: reasonCharactersMax, description: 'what was repaired, for the log' })
  @IsLine({ min: 4, max: reasonCharactersMax })
  reason!: string;
}

export class UnsettledQuery extends PageQuery {
  @Optional({ enum: ['needs_human', 'waiting'], default: 'needs_human' })
  @IsIn(['needs_human', 'waiting'])
  state: 'needs_human' | 'waiting' = 'needs_human';
}

export function settlementView({
  run,
  progress,
  asks,
  matches,
  givenBack,
}: SettlementView): SettlementReportView {
  return {
    campaignId: run.campaignId,
    decision: run.decision,
    state: run.state,
    haltedReason: run.haltedReason,
    startedAt: run.createdAt.toISOString(),
    doneAt: run.doneAt?.toISOString() ?? null,
    progress,
    asks: asks.map(askView),
    matches: matches.map(boundView),
    givenBackAfterwards: givenBack.toString(),
  };
}

function askView({
  askId,
  kind,
  pledged,
  collected,
  dropped,
  refunded,
  released,
  open,
}: AskReport): AskReportView {
  return {
    askId,
    kind,
    pledged: tallyView(pledged),
    collected: tallyView(collected),
    dropped: tallyView(dropped),
    refunded: tallyView(refunded),
    released: tallyView(released),
    open: tallyView(open),
  };
}

function tallyView({ pledges, quantity }: Tally): TallyView {
  return { pledges, quantity: quantity.toString() };
}

export function itemView({
  pledgeId,
  askId,
  kind,
  quantity,
  action,
  state,
  reason,
}: Item): UnsettledItemView {
  return { pledgeId, askId, kind, quantity: quantity.toString(), action, state, reason };
}
