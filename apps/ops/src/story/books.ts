import type { Unit } from '@hehuo/ledger';
import { shownOrBlank, UNIT_TEXT } from '../output/amount.js';
import { table, type Column } from '../output/table.js';
import type { Caller } from './caller.js';
import {
  TALLIES,
  type AccountView,
  type CampaignView,
  type LineView,
  type Page,
  type SettlementView,
} from './views.js';

const linesMax = 100;
const right = { align: 'right' } as const;

/** The public books of one campaign, as anybody may read them. */
export class Books {
  constructor(
    private readonly anybody: Caller,
    readonly campaign: CampaignView,
  ) {}

  async accounts(): Promise<readonly AccountView[]> {
    return (await this.anybody.get<Page<AccountView>>(`/v1/campaigns/${this.campaign.id}/ledger`)).items;
  }

  settlement(): Promise<SettlementView> {
    return this.anybody.get<SettlementView>(`/v1/campaigns/${this.campaign.id}/settlement`);
  }

  lines(account: string): Promise<Page<LineView>> {
    const path = `/v1/campaigns/${this.campaign.id}/ledger/lines`;
    return this.anybody.get<Page<LineView>>(
      `${path}?account=${encodeURIComponent(account)}&limit=${linesMax}`,
    );
  }

  /** What was pledged to each ask and where it went; sums to the fen. */
  async shownSettlement(): Promise<string> {
    const { asks } = await this.settlement();
    const rows = asks.map((report) => {
      const ask = this.campaign.asks.find(({ id }) => id === report.askId);
      const { show, name } = unitText(ask?.unit ?? 'pieces');
      const tallies = TALLIES.map((column) => {
        const { pledges, quantity } = report[column];
        return pledges === 0 ? '' : `${show(BigInt(quantity))} (${pledges})`;
      });
      return [ask?.title ?? report.askId, name, ...tallies];
    });
    const columns: Column[] = [
      { title: 'ask' },
      { title: 'unit' },
      ...TALLIES.map((title) => ({ title, ...right })),
    ];
    return table(columns, rows);
  }

  async shownLedger(): Promise<string> {
    const accounts = await this.accounts();
    const parts = await Promise.all(accounts.map((account) => this.shownAccount(account)));
    return parts.join('\n');
  }

  private async shownAccount(account: AccountView): Promise<string> {
    const unit = account.unit as Unit;
    const { name } = UNIT_TEXT[unit];
    const of = this.campaign.asks.find(({ id }) => id === account.owner)?.title ?? 'campaign';
    const { items } = await this.lines(account.account);
    const titles = ['why', 'moves', 'debit', 'credit', 'pending', 'balance', 'pending after'];
    const rows = [...items]
      .reverse()
      .map((line) => [
        line.reason,
        line.transfers,
        shownOrBlank(unit, BigInt(line.debit)),
        shownOrBlank(unit, BigInt(line.credit)),
        shownOrBlank(unit, BigInt(line.pending)),
        UNIT_TEXT[unit].show(BigInt(line.balanceAfter)),
        UNIT_TEXT[unit].show(BigInt(line.pendingAfter)),
      ]);
    const columns: Column[] = titles.map((title) => (title === 'why' ? { title } : { title, ...right }));
    return `${account.code} of ${of}, in ${name}\n${table(columns, rows)}`;
  }
}

function unitText(unit: string): (typeof UNIT_TEXT)[Unit] {
  return UNIT_TEXT[unit as Unit];
}
