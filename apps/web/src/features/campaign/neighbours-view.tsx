import { Asks } from './asks';
import type { CampaignPage } from './campaign';
import { Intro } from './intro';
import { MoneySection } from './money-section';
import { Plan } from './plan';

/** What neighbours will read of a campaign, for whoever looks through it before they do. */
export function NeighboursView({ campaign }: { readonly campaign: CampaignPage }) {
  return (
    <>
      <Intro campaign={campaign} />
      <Asks campaign={campaign} />
      <Plan campaign={campaign} />
      <MoneySection campaign={campaign} />
    </>
  );
}
