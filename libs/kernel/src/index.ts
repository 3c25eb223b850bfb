export { newId, isId, derivedId, type Id } from './ids.js';
export { allocate, fenToYuan, parseQuantity, QUANTITY_MAX, yuanToFen, type Quantity } from './quantity.js';
export { chineseCapitals } from './chinese-capitals.js';
export { Clock } from './clock.js';
export { DomainError } from './domain-error.js';
export { defineMachine, StateConflict, type Machine, type Transitions } from './machine.js';
export { Outbox, StateLog, UnitOfWork, type DomainEvent, type StateChange, type Tx } from './unit-of-work.js';
