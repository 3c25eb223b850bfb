import { loadConfig, migrate, MigrateConfig } from '@hehuo/platform';
import type { AddCommand } from './command.js';

export const addMigrate: AddCommand = (program, { terminal, environment }) => {
  program
    .command('migrate')
    .description('create the database if it is missing, bring its tables up to date, renew the grants')
    .addHelpText(
      'after',
      '\nRuns as the user of MYSQL_OWNER_URL; the user of MYSQL_URL is made and may not rewrite history.',
    )
    .action(async () => {
      const { MYSQL_URL, MYSQL_OWNER_URL } = loadConfig(MigrateConfig, environment);
      const { applied, restricted } = await migrate({
        ownerUrl: MYSQL_OWNER_URL ?? MYSQL_URL,
        appUrl: MYSQL_URL,
      });
      for (const version of applied) terminal.out(`applied  ${version}`);
      terminal.out(
        applied.length === 0 ? 'The tables are up to date.' : `${applied.length} migrations applied.`,
      );
      if (!restricted) {
        terminal.err(
          'warning: the platform runs as the owner of its tables, so that append-only is not enforced. ' +
            'Give MYSQL_OWNER_URL, and MYSQL_URL another user.',
        );
      }
    });
};
