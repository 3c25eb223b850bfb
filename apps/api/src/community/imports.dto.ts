import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { PipeTransform } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { IMPORT_KINDS, type ImportKind } from '@hehuo/community';
import { IsIdOf, Optional } from '../http/validators.js';
import { HttpProblem } from '../problem/http-problem.js';

export class ExportQuery {
  @Optional({ type: String, description: 'the community of estates, grids and households' })
  @IsIdOf('com')
  communityId?: Id<'com'>;
}

export class ImportQuery extends ExportQuery {
  @Optional({ enum: ['true', 'false'], default: 'false', description: 'do everything and take it back' })
  @IsIn(['true', 'false'])
  dryRun: 'true' | 'false' = 'false';
}

export class ImportView {
  @ApiProperty({ description: 'lines without the header' })
  rows!: number;

  @ApiProperty()
  created!: number;

  @ApiProperty()
  updated!: number;

  @ApiProperty()
  unchanged!: number;

  @ApiProperty()
  dryRun!: boolean;
}

/** The kind of file in the path. */
export class ImportKindPipe implements PipeTransform<string, ImportKind> {
  transform(value: string): ImportKind {
    const kind = IMPORT_KINDS.find((one) => one === value);
    if (kind) return kind;
    throw new HttpProblem('not_found', `there are files of ${IMPORT_KINDS.join(', ')}`);
  }
}
