import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import type { AskReport, Item, SettlementView, Tally } from '@hehuo/settlement';
import { PageQuery } from '../http/paging.js';
import { IsLine, Optional } from '../http/validators.js';

const reasonCharactersMax = 300;

export class PayPledgeBody {
  @Optional({ default: false, description: 'give up the payment under way and start another' })
  @IsBoolean()
  newTry: boolean = false;
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

export function settlementView({ run, progress, asks, givenBack }: SettlementView) {
  return {
    campaignId: run.campaignId,
    decision: run.decision,
    state: run.state,
    haltedReason: run.haltedReason,
    startedAt: run.createdAt.toISOString(),
    doneAt: run.doneAt?.toISOString() ?? null,
    progress,
    asks: asks.map(askView),
    givenBackAfterwards: givenBack.toString(),
  };
}

function askView({ askId, kind, pledged, collected, dropped, refunded, released, open }: AskReport) {
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

function tallyView({ pledges, quantity }: Tally) {
  return { pledges, quantity: quantity.toString() };
}

export function itemView({ pledgeId, askId, kind, quantity, action, state, reason }: Item) {
  return { pledgeId, askId, kind, quantity: quantity.toString(), action, state, reason };
}
