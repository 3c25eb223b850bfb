import { Body, Controller, Param, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EditPhotos } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { CampaignHead } from './campaigns.dto.js';
import { told } from './drafts.controller.js';
import { IfMatch } from './if-match.js';
import { PhotosBody } from './photos.dto.js';

/** The photos of a campaign. They are uploaded as files first, and shown from here on. */
@ApiTags('campaigns')
@Controller('v1/campaigns/:id/photos')
export class PhotosController {
  constructor(private readonly editPhotos: EditPhotos) {}

  @Put()
  @Policy('campaign.write')
  @ApiOperation({
    summary: 'write all photos of a campaign in their order, at the desk and while it runs',
    description: 'What is left out is taken down, and its bytes are removed.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: 'the version you changed, such as "7"' })
  @ApiOkResponse({ type: CampaignHead, description: 'saved; the ETag is the version of the next change' })
  async write(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: PhotosBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    const photos = body.list();
    return told(reply, await this.editPhotos.execute({ actor, campaignId, version, photos }));
  }
}
