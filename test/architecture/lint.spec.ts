import { ESLint } from 'eslint';
import { describe, expect, it } from '@jest/globals';

/**
 * Every rule inside a file is fed a line that breaks it. Rules that need types are switched off here, because the
 * snippets are in no TypeScript project; they come unchanged from typescript-eslint.
 */
const typed = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  '@typescript-eslint/await-thenable',
  '@typescript-eslint/switch-exhaustiveness-check',
  '@typescript-eslint/no-unused-vars',
];
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: false } },
    rules: Object.fromEntries(typed.map((rule) => [rule, 'off'])),
  },
});

async function messages(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`);
}

const useCase = 'libs/campaign/src/use-cases/x.ts';
const store = 'libs/campaign/src/store/x.store.ts';
const row = 'libs/campaign/src/store/x.row.ts';
const many = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

const refused: readonly (readonly [name: string, path: string, text: string, says: string])[] = [
  ['enum', useCase, 'export enum Kind { a }', 'union of strings'],
  ['default export', useCase, 'export default 1;', 'Named exports only'],
  ['any', useCase, 'export const x: any = 1;', 'no-explicit-any'],
  ['ts-ignore', useCase, '// @ts-ignore because\nexport const x = 1;', 'ban-ts-comment'],
  ['switching a rule off', useCase, '/* eslint-disable no-console */\nexport const x = 1;', 'noInlineConfig'],
  ['money as number', useCase, 'export interface Pledge { amountFen: number }', 'bigint of fen'],
  ['money parameter', useCase, 'export const f = (fen: number) => fen;', 'bigint of fen'],
  ['money to number', useCase, 'export const f = (p: { amount: bigint }) => Number(p.amount);', 'loses fen'],
  ['Date.now', useCase, 'export const now = Date.now();', 'Ask the Clock'],
  ['new Date', useCase, 'export const now = new Date();', 'Ask the Clock'],
  ['new Date in a test', 'libs/campaign/src/x.spec.ts', 'export const now = new Date();', 'Ask the Clock'],
  ['save', store, 'export const f = (r: { save(): void }) => r.save();', 'save()'],
  ['cascade', row, 'class R { @X(() => R, { cascade: true }) r = 1 }\nexport const x = R;', 'columns only'],
  ['eager', row, 'class R { @X(() => R, { eager: true }) r = 1 }\nexport const x = R;', 'columns only'],
  ['lazy', row, 'class R { @X(() => R, { lazy: true }) r = 1 }\nexport const x = R;', 'columns only'],
  ['relation', row, "import { ManyToOne } from 'typeorm';\nexport const x = ManyToOne;", 'columns only'],
  ['schema relation', row, 'export const x = new EntitySchema({ relations: {} });', 'columns only'],
  ['orIgnore', store, 'export const f = (q: { orIgnore(): void }) => q.orIgnore();', 'hides wrong values'],
  ['INSERT IGNORE', store, 'export const sql = `INSERT  IGNORE INTO a VALUES (1)`;', 'hides wrong values'],
  ['REPLACE INTO', store, "export const sql = 'replace into a values (1)';", 'deletes the old row'],
  ['synchronize', store, 'export const options = { synchronize: true };', 'migrations only'],
  [
    'transaction',
    store,
    'export const f = (d: { transaction(): void }) => d.transaction();',
    'does not nest',
  ],
  ['query runner', store, 'export const f = (d: D) => d.createQueryRunner();', 'does not nest'],
  ['queue.add', useCase, 'export const f = (queue: Q) => queue.add();', 'outbox relay only'],
  ['this.queue.add', useCase, 'export class A { f() { this.closeQueue.add(); } }', 'outbox relay only'],
  ['addBulk', useCase, 'export const f = (hints: Q) => hints.addBulk();', 'outbox relay only'],
  ['process.env', useCase, 'export const port = process.env.PORT;', 'typed configuration'],
  [
    'forwardRef',
    useCase,
    "import { forwardRef } from '@nestjs/common';\nexport const x = forwardRef;",
    'circle',
  ],
  ['it.only', 'libs/campaign/src/x.spec.ts', "it.only('x', () => undefined);", 'Every test runs'],
  ['describe.skip', 'test/stories/x.spec.ts', "describe.skip('x', () => undefined);", 'Every test runs'],
  ['xit', 'test/stories/x.spec.ts', "xit('x', () => undefined);", 'Every test runs'],
  ['console', useCase, "console.log('x');", 'no-console'],
  ['long file', useCase, many(301, (n) => `export const a${n} = ${n};`), 'max-lines:'],
  [
    'long function',
    useCase,
    `export function f() {\n${many(61, (n) => `g(${n});`)}\n}`,
    'max-lines-per-function',
  ],
  [
    'constructor with seven dependencies',
    useCase,
    'export class A { constructor(a: A, b: A, c: A, d: A, e: A, f: A, g: A) {} }',
    'max-params',
  ],
];

const accepted: readonly (readonly [name: string, path: string, text: string])[] = [
  ['Date.now in the clock', 'libs/platform/src/system-clock.ts', 'export const now = () => Date.now();'],
  ['a date from a value', useCase, 'export const at = (iso: string) => new Date(iso);'],
  [
    'a transaction in platform',
    'libs/platform/src/database/x.ts',
    'export const f = (d: D) => d.transaction();',
  ],
  [
    'queue.add in the relay',
    'libs/platform/src/messaging/relay.ts',
    'export const f = (queue: Q) => queue.add();',
  ],
  ['Set.add', useCase, 'export const seen = new Set<string>();\nseen.add("x");'],
  ['synchronize: false', store, 'export const options = { synchronize: false };'],
  ['bigint money', useCase, 'export interface Pledge { amountFen: bigint }'],
  ['six dependencies', useCase, 'export class A { constructor(a: A, b: A, c: A, d: A, e: A, f: A) {} }'],
];

describe('rules inside a file', () => {
  it.each(refused)('refuses %s', async (_name, path, text, says) => {
    const found = await messages(path, text);
    expect(found.join('\n')).toContain(says);
  });

  it.each(accepted)('accepts %s', async (_name, path, text) => {
    expect(await messages(path, text)).toEqual([]);
  });
});
