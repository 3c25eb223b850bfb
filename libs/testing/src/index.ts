export { createTestDatabase, type TestDatabase } from './database.js';
export { startRedis, type PassingRedis } from './redis.js';
export { until } from './until.js';
