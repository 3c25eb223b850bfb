import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ActivateMatchPool, CloseMatchPool, ProposeMatchPool, ReadMatchPools } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { answerOnce, bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { MatchPoolDetail, MatchPoolList, NewMatchPoolView } from './match-views.dto.js';
import { poolDraftOf, poolView, writtenOffView, ProposeMatchPoolBody } from './match.dto.js';

const byId = [(part: string) => isId('mpl', part)];

@ApiTags('match funds')
@Controller('v1')
export class MatchPoolsController {
  constructor(
    private readonly pools: ReadMatchPools,
    private readonly proposePool: ProposeMatchPool,
    private readonly activatePool: ActivateMatchPool,
    private readonly closePool: CloseMatchPool,
  ) {}

  @Get('communities/:id/match-pools')
  @Policy('match.read')
  @ApiOperation({ summary: 'who commits match funds in a community, under which terms and what is left' })
  @ApiOkResponse({ type: MatchPoolList })
  async list(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<MatchPoolList> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const pools = await this.pools.ofCommunity(communityId, before, limit + 1);
    return pageOf(pools, limit, ({ id }) => [id], poolView);
  }

  @Get('match-pools/:id')
  @Policy('match.read')
  @ApiOperation({
    summary: 'one pool with the communities that it is for, and what of it was written off, with the reasons',
  })
  @ApiOkResponse({ type: MatchPoolDetail })
  async one(@Param('id', IdOf('mpl')) id: Id<'mpl'>): Promise<MatchPoolDetail> {
    const { pool, communityIds, writtenOff } = await this.pools.one(id);
    return { ...poolView(pool), communityIds, writtenOff: writtenOff.map(writtenOffView) };
  }

  @Post('match-pools')
  @Policy('match.propose')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'write down what a donor commits; a fund approver activates it' })
  @ApiCreatedResponse({ type: NewMatchPoolView })
  async propose(
    @Who() actor: Actor,
    @IdempotencyKey() idempotencyKey: string,
    @Body() body: ProposeMatchPoolBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewMatchPoolView> {
    const requestHash = bodyHash({ ...body });
    const input = { actor, draft: poolDraftOf(body), idempotencyKey, requestHash };
    return answerOnce(reply, await this.proposePool.execute(input));
  }

  @Post('match-pools/:id/activate')
  @HttpCode(204)
  @Policy('match.approve')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'let it match; by somebody else than who proposed it' })
  @ApiNoContentResponse()
  async activate(@Who() actor: Actor, @Param('id', IdOf('mpl')) poolId: Id<'mpl'>): Promise<void> {
    await this.activatePool.execute({ actor, poolId });
  }

  @Post('match-pools/:id/close')
  @HttpCode(204)
  @Policy('match.approve')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'reserve nothing more; what was reserved is kept' })
  @ApiNoContentResponse()
  async close(@Who() actor: Actor, @Param('id', IdOf('mpl')) poolId: Id<'mpl'>): Promise<void> {
    await this.closePool.execute({ actor, poolId });
  }
}
