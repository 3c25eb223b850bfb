import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Sql } from '@hehuo/platform';
import type { Line } from '../domain/line.js';
import { monthAfter } from '../domain/month.js';
import { canonicalLine } from '../domain/statement.js';
import { LineStore } from '../store/line.store.js';

export interface StatementMonth {
  readonly custodyAccountId: Id<'cus'>;
  readonly month: string;
}

const pageLines = 1_000;

/** The lines of a statement, page by page, and what they hash to. */
@Injectable()
export class MonthLines {
  constructor(private readonly lines: LineStore) {}

  async *pages(month: StatementMonth, by?: Sql): AsyncGenerator<readonly Line[]> {
    for (let after = 0n; ;) {
      const lines = await this.lines.ofMonth(month, after, pageLines, by);
      if (lines.length > 0) yield lines;
      if (lines.length < pageLines) return;
      after = lines.at(-1)!.custody!.seq;
    }
  }

  /** Every month of an account from that of its first line to the one before `next`, those without a line too. */
  async monthsBefore(custodyAccountId: Id<'cus'>, next: string): Promise<string[]> {
    const months: string[] = [];
    const first = (await this.lines.firstMonth(custodyAccountId)) ?? next;
    for (let month = first; month < next; month = monthAfter(month)) months.push(month);
    return months;
  }

  /** How many there are, and the SHA-256 of their canonical text, hexadecimal. */
  async digest(month: StatementMonth, by?: Sql): Promise<{ lineCount: bigint; linesHash: string }> {
    const hash = createHash('sha256');
    let lineCount = 0n;
    for await (const lines of this.pages(month, by)) {
      for (const line of lines) hash.update(canonicalLine(canonicalOf(line)));
      lineCount += BigInt(lines.length);
    }
    return { lineCount, linesHash: hash.digest('hex') };
  }
}

function canonicalOf({ id, at, campaign, custody, flow, amount, reason, ref }: Line) {
  const { seq, balance } = custody!;
  return { seq, id, at, campaignId: campaign?.owner ?? null, flow, amount, balance, reason, ref };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
