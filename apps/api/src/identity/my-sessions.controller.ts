import { Controller, Delete, Get, HttpCode, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Id } from '@hehuo/kernel';
import { ListSessions, RevokeSessions, type Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { SessionCookie } from '../access/session-cookie.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { EndedView, SessionList, SessionsQuery } from './me.dto.js';

@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me/sessions')
export class MySessionsController {
  constructor(
    private readonly sessions: ListSessions,
    private readonly revocations: RevokeSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Policy('me.read')
  @ApiOperation({ summary: 'my open sessions, one a device' })
  @ApiOkResponse({ type: SessionList })
  async list(@Who() actor: Actor): Promise<SessionList> {
    return { items: await this.sessions.execute({ actor }) };
  }

  @Delete()
  @Policy('me.change')
  @ApiOperation({ summary: 'end all other sessions, or all of them' })
  @ApiOkResponse({ type: EndedView })
  async endAll(
    @Who() actor: Actor,
    @Query() query: SessionsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedView> {
    const ended = await this.revocations.execute({ actor, which: query.which });
    if (query.which === 'all') this.cookie.clear(reply);
    return { ended };
  }

  @Delete(':id')
  @Policy('me.change')
  @HttpCode(204)
  @ApiOperation({ summary: 'end one session; its own id signs out' })
  @ApiNoContentResponse()
  async end(
    @Who() actor: Actor,
    @Param('id', IdOf('ses')) id: Id<'ses'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.revocations.execute({ actor, which: id });
    if (id === actor.sessionId) this.cookie.clear(reply);
  }
}
