import { defineMachine, type Machine } from '@hehuo/kernel';

export type RunState = 'materialising' | 'executing' | 'done' | 'halted';
export type RunEvent = 'all_written' | 'finish' | 'halt' | 'resume';

/**
 * A run writes one item for every open pledge, executes them, and is done when each is final and the books agree. It
 * halts instead of going on when they do not.
 */
export const RUN_MACHINE: Machine<RunState, RunEvent> = defineMachine<RunState, RunEvent>(
  'settlement run',
  'materialising',
  {
    materialising: { all_written: 'executing' },
    executing: { finish: 'done', halt: 'halted' },
    halted: { resume: 'executing' },
    done: {},
  },
);

export type ItemState = 'due' | 'waiting' | 'done' | 'needs_human';
export type ItemEvent = 'settle' | 'wait' | 'arrive' | 'get_stuck' | 'redrive';

/** An item waits where somebody outside must act first: the gateway that refunds, or a person with a voucher. */
export const ITEM_MACHINE: Machine<ItemState, ItemEvent> = defineMachine<ItemState, ItemEvent>(
  'settlement item',
  'due',
  {
    due: { settle: 'done', wait: 'waiting', arrive: 'done', get_stuck: 'needs_human' },
    waiting: { arrive: 'done', get_stuck: 'needs_human' },
    needs_human: { redrive: 'due', arrive: 'done' },
    done: {},
  },
);
