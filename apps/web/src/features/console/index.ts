export { Act } from './act';
export { ConsolePage } from './console-page';
export type { Desk, Role } from './desk';
export { DeskList } from './desk-list';
export { DeskPage } from './desk-page';
export { DeskState } from './desk-state';
export { Filter } from './filter';
export type { Custody, Pool } from './shapes';
export { useAnswer } from './use-answer';
