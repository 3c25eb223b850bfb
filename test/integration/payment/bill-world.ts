import { UnitOfWork, type Id } from '@hehuo/kernel';
import {
  ConfirmDifference,
  ExplainDifference,
  ListDifferences,
  ReadReconciliation,
  ReconcileDay,
  ReconciliationBlocks,
  type BillDayState,
  type Charge,
  type Difference,
  type Explanation,
} from '@hehuo/payment';
import { act } from './act.js';
import { throughSpec } from './spec-world.js';
import { id, nowMs, officer, World } from './world.js';

export const approver = () => officer('fund_approver');
const dayMs = 86_400_000;

/** The world of payments with days of bills that a test may call over before they are. */
export class BillWorld extends World {
  /** A calendar day of UTC, counted from today. */
  day(offset = 0): string {
    return new Date(nowMs() + offset * dayMs).toISOString().slice(0, 10);
  }

  /**
   * A day whose bill may be fetched now. Its hours are those of its date, or of `hoursOf`, another day: that is how a
   * movement is in our books on one side of midnight and on a bill on the other.
   */
  async billDay(merchantRef: string, offset = 0, hoursOf = offset): Promise<Id<'bld'>> {
    const dayId = id('bld');
    await this.database.change(
      `INSERT INTO bill_day (id, gateway, merchant_ref, bill_date, starts_at, ends_at, state, next_try_at)
       VALUES (?, UTC_TIMESTAMP(3))`,
      [
        [
          ...[dayId, 'sandbox', merchantRef, this.day(offset)],
          ...[`${this.day(hoursOf)} 00:00:00.000`, `${this.day(hoursOf + 1)} 00:00:00.000`, 'due'],
        ],
      ],
    );
    return dayId;
  }

  reconcile(dayId: Id<'bld'>, anew = false): Promise<BillDayState | null> {
    return this.get(ReconcileDay).now(dayId, anew);
  }

  /** The bill of another day came, and it tells what this one tells, with another fee. */
  async tellAgain(from: Id<'bld'>, to: Id<'bld'>, fee: bigint): Promise<void> {
    await this.database.change(
      `INSERT INTO bill_line (bill_day_id, line_no, edition, kind, our_number, order_number, gateway_number, amount, incoming,
         fee, occurred_at, movement_key)
       SELECT ?, line_no, edition, kind, our_number, order_number, gateway_number, amount, incoming, ?, occurred_at, movement_key
       FROM bill_line WHERE bill_day_id = ?`,
      [to, fee, from],
    );
    await this.database.change(
      "UPDATE bill_day SET state = 'imported', imported_at = UTC_TIMESTAMP(3), downloads = 2, next_try_at = NULL WHERE id = ?",
      [to],
    );
  }

  /** An account and a merchant of its own, so that no other test is on its bills. */
  async merchant(): Promise<{ merchantRef: string; accountId: Id<'cus'> }> {
    const merchantRef = `m-${id('cus').slice(-12)}`;
    return { merchantRef, accountId: await this.custody(merchantRef) };
  }

  /** A charge of this account, paid and booked. */
  async paid(accountId: Id<'cus'>, amount = 5_000n): Promise<Charge> {
    const charge = await this.placed(accountId, amount);
    await this.pay(charge);
    await this.until('the charge is booked', async () => (await this.stateOf(charge)) === 'succeeded');
    return charge;
  }

  async placed(accountId: Id<'cus'>, amount = 5_000n): Promise<Charge> {
    const pledge = { ...(await this.pledge(amount)), custodyAccountId: accountId };
    return this.charge(pledge);
  }

  async stateOf({ id: chargeId }: Charge): Promise<string | undefined> {
    const row = await this.database.row<{ state: string }>('SELECT state FROM charge WHERE id = ?', [
      chargeId,
    ]);
    return row?.state;
  }

  /** The campaign of this charge's pledge takes no more money. */
  async closePledgeOf({ pledgeId }: Charge): Promise<void> {
    await this.database.change('UPDATE test_pledge SET closed = 1 WHERE id = ?', [pledgeId]);
  }

  async verdicts(dayId: Id<'bld'>): Promise<(string | null)[]> {
    const lines = await this.get(ReadReconciliation).linesOf(approver(), dayId, 0, 100);
    return lines.map(({ verdict }) => verdict);
  }

  async differences(accountId: Id<'cus'>): Promise<Difference[]> {
    const all = await this.get(ListDifferences).execute({
      ...{ actor: approver(), states: ['open', 'proposed', 'carried', 'explained', 'healed'] },
      ...{ after: null, limit: 1_000 },
    });
    return all.filter(({ custodyAccountId }) => custodyAccountId === accountId);
  }

  /** Explained by one person and confirmed by another. */
  async explain(difference: Difference, over: Partial<Explanation>): Promise<void> {
    const explanation: Explanation = {
      ...{ resolution: 'noted', campaignId: null, openItem: null, reason: 'the gateway was called' },
      ...{ evidence: 'letter of the gateway of today', ...over },
    };
    const { version } = await this.get(ExplainDifference).execute({
      ...{ ...act(approver()), differenceId: difference.id, explanation },
    });
    await this.confirmDifference(difference.id, version);
  }

  confirmDifference(differenceId: Id<'dif'>, version: number, actor = approver()) {
    return this.get(ConfirmDifference).execute({ ...act(actor), differenceId, version });
  }

  block(accountId: Id<'cus'>): Promise<string | null> {
    return this.get(UnitOfWork).run((tx) => this.get(ReconciliationBlocks).find(tx, accountId));
  }

  /** The same of the ledger as a short text: what moved from and to the account's own purse. */
  async purse(accountId: Id<'cus'>): Promise<Record<string, string>> {
    const codes = ['gateway_clearing', 'cash_clearing', 'suspense', 'gateway_fee'] as const;
    const sums: [string, string][] = [];
    // One after the other: only one at a time may fold what was booked.
    for (const code of codes) sums.push([code, String(await this.balance(code, accountId))]);
    return Object.fromEntries(sums.filter(([, sum]) => sum !== '0'));
  }
}

export const billWorld = (): BillWorld => throughSpec(new BillWorld());
