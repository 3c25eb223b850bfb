import { Readable } from 'node:stream';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ExportCsv, IMPORT_KINDS, ImportRegions, type ImportKind } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { HttpProblem } from '../problem/http-problem.js';
import { ExportQuery, ImportKindPipe, ImportQuery, ImportView } from './imports.dto.js';

@ApiTags('imports')
@ApiBearerAuth()
@Controller('v1')
export class ImportsController {
  constructor(
    private readonly imports: ImportRegions,
    private readonly exports: ExportCsv,
  ) {}

  @Post('imports/:kind')
  @Policy('community.import', { csv: true, requestsPerMinute: 30 })
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiParam({ name: 'kind', enum: IMPORT_KINDS })
  @ApiBody({
    schema: { type: 'string', format: 'binary' },
    description: 'CSV in UTF-8, at most 4 MiB and 20,000 lines',
  })
  @ApiOperation({
    summary: 'read a CSV file: whole or not at all, and twice is once',
    description:
      'Wrong lines come back as `errors` of line, column and message. Headers may be Chinese or English.',
  })
  @ApiOkResponse({ type: ImportView })
  import(
    @Who() actor: Actor,
    @Param('kind', ImportKindPipe) kind: ImportKind,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportView> {
    const source: unknown = request.body;
    if (!(source instanceof Readable)) {
      throw new HttpProblem('unsupported_media_type', 'send the file as content-type: text/csv');
    }
    const { communityId = null, dryRun } = query;
    return this.imports.execute({ actor, kind, communityId, source, dryRun: dryRun === 'true' });
  }

  @Get('exports/:kind')
  @Policy('community.import')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment')
  @Header('cache-control', 'no-store')
  @ApiProduces('text/csv')
  @ApiParam({ name: 'kind', enum: IMPORT_KINDS })
  @ApiOperation({ summary: 'the same file back, safe to open in a spreadsheet' })
  @ApiOkResponse({ schema: { type: 'string' } })
  export(
    @Who() actor: Actor,
    @Param('kind', ImportKindPipe) kind: ImportKind,
    @Query() query: ExportQuery,
  ): Promise<string> {
    return this.exports.execute({ actor, kind, communityId: query.communityId ?? null });
  }
}
