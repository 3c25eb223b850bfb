import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ChallengeLine, EndChallenge, HideMessage, ReadChallenges, Speak } from '@hehuo/book';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import {
  AnswerBody,
  QuestionBody,
  BecauseBody,
  ChallengeCreated,
  ChallengePage,
  ChallengesQuery,
  challengeView,
  SayBody,
  ThreadView,
  threadView,
} from './challenges.dto.js';

const ChallengeId = Param('id', IdOf('chl'));
const byId = [(part: string) => isId('chl', part)];

/** Questions about lines of the public book, and what the custodian answered. */
@ApiTags('public book')
@Controller('v1')
export class ChallengesController {
  constructor(
    private readonly challengeLine: ChallengeLine,
    private readonly speak: Speak,
    private readonly endChallenge: EndChallenge,
    private readonly hideMessage: HideMessage,
    private readonly challenges: ReadChallenges,
  ) {}

  @Get('book-lines/:id/challenges')
  @Policy('book.read', { polled: true })
  @ApiOperation({ summary: 'questions about one line, newest first' })
  @ApiOkResponse({ type: ChallengePage })
  async ofLine(
    @Param('id', IdOf('bln')) lineId: Id<'bln'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<ChallengePage> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const page = pageOf(
      await this.challenges.ofLine(lineId, before, limit + 1),
      limit,
      ({ id }) => [id],
      challengeView,
    );
    return { items: [...page.items], next: page.next };
  }

  @Get('communities/:id/challenges')
  @Policy('book.read', { polled: true })
  @ApiOperation({ summary: 'questions about the money of a community, newest first' })
  @ApiOkResponse({ type: ChallengePage })
  async ofCommunity(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit, state }: ChallengesQuery,
  ): Promise<ChallengePage> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const rows = await this.challenges.ofCommunity(communityId, state ?? null, before, limit + 1);
    const page = pageOf(rows, limit, ({ id }) => [id], challengeView);
    return { items: [...page.items], next: page.next };
  }

  @Get('challenges/:id')
  @Policy('book.read', { polled: true })
  @ApiOperation({ summary: 'one thread from its first word' })
  @ApiOkResponse({ type: ThreadView })
  async thread(@ChallengeId id: Id<'chl'>): Promise<ThreadView> {
    return threadView(await this.challenges.thread(id));
  }

  @Post('book-lines/:id/challenges')
  @Policy('book.challenge', { requestsPerMinute: 30 })
  @ApiOperation({ summary: 'question a line, as a verified member; one open question a person and line' })
  @ApiCreatedResponse({ type: ChallengeCreated })
  async open(
    @Who() actor: Actor,
    @Param('id', IdOf('bln')) lineId: Id<'bln'>,
    @Body() { text }: QuestionBody,
  ): Promise<ChallengeCreated> {
    return { id: await this.challengeLine.execute({ actor, lineId, text }) };
  }

  @Post('challenges/:id/answers')
  @HttpCode(204)
  @Policy('book.answer', { requestsPerMinute: 30 })
  @ApiOperation({
    summary: 'answer, as a signatory of the account, staff or a fund approver of the community',
  })
  @ApiNoContentResponse()
  async answer(
    @Who() actor: Actor,
    @ChallengeId challengeId: Id<'chl'>,
    @Body() { text, fileIds }: AnswerBody,
  ): Promise<void> {
    await this.speak.answer({ actor, challengeId, text, fileIds: fileIds as Id<'fil'>[] });
  }

  @Post('challenges/:id/replies')
  @HttpCode(204)
  @Policy('book.challenge', { requestsPerMinute: 30 })
  @ApiOperation({ summary: 'ask again, as a member; a thread that ended not long ago is open again' })
  @ApiNoContentResponse()
  async reply(
    @Who() actor: Actor,
    @ChallengeId challengeId: Id<'chl'>,
    @Body() { text }: SayBody,
  ): Promise<void> {
    await this.speak.reply({ actor, challengeId, text });
  }

  @Post('challenges/:id/settle')
  @HttpCode(204)
  @Policy('book.challenge')
  @ApiOperation({ summary: 'say that my question is answered' })
  @ApiNoContentResponse()
  async settle(@Who() actor: Actor, @ChallengeId challengeId: Id<'chl'>): Promise<void> {
    await this.endChallenge.settle({ actor, challengeId });
  }

  @Post('challenges/:id/close')
  @HttpCode(204)
  @Policy('book.moderate')
  @ApiOperation({ summary: 'close an answered question, with a reason' })
  @ApiNoContentResponse()
  async close(
    @Who() actor: Actor,
    @ChallengeId challengeId: Id<'chl'>,
    @Body() { reason }: BecauseBody,
  ): Promise<void> {
    await this.endChallenge.close({ actor, challengeId, reason });
  }

  @Post('challenges/:id/messages/:messageId/hide')
  @HttpCode(204)
  @Policy('book.moderate')
  @ApiOperation({ summary: 'hide a text, with a reason that is shown in its place' })
  @ApiNoContentResponse()
  async hide(
    @Who() actor: Actor,
    @ChallengeId challengeId: Id<'chl'>,
    @Param('messageId', IdOf('msg')) messageId: Id<'msg'>,
    @Body() { reason }: BecauseBody,
  ): Promise<void> {
    await this.hideMessage.execute({ actor, challengeId, messageId, reason });
  }
}
