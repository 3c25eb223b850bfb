export { createTestDatabase, type TestDatabase } from './database.js';
export { HandClock, startTestModule, type TestModule } from './module.js';
export { startRedis, type PassingRedis } from './redis.js';
export { until } from './until.js';
