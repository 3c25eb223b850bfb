import { factorText, ForecastCampaign, type Forecast, UNIT_OF_KIND } from '@hehuo/campaign';
import { isId, type Id } from '@hehuo/kernel';
import { UNIT_TEXT } from '../output/amount.js';
import { table } from '../output/table.js';
import { UserError } from '../output/terminal.js';
import { withPlatform } from '../platform.js';
import type { AddCommand } from './command.js';

export const addPredict: AddCommand = (program, { terminal, environment }) => {
  program
    .command('predict')
    .description('tell what would be decided if a campaign closed now, ask by ask')
    .argument('<campaign>', 'id of the campaign, cmp_...')
    .action(async (given: string) => {
      const campaignId = campaignIdOf(given);
      await withPlatform('predict', environment, async (platform) => {
        terminal.out(shown(await platform.get(ForecastCampaign).execute(campaignId)));
      });
    });
};

export function campaignIdOf(given: string): Id<'cmp'> {
  if (!isId('cmp', given))
    throw new UserError(`"${given}" is not the id of a campaign: cmp_ and 26 characters.`);
  return given;
}

const OUTCOME_TEXT = {
  succeeded: 'it would succeed',
  collecting: 'the goal is reached; what was promised in money would be collected first',
  failed: 'it would fail',
} as const satisfies Record<Forecast['outcome'], string>;

function shown(forecast: Forecast): string {
  const rows = forecast.asks.map((ask) => {
    const unit = UNIT_OF_KIND[ask.kind];
    const { show, name } = UNIT_TEXT[unit];
    return [
      ask.title,
      ask.kind,
      name,
      show(ask.minimum),
      show(ask.wanted),
      show(ask.reserved),
      unit === 'fen' ? show(ask.held) : '',
      ask.pledges,
      ask.required ? 'required' : '',
      ask.met ? 'met' : `short by ${show(ask.short)}`,
    ];
  });
  const right = { align: 'right' } as const;
  return [
    table(
      [
        { title: 'ask', widthMax: 40 },
        { title: 'kind' },
        { title: 'unit' },
        { title: 'minimum', ...right },
        { title: 'wanted', ...right },
        { title: 'promised', ...right },
        { title: 'held', ...right },
        { title: 'pledges', ...right },
        { title: '' },
        { title: 'if it closed now' },
      ],
      rows,
    ),
    ...matches(forecast),
    `At ${forecast.at.toISOString()}: ${OUTCOME_TEXT[forecast.outcome]}.`,
  ].join('\n');
}

/** Match funds stand beside the goal: none of them is in the numbers of an ask. */
function matches({ matches: lines }: Forecast): string[] {
  if (lines.length === 0) return [];
  const rows = lines.map(({ pool, binding, residents, release }) => {
    const { show, name } = UNIT_TEXT[pool.unit];
    return [
      pool.donorName,
      name,
      `×${factorText(pool.factorBps)}`,
      show(residents),
      show(pool.conditionMinimum),
      show(binding.reserved),
      release === null ? 'confirmed' : `released: ${release}`,
    ];
  });
  const right = { align: 'right' } as const;
  return [
    table(
      [
        { title: 'match funds of', widthMax: 40 },
        { title: 'unit' },
        { title: 'factor', ...right },
        { title: "residents' own", ...right },
        { title: 'only if they reach', ...right },
        { title: 'set aside', ...right },
        { title: 'if it closed now' },
      ],
      rows,
    ),
  ];
}
