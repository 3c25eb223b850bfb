import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CloseNeed, EchoNeed, FindSimilar, RaiseNeed, ReadNeeds } from '@hehuo/campaign';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who, WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import {
  needItem,
  NeedItem,
  NeedPage,
  NeedsQuery,
  NeedView,
  RaiseNeedBody,
  ShownReasonBody,
  similarItem,
  SimilarList,
  SimilarQuery,
} from './needs.dto.js';

const byId = [(part: string) => isId('ned', part)];

@ApiTags('needs')
@Controller('v1')
export class NeedsController {
  constructor(
    private readonly raiseNeed: RaiseNeed,
    private readonly echoNeed: EchoNeed,
    private readonly closeNeed: CloseNeed,
    private readonly needs: ReadNeeds,
    private readonly findSimilar: FindSimilar,
    private readonly people: ReadPeople,
  ) {}

  @Get('communities/:id/needs')
  @Policy('need.read', { polled: true })
  @ApiOperation({ summary: 'what is missing in a community, newest first' })
  @ApiOkResponse({ type: NeedPage })
  async list(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() query: NeedsQuery,
  ): Promise<NeedPage> {
    const { cursor, limit, state = null } = query;
    const before = (keysetOf(cursor, byId)?.[0] ?? null) as Id<'ned'> | null;
    const needs = await this.needs.list({ communityId, state, before, limit: limit + 1 });
    const page = pageOf(needs, limit, ({ id }) => [id], needItem);
    return { items: [...page.items], next: page.next };
  }

  @Post('communities/:id/needs')
  @Policy('need.act')
  @ApiOperation({ summary: 'say what is missing; your household is the first that says "me too"' })
  @ApiCreatedResponse({ type: NeedItem })
  async raise(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() body: RaiseNeedBody,
  ): Promise<NeedItem> {
    return needItem(await this.raiseNeed.execute({ actor, communityId, ...body }));
  }

  @Get('communities/:id/similar')
  @Policy('need.read')
  @ApiOperation({ summary: 'open needs and running campaigns like a text, here and in the same street' })
  @ApiOkResponse({ type: SimilarList })
  async similar(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { text }: SimilarQuery,
  ): Promise<SimilarList> {
    return { items: (await this.findSimilar.execute({ communityId, text })).map(similarItem) };
  }

  @Get('needs/:id')
  @Policy('need.read', { polled: true })
  @ApiOperation({ summary: 'one need' })
  @ApiOkResponse({ type: NeedView })
  async one(@WhoIfAny() actor: Actor | null, @Param('id', IdOf('ned')) id: Id<'ned'>): Promise<NeedView> {
    const need = await this.needs.one(id, actor);
    const raisedBy = (await this.people.names([need.raisedBy])).get(need.raisedBy)?.masked ?? '';
    return { ...needItem(need), raisedBy, echoed: need.echoed, mayClose: need.mayClose };
  }

  @Put('needs/:id/me-too')
  @Policy('need.act')
  @ApiOperation({ summary: 'say "me too" for your household; saying it again changes nothing' })
  @ApiOkResponse({ type: NeedItem })
  async echo(@Who() actor: Actor, @Param('id', IdOf('ned')) needId: Id<'ned'>): Promise<NeedItem> {
    return needItem(await this.echoNeed.execute({ actor, needId }));
  }

  @Delete('needs/:id/me-too')
  @Policy('need.act')
  @ApiOperation({ summary: 'take your "me too" back' })
  @ApiOkResponse({ type: NeedItem })
  async withdraw(@Who() actor: Actor, @Param('id', IdOf('ned')) needId: Id<'ned'>): Promise<NeedItem> {
    return needItem(await this.echoNeed.withdraw({ actor, needId }));
  }

  @Post('needs/:id/close')
  @HttpCode(200)
  @Policy('need.act')
  @ApiOperation({ summary: 'close a need that is met or was a mistake: its raiser or staff' })
  @ApiOkResponse({ type: NeedItem })
  async close(
    @Who() actor: Actor,
    @Param('id', IdOf('ned')) needId: Id<'ned'>,
    @Body() { reason }: ShownReasonBody,
  ): Promise<NeedItem> {
    return needItem(await this.closeNeed.execute({ actor, needId, reason }));
  }
}
