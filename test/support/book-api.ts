import { id, type MoneyApi } from './money-api.js';

/** Reads what a spreadsheet would read. */
export function cellsOf(csv: string): string[][] {
  return csv
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
        .slice(0, line.endsWith(',') ? undefined : -1),
    );
}

/** A second charge of the same pledge that nobody paid. */
export async function unpaidCharge(money: MoneyApi, like: string): Promise<string> {
  const unpaid = id('chg');
  await money.api.testDatabase.database.change(
    `INSERT INTO charge (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, gateway, merchant_ref, number,
       operation_id, amount, description, pay_by, state)
     SELECT ?, pledge_id, campaign_id, community_id, payer_id, custody_account_id, 'sandbox', 'committee-1', ?, 'op-unpaid', 1, 'x',
            pay_by, 'new' FROM charge WHERE id = ?`,
    [unpaid, unpaid, like],
  );
  return unpaid;
}
