import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BOOK_INVARIANTS,
  DueStatements,
  FreezeMonth,
  isSigned,
  ReadStatements,
  StatementKeys,
  VerifyStatements,
  type Statement,
} from '@hehuo/book';
import type { Id } from '@hehuo/kernel';
import { checkInvariants } from '@hehuo/platform';
import type { OpenCampaign } from '../../support/open-campaign.js';
import { bookOn, BookWorld, type Side } from './world.js';

let world: BookWorld;
let open: OpenCampaign;
let clearing: Side;
let escrow: Side;

beforeAll(async () => {
  world = await BookWorld.start();
  open = await world.campaign();
  clearing = { code: 'gateway_clearing', owner: open.custodyAccountId };
  escrow = { code: 'escrow', owner: open.campaignId };
});
afterAll(() => world.stop());

const freezeAll = async (): Promise<void> => {
  for (const account of await world.get(DueStatements).execute(10)) {
    while (await world.get(FreezeMonth).execute(account));
  }
};
const statements = async (): Promise<Statement[]> =>
  (await world.get(ReadStatements).ofCommunity(open.communityId, null, 100)).reverse();
const book = async (at: string, amount: bigint, from = clearing, to = escrow): Promise<void> => {
  await world.dated(await world.move('charge-paid', amount, from, to), at);
};
const broken = async () =>
  (await checkInvariants(world.sql, BOOK_INVARIANTS)).map(({ invariant }) => invariant);

