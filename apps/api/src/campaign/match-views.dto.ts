import { ApiProperty } from '@nestjs/swagger';
import {
  DONOR_KINDS,
  KINDS,
  MATCH_BINDING_MACHINE,
  MATCH_CODES,
  MATCH_POOL_MACHINE,
  MATCH_RESERVATION_MACHINE,
  MATCH_UNITS,
  RELEASE_REASONS,
  RETURN_CAUSES,
} from '@hehuo/campaign';
import { PageEnd } from '../http/paging.js';
import { WordsView } from '../http/words-view.dto.js';

const instant = { type: String, format: 'date-time' } as const;

/** The terms of a pool. All quantities are in `unit`. */
export class MatchTermsView {
  @ApiProperty({ example: 'mpl_01…' }) id!: string;
  @ApiProperty() donorName!: string;
  @ApiProperty({ enum: DONOR_KINDS }) donorKind!: string;
  @ApiProperty({ enum: MATCH_UNITS }) unit!: string;
  @ApiProperty({ enum: KINDS, isArray: true }) kinds!: readonly string[];
  @ApiProperty({ type: 'integer', description: '10000 is one for one' }) factorBps!: number;
  @ApiProperty({ example: '3' }) factor!: string;
  @ApiProperty() capPerCampaign!: string;
  @ApiProperty() capPerPerson!: string;
  @ApiProperty({ description: 'owed only if the residents’ own part reaches this' })
  conditionMinimum!: string;
  @ApiProperty(instant) startsAt!: string;
  @ApiProperty({ ...instant, description: 'the first instant that is not matched' }) endsAt!: string;
  @ApiProperty({ enum: MATCH_POOL_MACHINE.states }) state!: string;
}

export class MatchPoolView extends MatchTermsView {
  @ApiProperty() total!: string;
  @ApiProperty({ description: 'set aside for pledges that stand' }) reserved!: string;
  @ApiProperty({ description: 'once set aside and let go again' }) released!: string;
  @ApiProperty({ description: 'received from the donor' }) spent!: string;
  @ApiProperty({ description: 'not spoken for' }) left!: string;
  @ApiProperty({ ...instant, nullable: true }) activeSince!: string | null;
}

export class MatchPoolList extends PageEnd {
  @ApiProperty({ type: [MatchPoolView] }) items!: readonly MatchPoolView[];
}

export class WrittenOffView {
  @ApiProperty() campaignId!: string;
  @ApiProperty() amount!: string;
  @ApiProperty() reason!: string;
  @ApiProperty(instant) at!: string;
}

export class MatchPoolDetail extends MatchPoolView {
  @ApiProperty({ type: [String] }) communityIds!: readonly string[];
  @ApiProperty({ type: [WrittenOffView] }) writtenOff!: WrittenOffView[];
}

export class NewMatchPoolView {
  @ApiProperty({ example: 'mpl_01…' }) id!: string;
}

export class MatchWriteOffView {
  @ApiProperty() reason!: string;
  @ApiProperty({ ...instant, nullable: true, description: 'null: proposed only' }) at!: string | null;
}

/** A pool in one campaign: each word says another thing. All quantities are in the unit of the pool. */
export class BoundPoolView {
  @ApiProperty({ type: MatchTermsView }) pool!: MatchTermsView;
  @ApiProperty({ enum: MATCH_BINDING_MACHINE.states }) state!: string;
  @ApiProperty({ description: 'owed if condition and goal are reached' }) conditional!: string;
  @ApiProperty({ description: 'owed if the goal is reached' }) reserved!: string;
  @ApiProperty({ description: 'owed since the decision' }) confirmed!: string;
  @ApiProperty({ description: 'still awaited from the donor' }) matchDue!: string;
  @ApiProperty({ description: 'of what was confirmed, not given after all' }) returned!: string;
  @ApiProperty({ description: 'fen that the donor gets back' }) owedToDonor!: string;
  @ApiProperty({ type: MatchWriteOffView, nullable: true }) writeOff!: MatchWriteOffView | null;
  @ApiProperty({ description: 'what the custodian has of the donor' }) received!: string;
  @ApiProperty({ description: 'let go again' }) released!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'the residents’ own part that the decision counted; null before it',
  })
  residents!: string | null;
  @ApiProperty(instant) boundAt!: string;
}

/** Of a match, what is not given after all, and why. */
export class MatchReturnView {
  @ApiProperty({ enum: RETURN_CAUSES }) cause!: string;
  @ApiProperty({ description: 'what the payer has back' }) ownBack!: string;
  @ApiProperty({ description: 'the share of the match that goes with it' }) wanted!: string;
  @ApiProperty({ description: 'what went back; less where it was spent' }) amount!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty({ type: WordsView }) words!: WordsView;
}

/** Why one pledge is matched by one pool as it is. */
export class MatchLineView {
  @ApiProperty() pledgeId!: string;
  @ApiProperty() poolId!: string;
  @ApiProperty({ enum: MATCH_UNITS }) unit!: string;
  @ApiProperty({ type: 'integer', description: '10000 is one for one' }) factorBps!: number;
  @ApiProperty({ description: 'what the pledge promised itself' }) own!: string;
  @ApiProperty({ description: 'by the factor alone' }) full!: string;
  @ApiProperty({ description: 'after the caps' }) amount!: string;
  @ApiProperty({ enum: MATCH_CODES }) code!: string;
  @ApiProperty({ enum: MATCH_RESERVATION_MACHINE.states }) state!: string;
  @ApiProperty({ enum: RELEASE_REASONS, nullable: true }) releaseReason!: string | null;
  @ApiProperty({ type: WordsView }) words!: WordsView;
  @ApiProperty() returned!: string;
  @ApiProperty({ type: [MatchReturnView] }) returns!: MatchReturnView[];
}

export class CampaignMatchesPage extends PageEnd {
  @ApiProperty({ type: [BoundPoolView] }) pools!: BoundPoolView[];
  @ApiProperty({ type: [MatchLineView] }) items!: readonly MatchLineView[];
}

export class PledgeMatchesView {
  @ApiProperty({ type: [MatchLineView] }) items!: MatchLineView[];
}
