import type { Books } from './books.js';
import type { Neighbour } from './cast.js';
import { goalFen, households, painters, shiftMinutes, twinShareFen } from './drafts.js';
import type { Findings } from './findings.js';
import { askOf, attentive, twinPayers, type Promised } from './pledging.js';
import type { AccountView, AskReportView, PledgeView, SettlementView } from './views.js';

const voices = attentive + 1;
const labourMinutes = BigInt(painters) * shiftMinutes;
const twinPaidFen = twinShareFen * BigInt(twinPayers);

/** Holds the books of both campaigns against what the story did, in every unit of its own. */
export class Verdict {
  constructor(private readonly findings: Findings) {}

  async painting(books: Books, neighbours: readonly Neighbour[], { money }: Promised): Promise<void> {
    const { campaign } = books;
    const settlement = await books.settlement();
    this.settled('painting', settlement);
    this.kept(settlement, askOf(campaign, 'money').id, 'money', { pledges: households, quantity: goalFen });
    this.kept(settlement, askOf(campaign, 'labour').id, 'labour', {
      pledges: painters,
      quantity: labourMinutes,
    });
    this.kept(settlement, askOf(campaign, 'attention').id, 'attention', {
      pledges: voices,
      quantity: BigInt(voices),
    });
    await this.states('painting: pledges of money', neighbours, money, { paid: households });
    const accounts = await books.accounts();
    this.account('painting', accounts, `fen/escrow/${campaign.id}`, { credits: goalFen, debits: goalFen });
    this.account('painting', accounts, `fen/payable/${campaign.id}`, { credits: goalFen, debits: 0n });
    this.promise('painting', accounts, 'fen_promised', askOf(campaign, 'money').id, goalFen);
    this.promise('painting', accounts, 'minutes', askOf(campaign, 'labour').id, labourMinutes);
    this.promise('painting', accounts, 'households', askOf(campaign, 'attention').id, BigInt(voices));
    await this.linesAddUp('painting', books, accounts);
  }

  async lamps(books: Books, neighbours: readonly Neighbour[], { money }: Promised): Promise<void> {
    const { campaign } = books;
    const settlement = await books.settlement();
    this.settled('twin', settlement);
    const report = reportOf(settlement, askOf(campaign, 'money').id);
    this.findings.expect('twin: collected, in fen', 0n, report?.collected.quantity ?? 'nothing');
    this.findings.expect(
      'twin: promised and never paid, in fen',
      twinShareFen,
      report?.dropped.quantity ?? 'nothing',
    );
    this.findings.expect('twin: still open, in fen', 0n, report?.open.quantity ?? 'nothing');
    await this.states('twin: pledges', neighbours, money, { refunded: twinPayers, expired: 1 });
    const accounts = await books.accounts();
    this.account('twin', accounts, `fen/escrow/${campaign.id}`, {
      credits: twinPaidFen,
      debits: twinPaidFen,
    });
    this.promise('twin', accounts, 'fen_promised', askOf(campaign, 'money').id, 0n);
    const refunds = await neighbours[0]!.caller.get<{ items: readonly { state: string; amount: string }[] }>(
      `/v1/campaigns/${campaign.id}/refunds`,
    );
    const done = refunds.items.find(({ state }) => state === 'done');
    this.findings.expect('twin: refunds done, in fen', twinPaidFen, done?.amount ?? 'none');
    await this.linesAddUp('twin', books, accounts);
  }

  private settled(which: string, { state, haltedReason }: SettlementView): void {
    this.findings.expect(`${which}: the settlement`, 'done', haltedReason ?? state);
  }

  private kept(
    settlement: SettlementView,
    askId: string,
    kind: string,
    wish: { readonly pledges: number; readonly quantity: bigint },
  ): void {
    const report = reportOf(settlement, askId);
    for (const column of ['pledged', 'collected'] as const) {
      const tally = report?.[column];
      this.findings.expect(`painting: ${kind} ${column}, pledges`, wish.pledges, tally?.pledges ?? 'none');
      this.findings.expect(`painting: ${kind} ${column}`, wish.quantity, tally?.quantity ?? 'none');
    }
  }

  private async states(
    which: string,
    neighbours: readonly Neighbour[],
    pledges: ReadonlyMap<number, string>,
    wish: Readonly<Record<string, number>>,
  ): Promise<void> {
    const found: Record<string, number> = {};
    for (const { at, caller } of neighbours) {
      const id = pledges.get(at);
      if (id === undefined) continue;
      const { state } = await caller.get<PledgeView>(`/v1/pledges/${id}`);
      found[state] = (found[state] ?? 0) + 1;
    }
    this.findings.expect(which, listed(wish), listed(found));
  }

  private account(
    which: string,
    accounts: readonly AccountView[],
    account: string,
    wish: { readonly credits: bigint; readonly debits: bigint },
  ): void {
    const found = accounts.find((one) => one.account === account);
    const [unit, code] = account.split('/');
    const name = `${which}: ${code ?? ''}, ${unit ?? ''}`;
    this.findings.expect(`${name}, came in`, wish.credits, found?.credits ?? 'no account');
    this.findings.expect(`${name}, went out`, wish.debits, found?.debits ?? 'no account');
  }

  /** What was kept of the promises to an ask; none is left hanging. */
  private promise(
    which: string,
    accounts: readonly AccountView[],
    unit: string,
    askId: string,
    kept: bigint,
  ): void {
    const found = accounts.find((one) => one.account === `${unit}/promised_to/${askId}`);
    this.findings.expect(`${which}: promises kept, ${unit}`, kept, found?.balance ?? 'no account');
    this.findings.expect(`${which}: promises hanging, ${unit}`, 0n, found?.pending ?? 'no account');
  }

  private async linesAddUp(which: string, books: Books, accounts: readonly AccountView[]): Promise<void> {
    for (const { account, code, unit, credits, debits } of accounts) {
      const { items } = await books.lines(account);
      const sum = (column: 'credit' | 'debit'): bigint =>
        items.reduce((total, line) => total + BigInt(line[column]), 0n);
      const moved = `${sum('debit')} / ${sum('credit')}`;
      this.findings.expect(
        `${which}: lines of ${code}, ${unit}: debits / credits`,
        `${debits} / ${credits}`,
        moved,
      );
    }
  }
}

function reportOf({ asks }: SettlementView, askId: string): AskReportView | undefined {
  return asks.find((ask) => ask.askId === askId);
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
