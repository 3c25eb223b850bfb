import type { Id } from '@hehuo/kernel';

/** `convene_meeting`: enough households paid attention to ask for a residents' meeting. */
export const TASK_KINDS = ['convene_meeting'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
export type TaskState = 'open' | 'done';

/** Something that staff of a community must do, raised at most once a campaign and kind. */
export interface Task {
  readonly id: Id<'tsk'>;
  readonly communityId: Id<'com'>;
  readonly kind: TaskKind;
  readonly campaignId: Id<'cmp'>;
  readonly state: TaskState;
  readonly doneBy: Id<'per'> | null;
  readonly doneAt: Date | null;
  readonly createdAt: Date;
}
