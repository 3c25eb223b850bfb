import { Command, CommanderError } from 'commander';
import { DomainError } from '@hehuo/kernel';
import { ConfigError } from '@hehuo/platform';
import type { AddCommand, CommandSetting } from './commands/command.js';
import { addAdmin } from './commands/admin.command.js';
import { addBudgets } from './commands/budgets.command.js';
import { addCodes } from './commands/codes.command.js';
import { addCheck } from './commands/check.command.js';
import { addLedger } from './commands/ledger.command.js';
import { addMigrate } from './commands/migrate.command.js';
import { addPredict } from './commands/predict.command.js';
import { addReconcile } from './commands/reconcile.command.js';
import { addRedrive } from './commands/redrive.command.js';
import { addSeed } from './commands/seed.command.js';
import { addStatement } from './commands/statement.command.js';
import { addStory } from './commands/story.command.js';
import { UserError } from './output/terminal.js';

/** 0: done. 1: it could not be done, or what was checked is wrong. 2: the command line makes no sense. */
export type ExitCode = 0 | 1 | 2;

const COMMANDS: readonly AddCommand[] = [
  addMigrate,
  addAdmin,
  addSeed,
  addCheck,
  addPredict,
  addLedger,
  addReconcile,
  addRedrive,
  addCodes,
  addStory,
  addStatement,
  addBudgets,
];

/** Runs one command line (without node and script) and answers with the exit code. Never throws. */
export async function runOps(args: readonly string[], setting: CommandSetting): Promise<ExitCode> {
  try {
    await buildProgram(setting).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return told(error, setting);
  }
}

function buildProgram(setting: CommandSetting): Command {
  const { terminal } = setting;
  const program = new Command('ops')
    .description('Looks after an installation of Hehuo: its database, its books and its demo.')
    .addHelpText(
      'after',
      '\nSettings come from the environment; docker/README.md lists them. `npm run ops -- <command>` sets the local ones.' +
        '\nExit codes: 0 done, 1 not done or found wrong, 2 the command line makes no sense.',
    )
    .showHelpAfterError('(ops --help lists the commands; ops <command> --help tells more)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .exitOverride();
  for (const add of COMMANDS) add(program, setting);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

function told(error: unknown, { terminal }: CommandSetting): ExitCode {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) terminal.err(`ops: ${error.message}`);
  else if (error instanceof ConfigError) terminal.err(`ops: ${error.message}${hint(error.message)}`);
  else if (error instanceof DomainError) terminal.err(`ops: ${error.message} (${String(error.code)})`);
  else terminal.err(`ops: ${serverProblem(error) ?? (error as Error).stack ?? String(error)}`);
  return 1;
}

function hint(message: string): string {
  return /unknown database/i.test(message) ? '\nMake it first: ops migrate' : '';
}

/** What a person can do about a server that does not answer or refuses; null for a fault of ours. */
function serverProblem(error: unknown): string | null {
  const { code, errno, sqlMessage, message } = error as Partial<Record<string, string>>;
  const known: Record<string, string> = {
    ECONNREFUSED: 'nothing answers at the address of MYSQL_URL; is the database running? npm start runs one',
    ENOTFOUND: 'the host of MYSQL_URL is unknown',
    ETIMEDOUT: 'the database did not answer in time; is the address of MYSQL_URL right?',
    ER_ACCESS_DENIED_ERROR: 'the database refuses this user or password',
    ER_DBACCESS_DENIED_ERROR: 'this user may not use the database; run: ops migrate',
    ER_BAD_DB_ERROR: 'there is no such database yet; run: ops migrate',
    ER_NO_SUCH_TABLE: 'a table is missing; bring the database up to date with: ops migrate',
    ER_SPECIFIC_ACCESS_DENIED_ERROR: 'this user lacks a right that is needed',
    ER_CANNOT_USER: 'this user may not make other users',
  };
  const text = code === undefined ? undefined : known[code];
  if (text === undefined) return null;
  return `${text}${(sqlMessage ?? message) ? ` (${String(sqlMessage ?? message)}${errno === undefined ? '' : `, ${String(errno)}`})` : ''}`;
}
