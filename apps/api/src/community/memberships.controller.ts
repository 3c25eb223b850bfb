import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import {
  GuardMinor,
  JoinCommunity,
  ReadMemberships,
  ReviewMembership,
  TrustNeighbours,
} from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { HttpProblem } from '../problem/http-problem.js';
import { EndBody, GuardianBody, JoinBody, JoinedView, MyMemberships } from './memberships.dto.js';

@ApiTags('memberships')
@ApiBearerAuth()
@Controller('v1')
export class MembershipsController {
  constructor(
    private readonly memberships: ReadMemberships,
    private readonly joining: JoinCommunity,
    private readonly guardians: GuardMinor,
    private readonly reviews: ReviewMembership,
    private readonly trust: TrustNeighbours,
  ) {}

  @Get('me/memberships')
  @Policy('membership.mine')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'where I belong, whom I stand in for, and who of my household waits for a guardian',
  })
  @ApiOkResponse({ type: MyMemberships })
  mine(@Who() actor: Actor): Promise<MyMemberships> {
    return this.memberships.mine({ actor });
  }

  @Post('memberships')
  @Policy('membership.mine')
  @ApiOperation({
    summary: 'join a community by the code at my door, or ask its staff',
    description: 'By code an adult is verified at once. Ten wrong codes a day are all.',
  })
  @ApiCreatedResponse({ type: JoinedView })
  join(@Who() actor: Actor, @Body() body: JoinBody): Promise<JoinedView> {
    const { communityId, doorCode, estateId, door, note = null } = body;
    if (doorCode !== undefined && estateId === undefined && door === undefined) {
      return this.joining.byDoorCode({ actor, communityId, code: doorCode });
    }
    if (doorCode === undefined && estateId !== undefined && door !== undefined) {
      return this.joining.byRequest({ actor, communityId, estateId, door, note });
    }
    throw new HttpProblem('validation_failed', 'give either doorCode, or estateId and door', {
      errors: [{ pointer: '/doorCode', message: 'either this, or estateId and door' }],
    });
  }

  @Post('memberships/:id/guardian')
  @Policy('membership.mine')
  @HttpCode(204)
  @ApiOperation({ summary: 'stand in for a minor of my household' })
  @ApiNoContentResponse()
  async guard(
    @Who() actor: Actor,
    @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>,
    @Body() body: GuardianBody,
  ): Promise<void> {
    await this.guardians.execute({ actor, membershipId, agrees: body.agrees });
  }

  @Post('memberships/:id/end')
  @Policy('membership.mine')
  @HttpCode(204)
  @ApiOperation({ summary: 'end a membership: the own one, or as staff of the community' })
  @ApiNoContentResponse()
  async end(
    @Who() actor: Actor,
    @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>,
    @Body() body: EndBody,
  ): Promise<void> {
    await this.reviews.execute({ actor, membershipId, event: 'end', reason: body.reason ?? null });
  }

  @Delete('trusted-neighbours/:id')
  @Policy('trust.end')
  @HttpCode(204)
  @ApiOperation({ summary: 'end a trust: as staff, or the own one' })
  @ApiNoContentResponse()
  async endTrust(@Who() actor: Actor, @Param('id', IdOf('tru')) trustId: Id<'tru'>): Promise<void> {
    await this.trust.end({ actor, trustId });
  }
}
