import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  machineTraces,
  postponedWork,
  tablesOf,
  tablesOutsideTheirStore,
  unknownScripts,
  vagueNames,
} from './tree-checks.js';
import type { Tree } from './tree-checks.js';
import { declaredSettings, documentedSettings } from './settings-table.js';

/** Tracked files and new ones that are not ignored, so that a mistake is seen before it is committed. */
function trackedTree(): Tree {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  });
  const paths = list
    .split('\0')
    .filter((path) => /\.(ts|mjs|cjs|json|md|ya?ml|sql|cnf|css|html)$/.test(path));
  // This folder shows forbidden text on purpose.
  const own = paths.filter((path) => !path.startsWith('test/architecture/') && existsSync(path));
  return new Map(own.map((path) => [path, readFileSync(path, 'utf8')]));
}

const tree = trackedTree();
const of = (files: Record<string, string>): Tree => new Map(Object.entries(files));
const migration = { 'libs/platform/src/database/migrations/0001.ts': 'CREATE TABLE `account` (id INT)' };
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('names', () => {
  it('refuses names that say nothing', () => {
    const vague = [
      'libs/ledger/src/utils/sum.ts',
      'libs/ledger/src/money.helper.ts',
      'libs/common/src/index.ts',
      'apps/api/src/session-manager.ts',
    ];
    expect(vagueNames(of(Object.fromEntries(vague.map((path) => [path, '']))))).toEqual(vague);
    expect(vagueNames(of({ 'libs/community/src/community.module.ts': '' }))).toEqual([]);
  });

  it('are telling in this tree', () => {
    expect(vagueNames(tree)).toEqual([]);
  });
});

describe('tables', () => {
  it('refuses a table outside the store of its lib', () => {
    const sql = 'SELECT 1 FROM account';
    expect(tablesOutsideTheirStore(of({ ...migration, 'libs/ledger/src/use-cases/read.ts': sql }))).toEqual([
      'libs/ledger/src/use-cases/read.ts: account',
    ]);
  });

  it('refuses a table that two libs name', () => {
    const both = {
      'libs/ledger/src/store/a.store.ts': 'UPDATE account SET x = 1',
      'libs/payment/src/store/b.store.ts': 'JOIN `account` a',
    };
    expect(tablesOutsideTheirStore(of({ ...migration, ...both }))).toHaveLength(2);
  });

  it('accepts a row and a store of one lib', () => {
    const own = {
      'libs/ledger/src/store/account.row.ts': "@Entity('account')",
      'libs/ledger/src/store/account.store.ts': 'INSERT INTO account (id) VALUES (?)',
      'libs/ledger/src/account.spec.ts': 'SELECT 1 FROM account',
      'libs/payment/src/store/charge.invariants.ts': 'SELECT 1 FROM charge JOIN account',
    };
    expect(tablesOf(of(migration))).toEqual(['account']);
    expect(tablesOutsideTheirStore(of({ ...migration, ...own }))).toEqual([]);
  });

  it('have one owner in this tree', () => {
    expect(tablesOutsideTheirStore(tree)).toEqual([]);
  });
});

describe('documents', () => {
  it('refuses a script that does not exist', () => {
    expect(unknownScripts('`npm run fly` and `npm start`', ['start'])).toEqual(['fly']);
  });

  it('name scripts that exist', () => {
    const unknown = [...tree]
      .filter(([path]) => path.endsWith('.md'))
      .flatMap(([path, text]) =>
        unknownScripts(text, Object.keys(scripts)).map((name) => `${path}: ${name}`),
      );
    expect(unknown).toEqual([]);
  });

  it('refuses traces of a machine', () => {
    const traces = {
      'a.md': 'see /home/somebody/hehuo',
      'b.json': '"resolved": "https://registry.npmmirror.com/x"',
    };
    expect(machineTraces(of(traces))).toEqual(['a.md', 'b.json']);
    expect(machineTraces(of({ 'c.md': 'GET /v1/work/orders' }))).toEqual([]);
  });

  it('carry no trace of a machine', () => {
    expect(machineTraces(tree)).toEqual([]);
  });

  it('refuses work put off', () => {
    expect(postponedWork(of({ 'a.ts': '// TODO later', 'b.ts': 'const todo = 1;' }))).toEqual(['a.ts']);
  });

  it('put no work off', () => {
    expect(postponedWork(tree)).toEqual([]);
  });
});

describe('settings', () => {
  const document = readFileSync('docker/README.md', 'utf8');

  it('are read from the table under a heading', () => {
    const text =
      '\n### Settings\n\n| variable |\n|---|\n| `A` | api | `1` | what |\n\n### Other\n| `B` | x | y | z |';
    expect(documentedSettings(text, '### Settings')).toEqual([['A', 'api', '`1`', 'what']]);
  });

  it('stand in docker/README.md as they are declared', () => {
    expect(documentedSettings(document, '### Settings')).toEqual(declaredSettings());
  });

  it('of the sandbox gateway are the ones that it reads', () => {
    const code = readFileSync('apps/sandbox/src/config.ts', 'utf8');
    const read = new Set([...code.matchAll(/env\['(\w+)'\]/g)].map((match) => match[1]));
    const named = documentedSettings(document, '### Settings of the sandbox gateway').map(([name]) => name);
    expect(new Set(named)).toEqual(read);
  });

  it('have no secret by default in the compose file', () => {
    const compose = readFileSync('docker/compose.yaml', 'utf8');
    const secrets = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|KEY|SECRET)\b)([^}]*)\}/g)];
    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.filter(([, , rest]) => !rest?.startsWith(':?') && rest !== ':-')).toEqual([]);
  });
});
