import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { LIMITS, type Need, type NeedState, type Similar } from '@hehuo/campaign';
import { PageQuery } from '../http/paging.js';
import { IsLine, IsProse, Optional } from '../http/validators.js';

export const NEED_STATES = ['open', 'grown', 'closed'] as const satisfies readonly NeedState[];
const { titleCharactersMax, needTextCharactersMax, placeCharactersMax, reasonCharactersMax } = LIMITS;

export class RaiseNeedBody {
  @ApiProperty({ maxLength: titleCharactersMax, example: '三号楼缺一把长椅' })
  @IsLine({ max: titleCharactersMax })
  title!: string;

  @ApiProperty({ maxLength: needTextCharactersMax, description: 'what is missing and for whom' })
  @IsProse({ max: needTextCharactersMax })
  text!: string;

  @Optional({ maxLength: placeCharactersMax, default: '' })
  @IsLine({ min: 0, max: placeCharactersMax })
  placeText: string = '';
}

export class ShownReasonBody {
  @ApiProperty({ maxLength: reasonCharactersMax, description: 'shown to those concerned' })
  @IsProse({ max: reasonCharactersMax })
  reason!: string;
}

export class NeedsQuery extends PageQuery {
  @Optional({ enum: NEED_STATES })
  @IsIn(NEED_STATES)
  state?: NeedState;
}

export class SimilarQuery {
  @ApiProperty({ maxLength: 200, description: 'a title or a few words, in any language' })
  @IsLine({ max: 200 })
  text!: string;
}

export class NeedItem {
  @ApiProperty() id!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() text!: string;
  @ApiProperty() placeText!: string;
  @ApiProperty({ enum: NEED_STATES }) state!: string;
  @ApiProperty({ type: 'integer', description: 'verified households that said "me too"' }) echoes!: number;
  @ApiProperty({ type: String, nullable: true, description: 'the campaign that it has grown into' })
  campaignId!: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt!: string;
}

export class NeedView extends NeedItem {
  @ApiProperty({ example: '王**' }) raisedBy!: string;
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'whether your household said so; null if not a member',
  })
  echoed!: boolean | null;
  @ApiProperty() mayClose!: boolean;
}

export class NeedPage {
  @ApiProperty({ type: [NeedItem] }) items!: NeedItem[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class SimilarItem {
  @ApiProperty({ enum: ['need', 'campaign'] }) type!: string;
  @ApiProperty() id!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() state!: string;
  @ApiProperty({ enum: ['same_community', 'same_street'] }) near!: string;
  @ApiProperty({ description: '0 to 1' }) score!: number;
}

export class SimilarList {
  @ApiProperty({ type: [SimilarItem] }) items!: SimilarItem[];
}

export function needItem(need: Need): NeedItem {
  const { id, communityId, title, text, placeText, state, echoCount, campaignId, createdAt } = need;
  return {
    id,
    communityId,
    title,
    text,
    placeText,
    state,
    echoes: echoCount,
    campaignId,
    createdAt: createdAt.toISOString(),
  };
}

export function similarItem({ score, ...similar }: Similar): SimilarItem {
  return { ...similar, score: Math.round(score * 100) / 100 };
}
