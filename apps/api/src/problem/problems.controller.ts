import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import { WordsView } from '../http/words-view.dto.js';
import { HttpProblem } from './http-problem.js';
import { problemOf } from './problems.js';

export class ProblemExplained {
  @ApiProperty() code!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ type: WordsView }) title!: WordsView;
}

/** What stands behind the `type` of every problem document. */
@ApiTags('documentation')
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  @Policy('shell.read')
  @ApiOperation({ summary: 'what a problem code means' })
  @ApiOkResponse({ type: ProblemExplained })
  explain(@Param('code') code: string): ProblemExplained {
    const row = problemOf(code);
    if (!row) throw new HttpProblem('not_found', 'there is no such problem code');
    return { code, status: row.status, title: { 'zh-CN': row.zh, en: row.en } };
  }
}
