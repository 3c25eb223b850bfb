import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId, type Id } from '@hehuo/kernel';
import { CommunityError, ReadCommunity, ReadGround } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import {
  CommunityItem,
  CommunityPage,
  CommunityQuery,
  EstatePage,
  GridPage,
  HouseholdPage,
  HouseholdQuery,
  RegionPage,
  RegionQuery,
} from './ground.dto.js';

@ApiTags('communities')
@Controller('v1')
export class GroundController {
  constructor(
    private readonly communities: ReadCommunity,
    private readonly ground: ReadGround,
  ) {}

  @Get('regions')
  @Policy('community.read')
  @ApiOperation({ summary: 'the region tree, level by level: cities, districts, streets' })
  @ApiOkResponse({ type: RegionPage })
  async regions(@Query() query: RegionQuery): Promise<RegionPage> {
    const rows = await this.ground.regionsBelow(query.parentId ?? null, after(query, 'reg'), query.limit + 1);
    return page(rows, query);
  }

  @Get('communities')
  @Policy('community.read')
  @ApiOperation({ summary: 'communities, by a part of the name or by street' })
  @ApiOkResponse({ type: CommunityPage })
  async search(@Query() query: CommunityQuery): Promise<CommunityPage> {
    const { name = null, streetId = null, limit } = query;
    return page(
      await this.communities.search({ name, streetId, after: after(query, 'com'), limit: limit + 1 }),
      query,
    );
  }

  @Get('communities/:id')
  @Policy('community.read', { polled: true })
  @ApiOperation({ summary: 'one community' })
  @ApiOkResponse({ type: CommunityItem })
  async read(@Param('id', IdOf('com')) id: Id<'com'>): Promise<CommunityItem> {
    const community = await this.communities.byId(id);
    if (!community) throw new CommunityError('community_not_found', 'there is no such community');
    return community;
  }

  @Get('communities/:id/estates')
  @Policy('community.read')
  @ApiOperation({ summary: 'estates and courtyards of a community' })
  @ApiOkResponse({ type: EstatePage })
  async estates(@Param('id', IdOf('com')) id: Id<'com'>, @Query() query: PageQuery): Promise<EstatePage> {
    return page(await this.ground.estates(id, after(query, 'est'), query.limit + 1), query);
  }

  @Get('communities/:id/grids')
  @Policy('community.read')
  @ApiOperation({ summary: 'general and micro grids of a community' })
  @ApiOkResponse({ type: GridPage })
  async grids(@Param('id', IdOf('com')) id: Id<'com'>, @Query() query: PageQuery): Promise<GridPage> {
    return page(await this.ground.grids(id, after(query, 'grd'), query.limit + 1), query);
  }

  @Get('communities/:id/households')
  @Policy('community.households')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'households of a community, for its staff' })
  @ApiOkResponse({ type: HouseholdPage })
  async households(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() query: HouseholdQuery,
  ): Promise<HouseholdPage> {
    const { estateId = null, limit } = query;
    const input = { actor, communityId, estateId, after: after(query, 'hhd'), limit: limit + 1 };
    const rows = await this.ground.householdsOf(input);
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ communityId: _communityId, ...row }) => row,
    );
  }
}

/** The id that the page before ended with. */
export function after(query: PageQuery, prefix: string): string {
  return keysetOf(query.cursor, [(part) => isId(prefix, part)])?.[0] ?? '';
}

/** A page of rows that are shown as they are, in the order of their ids. */
export function page<T extends { readonly id: string }>(rows: readonly T[], query: PageQuery) {
  return pageOf(
    rows,
    query.limit,
    ({ id }) => [id],
    (row) => row,
  );
}
