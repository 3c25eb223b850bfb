import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { CommunityTasks, LIMITS, TASK_KINDS, type Task, type TaskState } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import { IsProse, Optional } from '../http/validators.js';

const STATES = ['open', 'done'] as const satisfies readonly TaskState[];

export class TasksQuery extends PageQuery {
  @Optional({ enum: STATES, default: 'open' })
  @IsIn(STATES)
  state: TaskState = 'open';
}

export class FinishTaskBody {
  @ApiProperty({ maxLength: LIMITS.reasonCharactersMax, description: 'what was done' })
  @IsProse({ max: LIMITS.reasonCharactersMax })
  note!: string;
}

export class TaskItem {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: TASK_KINDS }) kind!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ enum: STATES }) state!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) doneAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt!: string;
}

export class TaskPage {
  @ApiProperty({ type: [TaskItem] }) items!: TaskItem[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

/** What campaigns ask of the staff of a community. */
@ApiTags('tasks')
@Controller('v1')
export class TasksController {
  constructor(private readonly tasks: CommunityTasks) {}

  @Get('communities/:id/tasks')
  @Policy('task.read', { polled: true })
  @ApiOperation({ summary: 'tasks of a community, newest first: for its staff' })
  @ApiOkResponse({ type: TaskPage })
  async list(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit, state }: TasksQuery,
  ): Promise<TaskPage> {
    const before = (keysetOf(cursor, [(part) => isId('tsk', part)])?.[0] ?? null) as Id<'tsk'> | null;
    const tasks = await this.tasks.list({ actor, communityId, state, before, limit: limit + 1 });
    const page = pageOf(tasks, limit, ({ id }) => [id], taskItem);
    return { items: [...page.items], next: page.next };
  }

  @Post('tasks/:id/done')
  @HttpCode(204)
  @Policy('task.finish')
  @ApiOperation({ summary: 'mark a task as done, with a note' })
  @ApiNoContentResponse()
  async finish(
    @Who() actor: Actor,
    @Param('id', IdOf('tsk')) taskId: Id<'tsk'>,
    @Body() { note }: FinishTaskBody,
  ): Promise<void> {
    await this.tasks.finish({ actor, taskId, note });
  }
}

function taskItem({ id, kind, campaignId, state, doneAt, createdAt }: Task): TaskItem {
  return {
    id,
    kind,
    campaignId,
    state,
    doneAt: doneAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
