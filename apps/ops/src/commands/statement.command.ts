import { VerifyStatements } from '@hehuo/book';
import { table } from '../output/table.js';
import { UserError } from '../output/terminal.js';
import { withPlatform } from '../platform.js';
import type { AddCommand } from './command.js';

const MEANING = {
  figures: 'the sums are not those of the lines',
  lines: 'the lines are not those that were frozen',
  chain: 'it does not follow the statement before',
  hash: 'the hash is not that of the text',
  signature: 'the signature is not that of the key',
  key: 'its key is unknown here',
  missing: 'it was frozen and is gone',
} as const;

export const addStatement: AddCommand = (program, { terminal, environment }) => {
  const statement = program
    .command('statement')
    .description('the signed monthly statements of the public book');
  statement
    .command('verify')
    .description('write every statement again from its lines and compare hashes, chain and signature')
    .action(async () => {
      await withPlatform('statement', environment, async (platform) => {
        const { statements, faults } = await platform.get(VerifyStatements).execute();
        if (faults.length > 0) {
          const rows = faults.map(({ month, custodyAccountId, statementId, what }) => [
            ...[month, custodyAccountId, statementId ?? '-', MEANING[what]],
          ]);
          const titles = ['month', 'custody account', 'statement', 'what differs'];
          terminal.out(
            table(
              titles.map((title) => ({ title })),
              rows,
            ),
          );
          throw new UserError(
            `${faults.length} differences in ${statements} statements. Nothing was changed.`,
          );
        }
        terminal.out(
          `${statements} ${statements === 1 ? 'statement is' : 'statements are'} as they were signed.`,
        );
      });
    });
};
