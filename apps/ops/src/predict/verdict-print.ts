import {
  factorText,
  UNIT_OF_KIND,
  type BoundRow,
  type Forecast,
  type Kind,
  type MatchPool,
  type Snapshot,
} from '@hehuo/campaign';
import { UNIT_TEXT } from '../output/amount.js';
import { table } from '../output/table.js';

const right = { align: 'right' } as const;

const WOULD = {
  succeeded: 'it would succeed',
  collecting: 'the goal is reached; what was promised in money would be collected first',
  failed: 'it would fail',
} as const satisfies Record<Forecast['outcome'], string>;

const WAS: Readonly<Record<string, string>> = {
  succeeded: 'it succeeded',
  collecting: 'the goal was reached, and what was promised in money is collected',
  failed: 'it failed',
  cancelled: 'it was cancelled',
};

export function shownForecast(forecast: Forecast, first: Snapshot | null): string {
  const would = 'if it closed now';
  const matches = forecast.matches.map(({ pool, binding, residents, release }) =>
    matchRow(pool, residents, binding.reserved, release === null ? 'confirmed' : `released: ${release}`),
  );
  return [
    askTable(forecast.asks, would),
    ...matchTable(matches, 'set aside', would),
    ...(first ? [sentence(first)] : []),
    `At ${forecast.at.toISOString()}: ${WOULD[forecast.outcome]}.`,
  ].join('\n');
}

/** The numbers as they were frozen with the decision; what came afterwards is not in them. */
export function shownDecision(decision: Snapshot, bound: readonly BoundRow[]): string {
  const asks = decision.asks.map(frozenAsk);
  const matches = bound.map(({ pool, binding }) =>
    matchRow(pool, binding.residents ?? 0n, binding.confirmed, binding.state),
  );
  return [askTable(asks, 'as decided'), ...matchTable(matches, 'confirmed', 'now'), sentence(decision)].join(
    '\n',
  );
}

function sentence({ decidedAt, outcome }: Snapshot): string {
  return `Decided at ${decidedAt.toISOString()}: ${WAS[outcome] ?? outcome}.`;
}

interface AskLine {
  readonly title: string;
  readonly kind: Kind;
  readonly minimum: bigint;
  readonly wanted: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
  readonly pledges: bigint;
  readonly required: boolean;
  readonly met: boolean;
  readonly short: bigint;
}

function frozenAsk(ask: Snapshot['asks'][number]): AskLine {
  const { title, kind, required, met } = ask;
  return {
    ...{ title, kind, required, met, minimum: BigInt(ask.minimum), wanted: BigInt(ask.wanted) },
    ...{ reserved: BigInt(ask.promised), held: BigInt(ask.held), short: BigInt(ask.short) },
    pledges: BigInt(ask.pledges),
  };
}

function askTable(asks: readonly AskLine[], verdict: string): string {
  const rows = asks.map((ask) => {
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
  return table(
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
      { title: verdict },
    ],
    rows,
  );
}

function matchRow(pool: MatchPool, residents: bigint, sum: bigint, verdict: string): string[] {
  const { show, name } = UNIT_TEXT[pool.unit];
  const factor = `×${factorText(pool.factorBps)}`;
  return [pool.donorName, name, factor, show(residents), show(pool.conditionMinimum), show(sum), verdict];
}

/** Match funds stand beside the goal: none of them is in the numbers of an ask. */
function matchTable(rows: readonly string[][], sum: string, verdict: string): string[] {
  if (rows.length === 0) return [];
  const columns = [
    { title: 'match funds of', widthMax: 40 },
    { title: 'unit' },
    { title: 'factor', ...right },
    { title: "residents' own", ...right },
    { title: 'only if they reach', ...right },
    { title: sum, ...right },
    { title: verdict },
  ];
  return [table(columns, rows)];
}
