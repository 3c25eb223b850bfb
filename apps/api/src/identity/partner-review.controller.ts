import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import { ReviewPartner, type Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { ReasonBody } from './partners.dto.js';

@ApiTags('partners')
@ApiBearerAuth()
@Controller('v1/partners/:id')
export class PartnerReviewController {
  constructor(private readonly reviews: ReviewPartner) {}

  @Post('verify')
  @Policy('partner.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'verify a partner whose evidence is on file' })
  @ApiNoContentResponse()
  async verify(@Who() actor: Actor, @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>): Promise<void> {
    await this.reviews.execute({ actor, partnerId, event: 'verify', reason: null });
  }

  @Post('refuse')
  @Policy('partner.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'refuse an application and say why' })
  @ApiNoContentResponse()
  async refuse(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Body() body: ReasonBody,
  ): Promise<void> {
    await this.reviews.execute({ actor, partnerId, event: 'refuse', reason: body.reason });
  }

  @Post('suspend')
  @Policy('partner.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'take a verified partner off the list and say why' })
  @ApiNoContentResponse()
  async suspend(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Body() body: ReasonBody,
  ): Promise<void> {
    await this.reviews.execute({ actor, partnerId, event: 'suspend', reason: body.reason });
  }

  @Post('restore')
  @Policy('partner.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'put a suspended partner back on the list' })
  @ApiNoContentResponse()
  async restore(@Who() actor: Actor, @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>): Promise<void> {
    await this.reviews.execute({ actor, partnerId, event: 'restore', reason: null });
  }
}
