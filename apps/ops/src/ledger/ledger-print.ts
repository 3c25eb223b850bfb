import { ForecastCampaign } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import {
  FoldStore,
  ReadStatement,
  type AccountKey,
  type AccountView,
  type StatementLine,
} from '@hehuo/ledger';
import { shownOrBlank, UNIT_TEXT } from '../output/amount.js';
import { csv, table, type Cell, type Column } from '../output/table.js';
import { UserError } from '../output/terminal.js';
import type { Platform } from '../platform.js';

interface PrintOptions {
  readonly csv: boolean;
  /** Of each account, the newest. */
  readonly linesMax: number;
}

const pageLines = 100;
const right = { align: 'right' } as const;

const SUM_COLUMNS: readonly Column[] = [
  { title: 'unit' },
  { title: 'account' },
  { title: 'owners', ...right },
  { title: 'debits', ...right },
  { title: 'credits', ...right },
  { title: 'balance', ...right },
  { title: 'pending', ...right },
];

const LINE_TITLES = [
  '#',
  'at (UTC)',
  'why',
  'moves',
  'of',
  'debit',
  'credit',
  'pending',
  'balance',
  'pending after',
];
const LEFT_TITLES = ['at (UTC)', 'why', 'of'];

/** The books as tables for people, or as CSV for a spreadsheet. Reads only. */
export class LedgerPrint {
  private readonly statements: ReadStatement;

  constructor(
    private readonly platform: Platform,
    private readonly options: PrintOptions,
  ) {
    this.statements = platform.get(ReadStatement);
  }

  /** Whether committed movements wait to become lines. */
  async unfolded(): Promise<boolean> {
    return (await this.platform.get(FoldStore).waiting(1)).length > 0;
  }

  /** Every kind of account added up: over each unit, debits equal credits. */
  async summary(): Promise<string> {
    const rows = (await this.statements.sums()).map((sum) => {
      const { show, name } = UNIT_TEXT[sum.unit];
      return [
        name,
        sum.code,
        sum.accounts,
        show(sum.debitsPosted),
        show(sum.creditsPosted),
        show(sum.creditsPosted - sum.debitsPosted),
        show(sum.creditsPending - sum.debitsPending),
      ];
    });
    if (rows.length === 0) return 'The books are empty.';
    return this.options.csv
      ? csv(
          SUM_COLUMNS.map(({ title }) => title),
          rows,
        )
      : table(SUM_COLUMNS, rows);
  }

  async account(key: AccountKey): Promise<string> {
    const view = await this.statements.account(key);
    if (!view)
      throw new UserError(
        `There is no account ${key.unit}/${key.code}/${key.owner}; nothing was booked on it.`,
      );
    return this.statementsOf([{ view, of: key.owner }]);
  }

  /** The campaign's own accounts, and those of its asks. Accounts that it shares with others are not shown. */
  async campaign(campaignId: Id<'cmp'>): Promise<string> {
    const { asks } = await this.platform.get(ForecastCampaign).execute(campaignId);
    const titles = new Map(asks.map(({ askId, title }) => [askId, title]));
    const views = await this.statements.accountsOf([campaignId, ...titles.keys()]);
    if (views.length === 0) return 'Nothing was booked for this campaign yet.';
    return this.statementsOf(views.map((view) => ({ view, of: titles.get(view.owner) ?? 'campaign' })));
  }

  private async statementsOf(accounts: readonly { view: AccountView; of: string }[]): Promise<string> {
    const parts: string[] = [];
    const rows: Cell[][] = [];
    for (const { view, of } of accounts) {
      const lines = await this.linesOf(view);
      if (this.options.csv) {
        rows.push(
          ...lines.map((line) => [view.unit, view.code, view.owner, ...lineCells(view, line, csvCell)]),
        );
      } else {
        parts.push(`${headOf(view, of)}\n${statementTable(view, lines)}`);
      }
    }
    return this.options.csv ? csv(['unit', 'account', 'owner', ...LINE_TITLES], rows) : parts.join('\n\n');
  }

  /** Oldest first, as people read a statement. */
  private async linesOf(view: AccountView): Promise<StatementLine[]> {
    const most = this.options.csv ? Infinity : this.options.linesMax;
    const lines: StatementLine[] = [];
    for (let before: bigint | null = null; lines.length < most;) {
      const page = await this.statements.page(view, before, Math.min(pageLines, most - lines.length));
      lines.push(...page.lines);
      if (page.next === null) break;
      before = page.next;
    }
    return lines.reverse();
  }
}

function headOf(view: AccountView, of: string): string {
  const { show, name } = UNIT_TEXT[view.unit];
  const pending = view.creditsPending - view.debitsPending;
  const balance = `balance ${show(view.creditsPosted - view.debitsPosted)}`;
  return `${view.code} of ${of}, in ${name}: ${balance}${pending === 0n ? '' : `, pending ${show(pending)}`}\n${view.unit}/${view.code}/${view.owner}`;
}

function statementTable(view: AccountView, lines: readonly StatementLine[]): string {
  return table(
    LINE_TITLES.map((title) => (LEFT_TITLES.includes(title) ? { title } : { title, ...right })),
    lines.map((line) => lineCells(view, line, shownOrBlank)),
  );
}

type ShowAmount = typeof shownOrBlank;
const csvCell: ShowAmount = (unit, quantity) => UNIT_TEXT[unit].show(quantity);

function lineCells({ unit }: AccountView, line: StatementLine, show: ShowAmount): Cell[] {
  return [
    line.seq,
    line.at.toISOString().replace('T', ' ').slice(0, 19),
    line.reason,
    line.transfers,
    line.ref ?? '',
    show(unit, line.debit),
    show(unit, line.credit),
    show(unit, line.pending),
    UNIT_TEXT[unit].show(line.balanceAfter),
    UNIT_TEXT[unit].show(line.pendingAfter),
  ];
}
