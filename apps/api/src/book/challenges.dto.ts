import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import {
  BOOK_LIMITS,
  CHALLENGE_MACHINE,
  type ChallengeState,
  type NamedChallenge,
  type Thread,
} from '@hehuo/book';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, IsProse, Optional } from '../http/validators.js';

const STATES = CHALLENGE_MACHINE.states;
const instant = { type: String, format: 'date-time' } as const;

export class QuestionBody {
  @ApiProperty({ minLength: BOOK_LIMITS.questionCharactersMin, maxLength: BOOK_LIMITS.messageCharactersMax })
  @IsProse({ min: BOOK_LIMITS.questionCharactersMin, max: BOOK_LIMITS.messageCharactersMax })
  text!: string;
}

export class SayBody {
  @ApiProperty({ maxLength: BOOK_LIMITS.messageCharactersMax })
  @IsProse({ max: BOOK_LIMITS.messageCharactersMax })
  text!: string;
}

export class AnswerBody extends SayBody {
  @Optional({
    type: [String],
    maxItems: BOOK_LIMITS.answerFilesMax,
    description: 'own uploads of POST /v1/files; everybody who reads the thread may read them',
  })
  @IsArray()
  @ArrayMaxSize(BOOK_LIMITS.answerFilesMax)
  @IsIdOf('fil', { each: true })
  fileIds: string[] = [];
}

export class BecauseBody {
  @ApiProperty({ maxLength: BOOK_LIMITS.reasonCharactersMax })
  @IsLine({ min: 3, max: BOOK_LIMITS.reasonCharactersMax })
  reason!: string;
}

export class ChallengesQuery extends PageQuery {
  @Optional({ enum: STATES })
  @IsIn(STATES)
  state?: ChallengeState;
}

export class ChallengeCreated {
  @ApiProperty({ example: 'chl_01…' }) id!: string;
}

export class ChallengeView {
  @ApiProperty({ example: 'chl_01…' }) id!: string;
  @ApiProperty({ example: 'bln_01…' }) lineId!: string;
  @ApiProperty({ type: String, nullable: true }) campaignId!: string | null;
  @ApiProperty({ example: '王**' }) by!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty({
    ...instant,
    nullable: true,
    description: 'until when the custodian answers, while it is open',
  })
  dueAt!: string | null;
  @ApiProperty({ description: 'open past that time' }) overdue!: boolean;
  @ApiProperty({ ...instant, nullable: true }) endedAt!: string | null;
  @ApiProperty(instant) createdAt!: string;
}

export class ChallengePage {
  @ApiProperty({ type: [ChallengeView] }) items!: ChallengeView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class MessageView {
  @ApiProperty({ example: 'msg_01…' }) id!: string;
  @ApiProperty({ example: '李**' }) by!: string;
  @ApiProperty({ enum: ['challenger', 'member', 'custodian'] }) speaker!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null where it was hidden' }) text!:
    string | null;
  @ApiProperty({ type: [String], description: 'files that show it: GET /v1/files/:id' }) fileIds!: string[];
  @ApiProperty({ type: String, nullable: true }) hiddenReason!: string | null;
  @ApiProperty(instant) at!: string;
}

export class ThreadView extends ChallengeView {
  @ApiProperty({ type: [MessageView], description: 'oldest first' }) messages!: MessageView[];
}

export function challengeView(challenge: NamedChallenge): ChallengeView {
  const { id, lineId, campaignId, by, state, dueAt, overdue, endedAt, createdAt } = challenge;
  return {
    ...{ id, lineId, campaignId, by, state, overdue },
    dueAt: dueAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

export function threadView({ challenge, messages }: Thread): ThreadView {
  return {
    ...challengeView(challenge),
    messages: messages.map(({ id, by, speaker, text, fileIds, hiddenReason, createdAt }) => ({
      ...{ id, by, speaker, text, hiddenReason, fileIds: [...fileIds] },
      at: createdAt.toISOString(),
    })),
  };
}
