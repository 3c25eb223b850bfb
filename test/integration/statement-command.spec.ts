import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DueStatements, FreezeMonth, ReadStatements, type Statement } from '@hehuo/book';
import { ops, settingsOn } from '../../apps/ops/test/run.js';
import type { OpenCampaign } from '../support/open-campaign.js';
import { BookWorld } from './book/world.js';

/** Each command is a process of its own with all contexts: long where many work on the machine. */
const testMs = 60_000;
let world: BookWorld;
let open: OpenCampaign;
let frozen: Statement[];

beforeAll(async () => {
  world = await BookWorld.start();
  open = await world.campaign();
  const clearing = { code: 'gateway_clearing', owner: open.custodyAccountId } as const;
  const escrow = { code: 'escrow', owner: open.campaignId } as const;
  for (const [at, amount] of [
    ['2026-07-15 00:00:00', 100n],
    ['2026-08-15 00:00:00', 50n],
    ['2026-09-15 00:00:00', 30n],
  ] as const) {
    await world.dated(await world.move('charge-paid', amount, clearing, escrow), at);
  }
  await world.write();
  for (const account of await world.get(DueStatements).execute(10)) {
    while (await world.get(FreezeMonth).execute(account));
  }
  frozen = (await world.get(ReadStatements).ofCommunity(open.communityId, null, 100)).reverse();
});
afterAll(() => world.stop());
// Whatever a test did to the tables, it undid.
afterEach(() => world.expectSound());

const verify = () => ops(['statement', 'verify'], settingsOn(world.money.db));
/** `month what` of every row of the table that the command prints. */
const told = (out: string): string[] =>
  [...out.matchAll(/(\d{4}-\d{2}) │[^│]*│[^│]*│ (.*?) +│$/gm)].map(([, month, what]) => `${month} ${what}`);

describe('ops statement verify', () => {
  it(
    'says that months are as they were signed',
    async () => {
      expect(frozen.map(({ month }) => month).slice(0, 3)).toEqual(['2026-07', '2026-08', '2026-09']);
      const out = `${frozen.length} statements are as they were signed.`;
      expect(await verify()).toEqual({ code: 0, out, err: '' });
    },
    testMs,
  );

  it(
    'ends with 1 and names a month whose sums were changed',
    async () => {
      const change = (by: '+' | '-') =>
        world.asOwner(
          `UPDATE book_statement SET received = received ${by} 1, spent = spent ${by} 1 WHERE month = '2026-08'`,
        );
      await change('+');
      const { code, out, err } = await verify();
      expect(told(out)).toEqual([
        '2026-08 the sums are not those of the lines',
        '2026-08 the hash is not that of the text',
        '2026-08 the signature is not that of the key',
      ]);
      expect([code, err]).toEqual([
        1,
        `ops: 3 differences in ${frozen.length} statements. Nothing was changed.`,
      ]);
      expect(out).toContain(frozen[1]!.id);
      await change('-');
    },
    testMs,
  );

  it.each(['2026-07', '2026-08', 'the last'])(
    'ends with 1 and names a month that is gone: %s',
    async (which) => {
      const gone = frozen.find(({ month }) => month === which) ?? frozen.at(-1)!;
      await world.asOwner('CREATE TABLE statement_aside LIKE book_statement');
      await world.asOwner('INSERT INTO statement_aside SELECT * FROM book_statement WHERE id = ?', [gone.id]);
      await world.asOwner('DELETE FROM book_statement WHERE id = ?', [gone.id]);
      const { code, out } = await verify();
      expect(code).toBe(1);
      expect(told(out)).toContain(`${gone.month} it was frozen and is gone`);
      await world.asOwner('INSERT INTO book_statement SELECT * FROM statement_aside');
      await world.asOwner('DROP TABLE statement_aside');
    },
    testMs,
  );

  it(
    'ends with 1 when another key stands in the place of the one that signed, or none',
    async () => {
      const [key] = await world.sql.rows<Record<'id' | 'text', string>>(
        'SELECT key_id AS id, public_key AS text FROM statement_key',
      );
      const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
      const put = (text: string) => world.asOwner('UPDATE statement_key SET public_key = ?', [text]);
      await put(other.toString('base64'));
      const wrong = await verify();
      expect([wrong.code, told(wrong.out)]).toEqual([
        1,
        frozen.map(({ month }) => `${month} the signature is not that of the key`),
      ]);
      await put(key!.text);

      const rename = (from: string, to: string) =>
        world.asOwner('UPDATE statement_key SET key_id = ? WHERE key_id = ?', [to, from]);
      await rename(key!.id, '0'.repeat(16));
      const unknown = await verify();
      expect([unknown.code, told(unknown.out)]).toEqual([
        1,
        frozen.map(({ month }) => `${month} its key is unknown here`),
      ]);
      await rename('0'.repeat(16), key!.id);
    },
    testMs,
  );
});
