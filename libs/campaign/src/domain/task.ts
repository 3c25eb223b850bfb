import type { Id } from '@hehuo/kernel';

/**
 * `convene_meeting`: enough households paid attention to ask for a residents' meeting. `answer_challenges`: somebody
 * doubts a line of the campaign's book and has waited too long.
 */
export const TASK_KINDS = ['convene_meeting', 'answer_challenges'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
export type TaskState = 'open' | 'done';

/** Kinds that come again after they were done. */
export const RECURRING_TASKS: readonly TaskKind[] = ['answer_challenges'];

/** Something that staff of a community must do, one a campaign and kind. One that may come again is opened anew. */
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
