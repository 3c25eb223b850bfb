import { checkInvariants, type InvariantBreach } from '@hehuo/platform';
import { CONTEXT_INVARIANTS } from '../contexts.js';
import { table } from '../output/table.js';
import { progress, type Terminal, UserError } from '../output/terminal.js';
import { withPlatform, type Platform } from '../platform.js';
import type { AddCommand } from './command.js';

export const addCheck: AddCommand = (program, { terminal, environment }) => {
  program
    .command('check')
    .description('check every invariant of the books; exit 1 with the rows that break one')
    .option('--only <words>', 'only invariants whose name contains this, such as ledger or pledge.slots')
    .action(async ({ only }: { only?: string }) => {
      await withPlatform('check', environment, (platform) => check(platform, terminal, only));
    });
};

async function check({ database }: Platform, terminal: Terminal, only: string | undefined): Promise<void> {
  const invariants = CONTEXT_INVARIANTS.filter(({ name }) => only === undefined || name.includes(only));
  if (invariants.length === 0) throw new UserError(`No invariant has "${only ?? ''}" in its name.`);
  const tell = progress(terminal, 'checking');
  const breaches: InvariantBreach[] = [];
  const rows: string[][] = [];
  for (const [at, invariant] of invariants.entries()) {
    tell(at, invariants.length);
    const since = performance.now();
    const found = await checkInvariants(database, [invariant]);
    const ms = Math.round(performance.now() - since);
    breaches.push(...found);
    rows.push([invariant.name, found.length === 0 ? 'holds' : 'BROKEN', String(ms), invariant.statement]);
  }
  tell(invariants.length, invariants.length);
  terminal.out(
    table(
      [
        { title: 'invariant' },
        { title: '' },
        { title: 'ms', align: 'right' },
        { title: 'what must hold', widthMax: 80 },
      ],
      rows,
    ),
  );
  for (const breach of breaches) terminal.out(brokenRows(breach));
  if (breaches.length > 0) {
    throw new UserError(
      `${breaches.length} of ${invariants.length} invariants are broken. Nothing was repaired: a person must look.`,
    );
  }
  terminal.out(`All ${invariants.length} invariants hold.`);
}

function brokenRows({ invariant, statement, rows }: InvariantBreach): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => cell(row[column])));
  return `\n${invariant}: ${statement}\n${table(
    columns.map((title) => ({ title, widthMax: 60 })),
    cells,
  )}`;
}

function cell(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value ?? '');
}
