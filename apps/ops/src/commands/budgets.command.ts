import { FillBudgets } from '@hehuo/settlement';
import { withPlatform } from '../platform.js';
import type { AddCommand } from './command.js';

const pageCampaigns = 100;

export const addBudgets: AddCommand = (program, { terminal, environment }) => {
  program
    .command('budgets')
    .description(
      'give campaigns that were settled before budgets existed theirs, so that they can be paid out',
    )
    .addHelpText('after', '\nMay be run again at any time: a campaign that has its budgets is left alone.')
    .action(async () => {
      await withPlatform('budgets', environment, async (platform) => {
        const fill = platform.get(FillBudgets);
        let filled = 0;
        for (let after = ''; ;) {
          const page = await fill.settled(after, pageCampaigns);
          for (const campaignId of page) {
            if (!(await fill.execute(campaignId))) continue;
            filled += 1;
            terminal.out(`${campaignId} has its budgets.`);
          }
          if (page.length < pageCampaigns) break;
          after = page.at(-1)!;
        }
        if (filled === 0) terminal.out('Every settled campaign has its budgets.');
      });
    });
};
