import { Controller, Get, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReadPartners, type Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { MyPartnerList } from './partners.dto.js';

@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me/partners')
export class MyPartnersController {
  constructor(private readonly partners: ReadPartners) {}

  @Get()
  @Policy('me.read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'the partners that I act for, applications and refused ones among them' })
  @ApiOkResponse({ type: MyPartnerList })
  async list(@Who() actor: Actor): Promise<MyPartnerList> {
    return { items: await this.partners.mine({ actor }) };
  }
}
