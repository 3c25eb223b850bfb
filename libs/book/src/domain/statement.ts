import type { Id } from '@hehuo/kernel';
import { held, NO_SUMS, type Flow, type Sums } from './line.js';

/** The figures of one campaign in one month, in fen. */
export interface CampaignFigures extends Sums {
  /** Empty for what no campaign can be named for. */
  readonly campaignId: Id<'cmp'> | '';
  readonly opening: bigint;
  readonly closing: bigint;
}

/** What is frozen, before it is signed. */
export interface StatementContent extends Sums {
  readonly communityId: Id<'com'>;
  readonly custodyAccountId: Id<'cus'>;
  /** From 1, without a gap. */
  readonly number: number;
  readonly month: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly lineCount: bigint;
  readonly campaigns: readonly CampaignFigures[];
  /** SHA-256, hexadecimal, over the canonical lines. */
  readonly linesHash: string;
  /** The hash of the statement before; 64 zeros before the first. */
  readonly previousHash: string;
  readonly keyId: string;
}

export interface Statement extends StatementContent {
  readonly id: Id<'stm'>;
  /** SHA-256, hexadecimal, over the canonical text. */
  readonly hash: string;
  /** Ed25519 over the canonical text, base64. */
  readonly signature: string;
  readonly frozenAt: Date;
}

export const NO_HASH = '0'.repeat(64);

/** A line as it is hashed: what was published, without names, because consents to a name may be taken back. */
export interface CanonicalLine {
  readonly seq: bigint;
  readonly id: string;
  readonly at: Date;
  readonly campaignId: string | null;
  readonly flow: Flow;
  readonly amount: bigint;
  readonly balance: bigint;
  readonly reason: string;
  readonly ref: string;
}

/** One line of text a line, each ended by a line feed; fields joined by `|`, none of which can hold one. */
export function canonicalLine(line: CanonicalLine): string {
  const { seq, id, at, campaignId, flow, amount, balance, reason, ref } = line;
  return `${[seq, id, at.toISOString(), campaignId ?? '', flow, amount, balance, reason, ref].join('|')}\n`;
}

/** What is hashed and signed: everything that the statement says, line by line. Anybody can write it again from its JSON. */
export function canonicalStatement(content: StatementContent): string {
  const { campaigns, opening, received, returned, spent, closing } = content;
  return `${[
    'hehuo statement 1',
    `community ${content.communityId}`,
    `custody-account ${content.custodyAccountId}`,
    `number ${content.number}`,
    `month ${content.month}`,
    `sums ${[opening, received, returned, spent, closing].join(' ')}`,
    `lines ${content.lineCount} ${content.linesHash}`,
    ...campaigns.map(
      (one) =>
        `campaign ${one.campaignId || '-'} ${[one.opening, one.received, one.returned, one.spent, one.closing].join(' ')}`,
    ),
    `previous ${content.previousHash}`,
    `key ${content.keyId}`,
  ].join('\n')}\n`;
}

/** Sums of one month for one campaign. */
export type MonthSums = ReadonlyMap<Id<'cmp'> | '', Sums>;

/** The campaigns of a month in the order of their ids: those that moved, and those of which something is still held. */
export function figuresOf(before: readonly CampaignFigures[], moved: MonthSums): CampaignFigures[] {
  const opening = new Map(before.map(({ campaignId, closing }) => [campaignId, closing]));
  const ids = [...new Set([...opening.keys(), ...moved.keys()])].sort();
  return ids
    .map((campaignId) => {
      const sums = moved.get(campaignId) ?? NO_SUMS;
      const open = opening.get(campaignId) ?? 0n;
      return { campaignId, opening: open, ...sums, closing: open + held(sums) };
    })
    .filter(({ campaignId, opening: open }) => moved.has(campaignId) || open !== 0n);
}

/** The whole account: the sum of its campaigns. */
export function totalOf(figures: readonly CampaignFigures[]): Sums & { opening: bigint; closing: bigint } {
  const add = (of: (one: CampaignFigures) => bigint) => figures.reduce((sum, one) => sum + of(one), 0n);
  return {
    opening: add(({ opening }) => opening),
    received: add(({ received }) => received),
    returned: add(({ returned }) => returned),
    spent: add(({ spent }) => spent),
    closing: add(({ closing }) => closing),
  };
}
