export {
  doorCodeOf,
  moveIn,
  newcomer,
  settleCommunity,
  type Neighbour,
  type SettledCommunity,
} from './community.js';
export { createTestDatabase, type TestDatabase } from './database.js';
export {
  codeFor,
  enterCode,
  introduce,
  newAddress,
  newPhone,
  signInByPhone,
  withRoles,
  type Visitor,
} from './people.js';
export { freePort } from './free-port.js';
export { HandClock, startTestModule, type TestModule } from './module.js';
export { startMariaDb, type FlushLog, type PassingMariaDb } from './mariadb.js';
export { startRedis, type PassingRedis } from './redis.js';
export { until } from './until.js';
