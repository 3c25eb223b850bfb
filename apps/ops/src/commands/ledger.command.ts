import { InvalidArgumentError } from 'commander';
import type { Id } from '@hehuo/kernel';
import { UserError } from '../output/terminal.js';
import { withPlatform } from '../platform.js';
import { accountKeyOf } from '../ledger/account-key.js';
import { LedgerPrint } from '../ledger/ledger-print.js';
import type { AddCommand } from './command.js';
import { campaignIdOf } from './predict.command.js';

interface Options {
  readonly campaign?: Id<'cmp'>;
  readonly account?: string;
  readonly csv?: true;
  readonly lines: number;
}

const linesShown = 100;

export const addLedger: AddCommand = (program, { terminal, environment }) => {
  program
    .command('ledger')
    .description(
      'print the books: every kind of account summed up, one account, or all accounts of a campaign',
    )
    .option('--campaign <id>', 'all accounts that belong to this campaign', campaignIdOf)
    .option('--account <unit/code/owner>', 'one account, such as fen/escrow/cmp_...')
    .option('--csv', 'comma-separated values, amounts in yuan with two decimals')
    .option('--lines <count>', 'the newest lines of each account; --csv shows all', countOf, linesShown)
    .addHelpText(
      'after',
      '\nA balance is credits less debits: what an account owes is above zero, what is owed to it below.' +
        '\nPending is what is promised and neither kept nor released yet.',
    )
    .action(async (options: Options) => {
      if (options.campaign && options.account) throw new UserError('Give --campaign or --account, not both.');
      const account = options.account === undefined ? null : accountKeyOf(options.account);
      await withPlatform('ledger', environment, async (platform) => {
        const print = new LedgerPrint(platform, { csv: options.csv === true, linesMax: options.lines });
        const text = account
          ? await print.account(account)
          : options.campaign
            ? await print.campaign(options.campaign)
            : await print.summary();
        terminal.out(text);
        const waiting = await print.unfolded();
        if (waiting)
          terminal.err('note: the worker has not yet written the newest movements into the statements');
      });
    });
};

function countOf(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999999.');
  return Number(text);
}
