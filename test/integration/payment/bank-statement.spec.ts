import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ImportBankStatement, ReadBankLines } from '@hehuo/payment';
import { bankWorld, csv, day } from './bank-clerk.js';
import { id, officer } from './world.js';

const { world, clerk } = bankWorld();

describe('a bank statement', () => {
  it('is taken once, and a line of it once in whatever file it comes', async () => {
    const [a, b, c] = [
      clerk.line('10.00', '王一', '长椅'),
      clerk.line('20.00', '王二', ''),
      clerk.line('30.00', '王三', ''),
    ];
    const out = [day(), '', '5.00', '电力公司', '电费', clerk.serial()].join(',');
    const first = await clerk.bring(csv(a, b, out));
    expect(first).toMatchObject({ lines: 3, incoming: 2, created: 2, known: 0 });
    const again = await Promise.all([
      clerk.bring(csv(a, b, out)),
      clerk.bring(csv(a, b, out), clerk.staff()),
    ]);
    expect(again).toEqual([first, first]);
    expect(await clerk.bring(csv(b, c))).toMatchObject({ incoming: 2, created: 1, known: 1 });
    expect(
      (await clerk.inState('unmatched')).filter(({ line: { payer } }) => /^王[一二三]$/.test(payer)),
    ).toHaveLength(3);
  });

  it('without numbers of the bank’s keeps equal transfers apart and knows them again', async () => {
    const same = [day(), '7.77', '', '李四', '长椅', ''].join(',');
    expect(await clerk.bring(csv(same, same))).toMatchObject({ created: 2 });
    expect(await clerk.bring(csv(same, same, same))).toMatchObject({ created: 1, known: 2 });
  });

  it('of two clerks at once comes in once', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => clerk.line(`${n + 1}.00`, '赵', ''));
    const halves = [csv(...lines.slice(0, 30)), csv(...lines.slice(10))];
    const done = await Promise.all([...halves, ...halves].map((bytes) => clerk.bring(bytes)));
    expect(new Set(done.map((statement) => statement.id)).size).toBe(2);
    const created = new Map(done.map((statement) => [statement.id, statement.created]));
    expect([...created.values()].reduce((sum, n) => sum + n, 0)).toBe(40);
  });

  it('in GBK, with lines above its header, is read', async () => {
    const number = clerk.serial();
    // 王小明 and the header as banks write them.
    const gbk = Buffer.concat([
      Buffer.from('d5cabac52c3632323220313233340d0a', 'hex'),
      Buffer.from('c8d5c6da2cb6d4b7bdbba7c3fb2cc1f7cbaebac52cd5aad2aa2ccad5c8eb', 'hex'),
      Buffer.from(`\r\n${day()},`),
      Buffer.from('cdf5d0a1c3f7', 'hex'),
      Buffer.from(`,${number},,"1,234.56"\r\n`),
    ]);
    expect(await clerk.bring(gbk)).toMatchObject({ lines: 1, created: 1 });
    expect((await clerk.lineOf(number)).line).toMatchObject({ payer: '王小明', amount: 123_456n });
  });

  it('with wrong lines is refused whole, with all of them at once', async () => {
    const twin = clerk.serial();
    const before = (await clerk.inState('unmatched')).length;
    const bad = csv(
      clerk.line('1.00', '甲', '', twin),
      clerk.line('1.234', '乙', ''),
      [`2026-02-30`, '1', '', '丙', '', ''].join(','),
      clerk.line('1.00', '丁', '', twin),
    );
    await expect(clerk.bring(bad)).rejects.toMatchObject({
      code: 'bank_statement_refused',
      details: {
        errors: [
          expect.objectContaining({ line: 3, column: 'income' }),
          expect.objectContaining({ line: 4, column: 'date' }),
          expect.objectContaining({ line: 5, column: 'serial', code: 'serial_twice', twin: 2 }),
        ],
      },
    });
    expect(await clerk.inState('unmatched')).toHaveLength(before);
    const known = clerk.serial();
    await clerk.bring(csv(clerk.line('1.00', '甲', '', known)));
    await expect(clerk.bring(csv(clerk.line('2.00', '甲', '', known)))).rejects.toMatchObject({
      details: { errors: [expect.objectContaining({ line: 2, column: 'serial', code: 'serial_other_sum' })] },
    });
  });

  it.each([
    ['without a header', Buffer.from('a,b\r\n1,2\r\n'), 'bank_statement_refused'],
    ['that is empty', Buffer.alloc(0), 'bank_statement_refused'],
    ['that is no text', Buffer.from([0xff, 0xff, 0xff, 0x00]), 'bank_statement_refused'],
    ['of more than 1 MiB', Buffer.alloc(1024 * 1024 + 1, 0x61), 'bank_statement_too_large'],
    [
      'of more than 5,000 lines',
      Buffer.from(`date,income\n${'2026-01-01,1\n'.repeat(5_001)}`),
      'bank_statement_too_large',
    ],
  ])('%s is refused', async (_name, bytes, code) => {
    await expect(clerk.bring(bytes)).rejects.toMatchObject({ code });
  });

  it('is for staff of the community, and of an account that exists', async () => {
    const file = csv(clerk.line('1.00', '甲', ''));
    for (const actor of [clerk.staff(id('com')), officer('fund_approver')])
      await expect(clerk.bring(file, actor)).rejects.toMatchObject({ code: 'payment_forbidden' });
    const source = Readable.from([file]);
    const elsewhere = { actor: clerk.staff(), accountId: id('cus'), source };
    await expect(world.get(ImportBankStatement).execute(elsewhere)).rejects.toMatchObject({
      code: 'custody_account_not_found',
    });
    const reader = {
      actor: clerk.staff(id('com')),
      accountId: clerk.accountId,
      state: 'unmatched',
      after: null,
      limit: 1,
    } as const;
    await expect(world.get(ReadBankLines).execute(reader)).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
  });

  it('keeps no name in the clear', async () => {
    await clerk.bring(csv(clerk.line('3.00', '欧阳金丝雀', '给金丝雀')));
    const rows = await world.database.rows('SELECT * FROM bank_line');
    expect(JSON.stringify(rows)).not.toContain('金丝雀');
  });
});
