import type { AskReport, Tally } from '../domain/settlement.js';

type TallyJson = { readonly pledges: number; readonly quantity: string };
const TALLIES = ['pledged', 'collected', 'dropped', 'refunded', 'released', 'open'] as const;

export function reportToJson(report: readonly AskReport[]): string {
  return JSON.stringify(report, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}

export function reportFromJson(value: unknown): AskReport[] {
  return (value as Record<string, unknown>[]).map((ask) => {
    const tallies = TALLIES.map((name): [string, Tally] => {
      const { pledges, quantity } = ask[name] as TallyJson;
      return [name, { pledges, quantity: BigInt(quantity) }];
    });
    return { ...ask, ...Object.fromEntries(tallies) } as unknown as AskReport;
  });
}
