import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import { HttpProblem } from './http-problem.js';
import { problemOf } from './problems.js';

interface ProblemExplained {
  readonly code: string;
  readonly status: number;
  readonly title: { readonly 'zh-CN': string; readonly en: string };
}

/** What stands behind the `type` of every problem document. */
@ApiTags('documentation')
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  @Policy('shell.read')
  @ApiOperation({ summary: 'what a problem code means' })
  explain(@Param('code') code: string): ProblemExplained {
    const row = problemOf(code);
    if (!row) throw new HttpProblem('not_found', 'there is no such problem code');
    return { code, status: row.status, title: { 'zh-CN': row.zh, en: row.en } };
  }
}
