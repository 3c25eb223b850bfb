import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
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
  CONSENT_KINDS,
  CONSENT_TERMS,
  GiveConsent,
  ListConsents,
  WithdrawConsent,
  type Actor,
} from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { ConsentBody, ConsentItem, ConsentList, ConsentTermsList } from './me.dto.js';

@ApiTags('me')
@Controller('v1')
export class ConsentsController {
  constructor(
    private readonly consents: ListConsents,
    private readonly giving: GiveConsent,
    private readonly withdrawing: WithdrawConsent,
  ) {}

  @Get('consents/terms')
  @Policy('sign-in.enter')
  @ApiOperation({ summary: 'what one may agree to, with the version in force' })
  @ApiOkResponse({ type: ConsentTermsList })
  terms(): ConsentTermsList {
    return { items: CONSENT_KINDS.map((kind) => ({ kind, ...CONSENT_TERMS[kind] })) };
  }

  @Get('me/consents')
  @Policy('me.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'everything I agreed to and took back' })
  @ApiOkResponse({ type: ConsentList })
  async list(@Who() actor: Actor): Promise<ConsentList> {
    return { items: await this.consents.execute({ actor }) };
  }

  @Post('me/consents')
  @Policy('me.change')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'agree to the version in force; agreeing twice is one row' })
  @ApiCreatedResponse({ type: ConsentItem })
  give(@Who() actor: Actor, @Body() body: ConsentBody): Promise<ConsentItem> {
    return this.giving.execute({ actor, ...body });
  }

  @Delete('me/consents/:id')
  @Policy('me.change')
  @ApiBearerAuth()
  @HttpCode(204)
  @ApiOperation({ summary: 'take a consent back; it takes effect at once' })
  @ApiNoContentResponse()
  async withdraw(@Who() actor: Actor, @Param('id', IdOf('cns')) consentId: Id<'cns'>): Promise<void> {
    await this.withdrawing.execute({ actor, consentId });
  }
}
