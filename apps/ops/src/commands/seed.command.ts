import { UserError } from '../output/terminal.js';
import { withPlatform } from '../platform.js';
import { seedDemo } from '../seed/seed-demo.js';
import type { AddCommand } from './command.js';

export const addSeed: AddCommand = (program, { terminal, environment }) => {
  program
    .command('seed')
    .description('put the demonstration in: communities, people and campaigns in every state; twice is once')
    .requiredOption('--demo', 'what to put in; there is nothing else to seed')
    .addHelpText(
      'after',
      '\nPrints the sign-ins. Not in production: anybody who can read this output is somebody there.',
    )
    .action(async () => {
      await withPlatform('seed', environment, async (platform) => {
        if (platform.config.NODE_ENV === 'production') {
          throw new UserError('The demo has known passwords and does not go into production.');
        }
        terminal.out(await seedDemo(platform, (text) => terminal.err(`- ${text}`)));
      });
    });
};
