import { CampaignError, ForecastCampaign, ReadBooks, ReadCampaign } from '@hehuo/campaign';
import { isId, type Id } from '@hehuo/kernel';
import { UserError } from '../output/terminal.js';
import { withPlatform, type Platform } from '../platform.js';
import { shownDecision, shownForecast } from '../predict/verdict-print.js';
import type { AddCommand } from './command.js';

export const addPredict: AddCommand = (program, { terminal, environment }) => {
  program
    .command('predict')
    .description(
      'tell what would be decided if a campaign closed now, ask by ask; afterwards, what was decided',
    )
    .argument('<campaign>', 'id of the campaign, cmp_...')
    .action(async (given: string) => {
      const campaignId = campaignIdOf(given);
      await withPlatform('predict', environment, async (platform) => {
        terminal.out(await told(platform, campaignId).catch(explainAbsence));
      });
    });
};

export function campaignIdOf(given: string): Id<'cmp'> {
  if (!isId('cmp', given))
    throw new UserError(`"${given}" is not the id of a campaign: cmp_ and 26 characters.`);
  return given;
}

/** What neighbours do not see yet has nothing to decide, and they are told that it does not exist. */
function explainAbsence(error: unknown): never {
  if (!(error instanceof CampaignError) || error.code !== 'campaign_not_found') throw error;
  throw new UserError(
    'There is no such campaign that neighbours can see: it does not exist, or it is still a draft or in review.',
  );
}

async function told(platform: Platform, campaignId: Id<'cmp'>): Promise<string> {
  const decision = (await platform.get(ReadBooks).decisions(campaignId)).at(-1);
  // The first decision of a collection leaves the second one open.
  if (decision && decision.outcome !== 'collecting') {
    const { matches } = await platform.get(ReadCampaign).page(campaignId, null);
    return shownDecision(decision, matches);
  }
  const { campaign } = await platform.get(ReadCampaign).page(campaignId, null);
  if (campaign.state === 'cancelled')
    return 'It was cancelled before it opened: there was nothing to decide.';
  return shownForecast(await platform.get(ForecastCampaign).execute(campaignId), decision ?? null);
}
