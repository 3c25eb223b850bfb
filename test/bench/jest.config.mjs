/** Measurements run like tests, but by themselves: `npm run bench`, or `npm run bench -- pledge` for one of them. */
import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/bench/**/*.bench.ts'],
  testTimeout: 300_000,
};
