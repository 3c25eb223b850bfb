import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import { HttpProblem } from './http-problem.js';
import { problemOf } from './problems.js';

export class ProblemTitle {
  @ApiProperty() 'zh-CN'!: string;
  @ApiProperty() en!: string;
}

export class ProblemExplained {
  @ApiProperty() code!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty({ type: ProblemTitle }) title!: ProblemTitle;
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
