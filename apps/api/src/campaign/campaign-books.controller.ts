import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ForecastCampaign, ReadBooks } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { IdOf } from '../http/id.pipe.js';
import { cursorOf, keysetOf, PageQuery } from '../http/paging.js';
import { ForecastView } from './pledge-views.dto.js';
import { AccountLinePage, AccountList, SnapshotList } from './book-views.dto.js';
import { accountView, forecastView, lineView, snapshotView } from './pledges.dto.js';

const bySeq = [(part: string) => /^[1-9][0-9]{0,18}$/.test(part)];

export class LinesQuery extends PageQuery {
  @ApiProperty({ example: 'fen/escrow/cmp_01…', description: 'one of the accounts of the campaign' })
  @Matches(/^[a-z_]{1,30}\/[a-z_]{1,30}\/[a-z]{3}_[0-9a-z]{26}$/, {
    message: 'must be an account that GET …/ledger lists',
  })
  account!: string;
}

/** What anybody may read of a campaign's numbers: what would happen now, what was decided, where everything went. */
@ApiTags('books')
@Controller('v1/campaigns/:id')
export class CampaignBooksController {
  constructor(
    private readonly forecastCampaign: ForecastCampaign,
    private readonly books: ReadBooks,
  ) {}

  @Get('forecast')
  @Policy('campaign.forecast', { polled: true })
  @ApiOperation({ summary: 'what would happen if it closed now, ask by ask, and what is short' })
  @ApiOkResponse({ type: ForecastView })
  async forecast(@Param('id', IdOf('cmp')) id: Id<'cmp'>): Promise<ForecastView> {
    return forecastView(await this.forecastCampaign.execute(id));
  }

  @Get('decisions')
  @Policy('campaign.ledger')
  @ApiOperation({ summary: 'the decisions and the numbers that they were made from, as they were frozen' })
  @ApiOkResponse({ type: SnapshotList })
  async decisions(@Param('id', IdOf('cmp')) id: Id<'cmp'>): Promise<SnapshotList> {
    return { items: (await this.books.decisions(id)).map(snapshotView) };
  }

  @Get('ledger')
  @Policy('campaign.ledger', { polled: true })
  @ApiOperation({ summary: 'the accounts of the campaign and its asks, each in its own unit' })
  @ApiOkResponse({ type: AccountList })
  async ledger(@Param('id', IdOf('cmp')) id: Id<'cmp'>): Promise<AccountList> {
    return { items: (await this.books.accounts(id)).map(accountView) };
  }

  @Get('ledger/lines')
  @Policy('campaign.ledger')
  @ApiOperation({ summary: 'one account line by line with its running balance, newest first' })
  @ApiOkResponse({ type: AccountLinePage })
  async lines(
    @Param('id', IdOf('cmp')) id: Id<'cmp'>,
    @Query() { account, cursor, limit }: LinesQuery,
  ): Promise<AccountLinePage> {
    const before = keysetOf(cursor, bySeq)?.[0];
    const { lines, next } = await this.books.lines(
      id,
      account,
      before === undefined ? null : BigInt(before),
      limit,
    );
    return { items: lines.map(lineView), next: next === null ? null : cursorOf([next.toString()]) };
  }
}
