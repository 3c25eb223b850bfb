import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/**
 * Every rule between rooms is fed a small tree that breaks it and must be named in the verdict: a rule with a
 * wrong pattern would otherwise stay green for ever.
 */
const root = process.cwd();
const rules = createRequire(join(root, 'x.js'))('./.dependency-cruiser.cjs') as IConfiguration;

interface Case {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

const index = (lib: string) => ({ [`libs/${lib}/src/index.ts`]: `export const ${lib} = '${lib}';` });

const cases: readonly Case[] = [
  {
    rule: 'libs-never-import-apps',
    files: {
      'libs/ledger/src/a.ts': `import '../../../apps/api/src/x.js';`,
      'apps/api/src/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'apps-never-import-each-other',
    files: {
      'apps/api/src/a.ts': `import '../../worker/src/x.js';`,
      'apps/worker/src/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'apps-never-import-tests',
    files: { 'apps/api/src/a.ts': `import { testing } from '@hehuo/testing';`, ...index('testing') },
  },
  {
    rule: 'sandbox-imports-no-lib',
    files: { 'apps/sandbox/src/a.ts': `import { kernel } from '@hehuo/kernel';`, ...index('kernel') },
  },
  {
    rule: 'web-stands-alone',
    files: {
      'apps/web/src/a.ts': `import '../../api/src/x.js';`,
      'apps/api/src/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'feature-front-door',
    files: {
      'apps/web/src/features/pledge/a.ts': `import '../campaign/x.js';`,
      'apps/web/src/features/campaign/x.ts': 'export const x = 1;',
      ...index('kernel'),
    },
  },
  {
    rule: 'ui-below-features',
    files: {
      'apps/web/src/ui/a.ts': `import '../features/campaign/index.js';`,
      'apps/web/src/features/campaign/index.ts': 'export const x = 1;',
      ...index('kernel'),
    },
  },
  {
    rule: 'lib-front-door',
    files: {
      'apps/api/src/a.ts': `import '../../../libs/ledger/src/store/x.js';`,
      'libs/ledger/src/store/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'lib-front-door-from-lib',
    files: {
      'libs/payment/src/a.ts': `import '../../ledger/src/store/x.js';`,
      'libs/ledger/src/store/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'lib-by-name',
    files: { 'libs/payment/src/a.ts': `import '../../ledger/src/index.js';`, ...index('ledger') },
  },
  {
    rule: 'own-lib-by-path',
    files: { 'libs/ledger/src/a.ts': `import './index.js';`, ...index('ledger') },
  },
  {
    rule: 'kernel-imports-nothing',
    files: { 'libs/kernel/src/a.ts': `import { readFileSync } from 'node:fs';` },
  },
  {
    rule: 'kernel-imports-nothing',
    files: { 'libs/kernel/src/a.ts': `import { of } from 'rxjs';` },
  },
  {
    rule: 'platform-imports-kernel-only',
    files: { 'libs/platform/src/a.ts': `import { ledger } from '@hehuo/ledger';`, ...index('ledger') },
  },
  {
    rule: 'testing-is-for-tests',
    files: { 'libs/ledger/src/a.ts': `import { testing } from '@hehuo/testing';`, ...index('testing') },
  },
  {
    rule: 'context-is-listed',
    files: { 'libs/surprise/src/a.ts': `import { kernel } from '@hehuo/kernel';`, ...index('kernel') },
  },
  {
    rule: 'domain-is-pure',
    files: { 'libs/ledger/src/domain/a.ts': `import { Injectable } from '@nestjs/common';` },
  },
  {
    rule: 'domain-is-pure',
    files: { 'libs/ledger/src/domain/a.ts': `import { createHash } from 'node:crypto';` },
  },
  {
    rule: 'domain-is-pure',
    files: {
      'libs/ledger/src/domain/a.ts': `import { x } from '../store/x.js';`,
      'libs/ledger/src/store/x.ts': 'export const x = 1;',
    },
  },
  {
    rule: 'domain-is-pure',
    files: {
      'libs/campaign/src/domain/a.ts': `import { ledger } from '@hehuo/ledger';`,
      ...index('ledger'),
    },
  },
  {
    rule: 'store-below-use-cases',
    files: {
      'libs/ledger/src/store/a.ts': `import type { X } from '../use-cases/x.js';`,
      'libs/ledger/src/use-cases/x.ts': 'export interface X { a: 1 }',
    },
  },
  {
    rule: 'module-is-for-the-front-door',
    files: {
      'libs/ledger/src/use-cases/a.ts': `import { X } from '../ledger.module.js';`,
      'libs/ledger/src/ledger.module.ts': 'export class X {}',
    },
  },
  {
    rule: 'sql-in-stores-only',
    files: { 'libs/ledger/src/use-cases/a.ts': `import type { DataSource } from 'typeorm';` },
  },
  {
    rule: 'sql-in-stores-only',
    files: { 'apps/api/src/a.ts': `import { createPool } from 'mysql2/promise';` },
  },
  {
    rule: 'transport-in-apps-and-platform',
    files: { 'libs/ledger/src/use-cases/a.ts': `import { Queue } from 'bullmq';` },
  },
  {
    rule: 'transport-in-apps-and-platform',
    files: { 'libs/ledger/src/use-cases/a.ts': `import { ApiProperty } from '@nestjs/swagger';` },
  },
  {
    rule: 'no-cycle',
    files: {
      'libs/ledger/src/domain/a.ts': `import type { B } from './b.js'; export interface A { b: B }`,
      'libs/ledger/src/domain/b.ts': `import type { A } from './a.js'; export interface B { a: A }`,
    },
  },
  { rule: 'no-orphan', files: { 'libs/ledger/src/domain/a.ts': 'export const a = 1;' } },
  { rule: 'no-unresolvable', files: { 'libs/ledger/src/store/a.ts': `import './gone.js';` } },
  {
    rule: 'no-dev-dependency-in-product',
    files: { 'apps/api/src/a.ts': `import fc from 'fast-check'; fc.assert;` },
  },
  // One step up and one step aside for every context that has somebody above or beside it.
  ...[
    ['ledger', 'identity'],
    ['identity', 'community'],
    ['notification', 'community'],
    ['community', 'campaign'],
    ['campaign', 'payment'],
    ['payment', 'campaign'],
    ['timebank', 'campaign'],
    ['circle', 'campaign'],
    ['place', 'circle'],
    ['fulfilment', 'settlement'],
    ['settlement', 'notification'],
    ['book', 'notification'],
  ].map(([from, to]) => ({
    rule: `context-${from}`,
    files: {
      [`libs/${from}/src/use-cases/a.ts`]: `import { ${to} } from '@hehuo/${to}';`,
      ...index(String(to)),
    },
  })),
];

const allowed: Readonly<Record<string, string>> = {
  ...index('kernel'),
  ...index('ledger'),
  'libs/campaign/src/domain/decide.ts': `import { kernel } from '@hehuo/kernel'; export const decide = kernel;`,
  'libs/campaign/src/use-cases/clock.port.ts': `export interface Port { a: 1 }`,
  'libs/campaign/src/store/x.store.ts': `import { DataSource } from 'typeorm'; import type { Port } from '../use-cases/clock.port.js'; import { decide } from '../domain/decide.js'; export const x: [Port?, typeof decide?, typeof DataSource?] = [];`,
  'libs/campaign/src/use-cases/do.ts': `import { x } from '../store/x.store.js'; import { ledger } from '@hehuo/ledger'; export const run = [x, ledger];`,
  'libs/campaign/src/index.ts': `export { run } from './use-cases/do.js';`,
  'apps/worker/src/main.ts': `import { run } from '@hehuo/campaign'; import { Queue } from 'bullmq'; export const all = [run, Queue];`,
};

describe('rules between rooms', () => {
  let base = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'rooms-'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  let count = 0;
  async function brokenRules(files: Readonly<Record<string, string>>): Promise<string[]> {
    const dir = join(base, `tree-${(count += 1)}`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package.json']) {
      copyFileSync(resolve(root, file), join(dir, file));
    }
    symlinkSync(resolve(root, 'node_modules'), join(dir, 'node_modules'));
    const tsConfig = extractTsConfig(join(dir, 'tsconfig.json'));
    const start = ['apps', 'libs'].filter((top) => Object.keys(files).some((path) => path.startsWith(top)));
    const result = await cruise(
      start,
      {
        ...rules.options,
        baseDir: dir,
        tsConfig: { fileName: join(dir, 'tsconfig.json') },
        ruleSet: { forbidden: rules.forbidden ?? [] },
        validate: true,
      },
      { bustTheCache: true },
      { tsConfig },
    );
    const { summary } = result.output as ICruiseResult;
    return summary.violations.map((violation) => violation.rule.name);
  }

  it('lets a well built tree pass', async () => {
    expect(await brokenRules(allowed)).toEqual([]);
  });

  it.each(cases)('$rule fires', async ({ rule, files }) => {
    expect(await brokenRules(files)).toContain(rule);
  });

  it('proves every rule', () => {
    const proven = new Set(cases.map((one) => one.rule));
    expect(
      (rules.forbidden ?? []).map((rule) => rule.name).filter((name) => !proven.has(name ?? '')),
    ).toEqual([]);
  });
});
