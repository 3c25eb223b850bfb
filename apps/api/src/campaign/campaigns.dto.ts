import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import {
  CAMPAIGN_MACHINE,
  KINDS,
  LEGAL_TYPES,
  type Campaign,
  type CampaignCardView,
  type CampaignState,
  type Kind,
  type LogLine,
} from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, Optional } from '../http/validators.js';
import { deadlineOf, DeadlineView } from './deadline.dto.js';
import { PhotoView, photoView } from './photos.dto.js';

const STATES = CAMPAIGN_MACHINE.states;
const instant = { type: String, format: 'date-time' } as const;

export class CampaignsQuery extends PageQuery {
  @Optional({ type: String })
  @IsIdOf('com')
  communityId?: Id<'com'>;

  @Optional({ enum: STATES })
  @IsIn(STATES)
  state?: CampaignState;

  @Optional({ enum: KINDS, description: 'asks for this kind of help' })
  @IsIn(KINDS)
  kind?: Kind;

  @Optional({ type: String, description: 'campaigns of one person' })
  @IsIdOf('per')
  organiserId?: Id<'per'>;
}

export class ExtendBody {
  @ApiProperty({ example: '2026-12-31T20:00', description: 'local time of the community, or with an offset' })
  @IsLine({ max: 40 })
  deadline!: string;
}

/** What changed, in short: the page has the rest. */
export class CampaignHead {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty({ type: 'integer', description: 'send it as If-Match with the next change' }) version!: number;
  @ApiProperty({ type: 'integer', description: 'how often it was handed in' }) round!: number;
  @ApiProperty({ type: DeadlineView, nullable: true }) deadline!: DeadlineView | null;
  @ApiProperty({ ...instant, nullable: true }) noticeEndsAt!: string | null;
}

export class Missing {
  @ApiProperty({ example: '/story/title', description: 'JSON pointer into the draft' }) pointer!: string;
  @ApiProperty({ example: 'missing' }) code!: string;
  @ApiProperty() message!: string;
}

export class MissingList {
  @ApiProperty({ type: [Missing] }) items!: readonly Missing[];
}

export class AskProgressView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty() title!: string;
  @ApiProperty() unit!: string;
  @ApiProperty({ type: String, nullable: true }) unitLabel!: string | null;
  @ApiProperty() required!: boolean;
  @ApiProperty({ example: '480' }) minimum!: string;
  @ApiProperty({ example: '720' }) wanted!: string;
  @ApiProperty({ example: '120', description: 'promised so far' }) promised!: string;
}

export class CampaignItem {
  @ApiProperty() id!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty() communityName!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty() title!: string;
  @ApiProperty() lead!: string;
  @ApiProperty() placeText!: string;
  @ApiProperty() category!: string;
  @ApiProperty({ enum: LEGAL_TYPES }) legalType!: string;
  @ApiProperty({ type: DeadlineView, nullable: true }) deadline!: DeadlineView | null;
  @ApiProperty({ type: [AskProgressView] }) asks!: AskProgressView[];
  @ApiProperty({ type: 'integer', description: 'households with a promise that counts' }) households!: number;
  @ApiProperty({ description: 'pledges that count' }) pledges!: string;
  @ApiProperty({ type: PhotoView, nullable: true, description: 'its first photo' }) cover!: PhotoView | null;
  @ApiProperty(instant) createdAt!: string;
}

export class CampaignList {
  @ApiProperty({ type: [CampaignItem] }) items!: CampaignItem[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class LogLineView {
  @ApiProperty({ type: String, nullable: true }) from!: string | null;
  @ApiProperty() to!: string;
  @ApiProperty({ example: 'approve' }) event!: string;
  @ApiProperty({ type: String, nullable: true, example: '李**', description: 'null: the platform itself' })
  actor!: string | null;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty(instant) at!: string;
}

export class LogPage {
  @ApiProperty({ type: [LogLineView] }) items!: LogLineView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export function headOf(campaign: Campaign): CampaignHead {
  const { id, state, version, round, deadline, timeZone, noticeEndsAt } = campaign;
  return {
    id,
    state,
    version,
    round,
    deadline: deadlineOf(deadline, timeZone),
    noticeEndsAt: noticeEndsAt?.toISOString() ?? null,
  };
}

export function campaignItem(card: CampaignCardView, communityName: string): CampaignItem {
  const { id, communityId, state, title, lead, placeText, category, legalType } = card;
  return {
    id,
    communityId,
    communityName,
    state,
    title,
    lead,
    placeText,
    category,
    legalType,
    deadline: deadlineOf(card.deadline, card.timeZone),
    asks: card.asks.map((ask) => ({
      id: ask.askId,
      kind: ask.kind,
      title: ask.title,
      unit: ask.unit,
      unitLabel: ask.unitLabel,
      required: ask.required,
      minimum: ask.minimum.toString(),
      wanted: ask.wanted.toString(),
      promised: ask.reserved.toString(),
    })),
    households: card.households,
    pledges: card.pledges.toString(),
    cover: card.cover && photoView(card.cover),
    createdAt: card.createdAt.toISOString(),
  };
}

export function logLine({ from, to, event, actor, reason, at }: LogLine): LogLineView {
  return { from, to, event, actor, reason, at: at.toISOString() };
}
