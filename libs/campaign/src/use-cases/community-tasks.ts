import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import type { Task, TaskKind, TaskState } from '../domain/task.js';
import { checkReason } from '../domain/reason.js';
import { TaskStore } from '../store/task.store.js';

/** Raises a task inside the transaction of whatever makes it necessary; once a campaign and kind. */
@Injectable()
export class RaiseTask {
  constructor(private readonly tasks: TaskStore) {}

  execute(
    tx: Tx,
    task: { readonly communityId: Id<'com'>; readonly campaignId: Id<'cmp'>; readonly kind: TaskKind },
  ): Promise<boolean> {
    return this.tasks.raise(tx, task);
  }
}

/** The tasks of a community, for its staff. */
@Injectable()
export class CommunityTasks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tasks: TaskStore,
  ) {}

  async list(input: {
    readonly actor: Actor;
    readonly communityId: Id<'com'>;
    readonly state: TaskState;
    readonly before: Id<'tsk'> | null;
    readonly limit: number;
  }): Promise<Task[]> {
    if (!hasRole(input.actor, 'community_staff', input.communityId)) {
      throw new CampaignError('campaign_forbidden', 'only staff of this community see its tasks');
    }
    return this.tasks.list(input);
  }

  /** Marks a task as done, with a note on what was done. */
  async finish(input: {
    readonly actor: Actor;
    readonly taskId: Id<'tsk'>;
    readonly note: string;
  }): Promise<void> {
    checkReason(input.note, undefined, '/note');
    await this.uow.run(async (tx) => {
      const task = await this.tasks.findForUpdate(tx, input.taskId);
      if (!task || !hasRole(input.actor, 'community_staff', task.communityId)) {
        throw new CampaignError('task_not_found', 'there is no such task');
      }
      if (task.state !== 'open') throw new CampaignError('task_done', 'this task is done already');
      await this.tasks.finish(tx, task, input.actor.personId, input.note);
    });
  }
}