describe('monthly statements', () => {
  it('freeze each month that is over by the calendar of the community, one after the other', async () => {
    // 17:00 in Greenwich on the last of August is September in Chengdu.
    await book('2026-08-15 00:00:00', 100n);
    await book('2026-08-31 17:00:00', 50n);
    await book('2026-09-10 00:00:00', 30n, escrow, clearing);
    await world.expectSound();
    expect(await world.get(DueStatements).execute(10)).toEqual([open.custodyAccountId]);
    await Promise.all([1, 2, 3].map(() => world.get(FreezeMonth).execute(open.custodyAccountId)));
    await freezeAll();
    expect(await world.get(DueStatements).execute(10)).toEqual([]);
    const frozen = await statements();
    expect(
      frozen
        .slice(0, 3)
        .map(({ number, month, opening, received, spent, closing, lineCount }) => [
          ...[number, month, opening, received, spent, closing, lineCount],
        ]),
    ).toEqual([
      [1, '2026-08', 0n, 100n, 0n, 100n, 1n],
      [2, '2026-09', 100n, 50n, 30n, 120n, 2n],
      [3, '2026-10', 120n, 0n, 0n, 120n, 0n],
    ]);
    expect(frozen[1]!.previousHash).toBe(frozen[0]!.hash);
    expect(frozen[2]!.campaigns).toEqual([
      { campaignId: open.campaignId, opening: 120n, received: 0n, returned: 0n, spent: 0n, closing: 120n },
    ]);
    await world.expectSound();
  });

  it('leave a frozen month alone: what comes late is in the next one', async () => {
    const before = await statements();
    const next = await world.sql.row<{ month: string }>(
      'SELECT next_month AS month FROM book_calendar WHERE custody_account_id = ?',
      [open.custodyAccountId],
    );
    await book('2026-08-20 00:00:00', 7n);
    await world.write();
    const line = (await world.linesOf({ campaignId: open.campaignId })).at(-1)!.line;
    expect([line.amount, line.month]).toEqual([7n, next!.month]);
    expect(await statements()).toEqual(before);
    await world.expectSound();
  });

  it('can be checked by anybody with the public key', async () => {
    const { keys, currentId } = await world.get(StatementKeys).published();
    expect(keys.map(({ keyId }) => keyId)).toEqual([currentId]);
    const [first] = await statements();
    const { statement, text, custodian } = await world.get(ReadStatements).one(first!.id);
    expect(custodian).toBe('居民委员会');
    const { publicKey } = keys[0]!;
    expect(isSigned(publicKey, text, statement.signature)).toBe(true);
    expect(isSigned(publicKey, text.replace('100', '101'), statement.signature)).toBe(false);
    // The private half lies sealed in the database.
    const row = await world.sql.row<{ sealed: string }>('SELECT private_sealed AS sealed FROM statement_key');
    expect(row!.sealed.startsWith('v1:')).toBe(true);
    // Another process signs with the same key.
    const other = await bookOn(world.money.db.url);
    expect((await other.get(StatementKeys, { strict: false }).current()).keyId).toBe(currentId);
    await other.close();
  });

  it('cannot be changed by the application, nor can the lines', async () => {
    for (const table of ['book_statement', 'book_line', 'statement_key']) {
      await expect(world.sql.change(`DELETE FROM ${table}`)).rejects.toMatchObject({ errno: 1142 });
    }
    await expect(world.sql.change('UPDATE book_statement SET closing = 1')).rejects.toMatchObject({
      errno: 1142,
    });
    await expect(world.sql.change('UPDATE book_line SET amount = 1')).rejects.toMatchObject({ errno: 1142 });
  });

  it('are found out when somebody with more rights changes them', async () => {
    const verify = async () => (await world.get(VerifyStatements).execute()).faults.map(({ what }) => what);
    const { faults, statements: count } = await world.get(VerifyStatements).execute();
    expect([faults, count]).toEqual([[], (await statements()).length]);
    const [first, second] = await statements();
    const undo = 'UPDATE book_line SET amount = 100 WHERE amount = 99';
    await world.asOwner('UPDATE book_line SET amount = 99 WHERE amount = 100');
    expect(await verify()).toEqual(['figures', 'lines']);
    expect(await broken()).toContain('book.statement-is-lines');
    await world.asOwner(undo);
    await world.asOwner('UPDATE book_statement SET received = received + 1, spent = spent + 1 WHERE id = ?', [
      first!.id,
    ]);
    expect(await verify()).toEqual(['figures', 'hash', 'signature']);
    await world.asOwner('UPDATE book_statement SET received = received - 1, spent = spent - 1 WHERE id = ?', [
      first!.id,
    ]);
    await world.asOwner('UPDATE book_statement SET hash = ? WHERE id = ?', ['0'.repeat(63) + '1', first!.id]);
    expect(await verify()).toEqual(['hash', 'chain']);
    expect(await broken()).toContain('book.statement-chain');
    await world.asOwner('UPDATE book_statement SET hash = ? WHERE id = ?', [first!.hash, first!.id]);
    await world.asOwner('UPDATE book_statement SET signature = ? WHERE id = ?', [
      second!.signature,
      first!.id,
    ]);
    expect(await verify()).toEqual(['signature']);
    await world.asOwner('UPDATE book_statement SET signature = ? WHERE id = ?', [
      first!.signature,
      first!.id,
    ]);
    await world.expectSound();
    expect(await verify()).toEqual([]);
  });

  it('are signed with the operator’s key where one is set, and older ones stay checkable', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const given = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const other = await bookOn(world.money.db.url, given);
    const published = await other.get(StatementKeys, { strict: false }).published();
    expect(published.keys).toHaveLength(2);
    const key = published.keys.find(({ keyId }) => keyId === published.currentId)!;
    const signing = await other.get(StatementKeys, { strict: false }).current();
    expect(isSigned(key.publicKey, '你好', signing.sign('你好'))).toBe(true);
    expect((await other.get(VerifyStatements, { strict: false }).execute()).faults).toEqual([]);
    await other.close();
  });

  it('of nobody are not found', async () => {
    const unknown = 'stm_00000000000000000000000000' as Id<'stm'>;
    await expect(world.get(ReadStatements).one(unknown)).rejects.toMatchObject({
      code: 'statement_not_found',
    });
  });
});
