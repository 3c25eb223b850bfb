import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import {
  ActivateCustodyAccount,
  CloseCustodyAccount,
  PaymentError,
  ProposeCustodyAccount,
  ReadCustody,
} from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { custodyView, ProposeCustodyBody } from './payment.dto.js';
import { CustodyAccountList, CustodyAccountView, CustodyAnswerView } from './custody-views.dto.js';

const byId = [(part: string) => isId('cus', part)];

@ApiTags('custody')
@Controller('v1')
export class CustodyController {
  constructor(
    private readonly custody: ReadCustody,
    private readonly proposeAccount: ProposeCustodyAccount,
    private readonly activateAccount: ActivateCustodyAccount,
    private readonly closeAccount: CloseCustodyAccount,
  ) {}

  @Get('communities/:id/custody-accounts')
  @Policy('custody.read')
  @ApiOperation({ summary: 'who holds the money of a community; never the platform' })
  @ApiOkResponse({ type: CustodyAccountList })
  async list(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<CustodyAccountList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const accounts = await this.custody.page(communityId, after, limit + 1);
    return pageOf(accounts, limit, ({ account }) => [account.id], custodyView);
  }

  @Get('custody-accounts/:id')
  @Policy('custody.read')
  @ApiOperation({ summary: 'one account that holds money, and how it can be paid into' })
  @ApiOkResponse({ type: CustodyAccountView })
  async one(@Param('id', IdOf('cus')) id: Id<'cus'>): Promise<CustodyAccountView> {
    const view = await this.custody.byId(id);
    if (!view) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
    return custodyView(view);
  }

  @Post('communities/:id/custody-accounts')
  @Policy('custody.propose')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'propose the account of a legal body; a fund approver activates it' })
  @ApiCreatedResponse({ type: CustodyAnswerView })
  async propose(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() { signatories, ...body }: ProposeCustodyBody,
  ): Promise<CustodyAnswerView> {
    const [one, two] = signatories as [Id<'per'>, Id<'per'>];
    const id = await this.proposeAccount.execute({
      ...{ ...body, actor, communityId },
      signatories: [one, two],
    });
    return { id, state: 'proposed' };
  }

  @Post('custody-accounts/:id/activate')
  @HttpCode(204)
  @Policy('custody.approve')
  @ApiBearerAuth()
  @ApiNoContentResponse()
  @ApiOperation({ summary: 'let it take money; by somebody else than who proposed it' })
  async activate(@Who() actor: Actor, @Param('id', IdOf('cus')) accountId: Id<'cus'>): Promise<void> {
    await this.activateAccount.execute({ actor, accountId });
  }

  @Post('custody-accounts/:id/close')
  @HttpCode(204)
  @Policy('custody.approve')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'take no new money; refunds out of the account go on' })
  @ApiNoContentResponse()
  async close(@Who() actor: Actor, @Param('id', IdOf('cus')) accountId: Id<'cus'>): Promise<void> {
    await this.closeAccount.execute({ actor, accountId });
  }
}
