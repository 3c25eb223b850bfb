/** One configuration for every test: ESM through swc, real MariaDB and Redis from the launcher in tools/test.mjs. */
export default {
  rootDir: '.',
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.local/'],
  // Walks take long, so that only `npm run test:web` and those who name one take them.
  testMatch: ['**/*.spec.ts', ...(process.env['WALKS'] === 'all' ? ['**/*.walk.ts'] : [])],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@hehuo/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testTimeout: 30_000,
  maxWorkers: 2,
  // Modules of finished files stay in a worker's memory; a fresh one is faster than collecting them.
  workerIdleMemoryLimit: '1200MB',
};
