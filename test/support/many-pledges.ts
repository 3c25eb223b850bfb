import { newId, type Id } from '@hehuo/kernel';
import { promiseAccounts, type Kind } from '@hehuo/campaign';
import { accountId } from '@hehuo/ledger';
import { SystemClock, type Sql, type SqlValue } from '@hehuo/platform';
import type { OpenCampaign } from './open-campaign.js';

const rowsPerStatement = 1000;
const idsPerMs = 10;

/** How much one pledge of a kind promises here. */
const QUANTITY: Record<Kind, bigint> = {
  ...{ skilled_work: 120n, labour: 120n, goods: 2n, money: 500n, planning: 1n, attention: 1n },
};

/**
 * Writes `count` promises of an open campaign straight into the tables, spread over its asks in turn, with their
 * reservations in the books and the counters that belong to them: ground for tests of very many.
 */
export async function manyPledges(sql: Sql, open: OpenCampaign, count: number): Promise<void> {
  const atMs = new SystemClock().now().getTime();
  for (let at = 0; at < count; at += rowsPerStatement) {
    const size = Math.min(rowsPerStatement, count - at);
    const pledges = Array.from({ length: size }, (_, index) => {
      const ask = open.asks[(at + index) % open.asks.length]!;
      // Ids follow time, as they do when a batch a few milliseconds long writes some of them.
      return {
        id: newId('plg', atMs + Math.floor((at + index) / idsPerMs)),
        ask,
        person: open.people[(at + index) % open.people.length]!,
      };
    });
    await insertPledges(sql, open, pledges);
    await reserve(sql, open, pledges);
  }
  await setCounters(sql, open, count);
}

type Row = { readonly id: Id<'plg'>; readonly ask: OpenCampaign['asks'][number]; readonly person: Id<'per'> };

async function insertPledges(sql: Sql, open: OpenCampaign, pledges: readonly Row[]): Promise<void> {
  await sql.change(
    `INSERT INTO pledge (id, campaign_id, ask_id, slot_id, community_id, person_id, household_id, kind, quantity, state, anonymous,
       submitted_by, attention_of, once_hash, request_hash, failure_policy, surplus_policy, scope_change_policy, created_at)
     VALUES ?`,
    [
      pledges.map(({ id, ask, person }) => [
        ...[id, open.campaignId, ask.id, ask.slots[0] ?? null, open.communityId, person, `hhd${id.slice(3)}`],
        ...[ask.kind, QUANTITY[ask.kind], 'promised', false, person],
        ask.kind === 'attention' ? `hhd${id.slice(3)}` : null,
        ...[id.padEnd(43, 'x'), id.padEnd(64, '0'), 'refund_all', 'refund_pro_rata', 'reconsent_or_refund'],
        new Date(new SystemClock().now().getTime() - 60_000),
      ]) as SqlValue[],
    ],
  );
}

async function reserve(sql: Sql, open: OpenCampaign, pledges: readonly Row[]): Promise<void> {
  const grp = newId('grp', new SystemClock().now().getTime());
  await sql.change('INSERT INTO ledger_unfolded (grp) VALUES (?)', [grp]);
  await sql.change(
    'INSERT INTO ledger_transfer (id, grp, unit, kind, debit_id, credit_id, amount, reason, ref) VALUES ?',
    [
      pledges.map(({ id, ask }) => {
        const { debit, credit } = promiseAccounts(open.communityId, ask.id, ask.kind);
        return [
          ...[`trf${id.slice(3)}`, grp, debit.unit, 'pending', accountId(debit), accountId(credit)],
          ...[QUANTITY[ask.kind], 'pledge', id],
        ];
      }) as SqlValue[],
    ],
  );
}

async function setCounters(sql: Sql, open: OpenCampaign, count: number): Promise<void> {
  for (const [index, ask] of open.asks.entries()) {
    const mine = Math.floor(count / open.asks.length) + (index < count % open.asks.length ? 1 : 0);
    const { debit, credit } = promiseAccounts(open.communityId, ask.id, ask.kind);
    await sql.change(
      `INSERT INTO ledger_account (id, unit, code, owner, mode, guarded) VALUES ?
       ON DUPLICATE KEY UPDATE id = VALUES(id)`,
      [
        [debit, credit].map((key) => [
          accountId(key),
          key.unit,
          key.code,
          key.owner,
          'folded',
          false,
        ]) as SqlValue[],
      ],
    );
    await sql.change('UPDATE ask_intake SET reserved = ?, pledges = ? WHERE ask_id = ?', [
      BigInt(mine) * QUANTITY[ask.kind],
      mine,
      ask.id,
    ]);
    for (const slotId of ask.slots.slice(0, 1)) {
      await sql.change('UPDATE slot SET reserved = ? WHERE id = ?', [mine, slotId]);
    }
  }
  await sql.change('UPDATE intake SET pledges = ? WHERE campaign_id = ?', [count, open.campaignId]);
}
