import { Injectable } from '@nestjs/common';
import { Clock, newId, Outbox, StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { CampaignError } from '../domain/errors.js';
import { RECURRING_TASKS, type Task, type TaskState } from '../domain/task.js';

const COLUMNS = `id, community_id AS communityId, kind, campaign_id AS campaignId, state, done_by AS doneBy,
  done_at AS doneAt, created_at AS createdAt`;

@Injectable()
export class TaskStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the task unless the campaign has one of this kind, and opens one anew that comes again; true when there is
   * something new to do. The caller holds the campaign's intake or its row, so that two callers do not both find none.
   */
  async raise(tx: Tx, task: Pick<Task, 'communityId' | 'campaignId' | 'kind'>): Promise<boolean> {
    const there = await sqlOf(tx).row<Pick<Task, 'id' | 'state'>>(
      'SELECT id, state FROM task WHERE campaign_id = ? AND kind = ?',
      [task.campaignId, task.kind],
    );
    if (there) {
      if (there.state === 'open' || !RECURRING_TASKS.includes(task.kind)) return false;
      await sqlOf(tx).change(
        "UPDATE task SET state = 'open', done_by = NULL, done_at = NULL WHERE id = ? AND state = 'done'",
        [there.id],
      );
      await this.tell(tx, there.id, 'done');
      return true;
    }
    const id = newId('tsk', this.clock.now().getTime());
    await sqlOf(tx).change(
      "INSERT INTO task (id, community_id, kind, campaign_id, state) VALUES (?, ?, ?, ?, 'open')",
      [id, task.communityId, task.kind, task.campaignId],
    );
    await this.tell(tx, id, null);
    return true;
  }

  private async tell(tx: Tx, id: Id<'tsk'>, from: TaskState | null): Promise<void> {
    await this.log.append(tx, [{ objectType: 'task', objectId: id, from, to: 'open', event: 'raise' }]);
    await this.outbox.add(tx, [{ topic: 'task.raised', ref: id }]);
  }

  async findForUpdate(tx: Tx, id: Id<'tsk'>): Promise<Task | null> {
    return sqlOf(tx).row<Task>(`SELECT ${COLUMNS} FROM task WHERE id = ? FOR UPDATE`, [id]);
  }

  async finish(tx: Tx, task: Task, doneBy: Id<'per'>, note: string): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(
      "UPDATE task SET state = 'done', done_by = ?, done_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = 'open'",
      [doneBy, task.id],
    );
    if (affectedRows !== 1)
      throw new CampaignError('task_done', 'this task is done already', { taskId: task.id });
    await this.log.append(tx, [
      { objectType: 'task', objectId: task.id, from: 'open', to: 'done', event: 'finish', reason: note },
    ]);
  }

  async list(filter: {
    readonly communityId: Id<'com'>;
    readonly state: TaskState;
    readonly before: Id<'tsk'> | null;
    readonly limit: number;
  }): Promise<Task[]> {
    return this.database.rows<Task>(
      `SELECT ${COLUMNS} FROM task WHERE community_id = ? AND state = ? AND (? IS NULL OR id < ?)
       ORDER BY id DESC LIMIT ?`,
      [filter.communityId, filter.state, filter.before, filter.before, filter.limit],
    );
  }

  async ofCampaign(campaignId: Id<'cmp'>): Promise<Task[]> {
    return this.database.rows<Task>(`SELECT ${COLUMNS} FROM task WHERE campaign_id = ? ORDER BY id`, [
      campaignId,
    ]);
  }
}
