import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  AwaitingPledges,
  ConfirmReceipt,
  DecideBankLine,
  ImportBankStatement,
  MatchBankLines,
  paymentReference,
  ReadBankLines,
  ReadCharge,
  RefuseReceipt,
  type BankLineState,
  type BankLineView,
  type BankStatement,
  type PayablePledge,
} from '@hehuo/payment';
import type { TestAwaiting } from './ports.js';
import { id, nowMs, officer, World } from './world.js';

let world: World;
let accountId: Id<'cus'>;
const HEADER = '交易日期,收入,支出,对方户名,摘要,流水号';
let serials = 0;

beforeAll(async () => {
  world = await new World().start();
  accountId = world.custodyAccountId;
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
  awaiting().known.length = 0;
});

const awaiting = () => world.get(AwaitingPledges) as TestAwaiting;
const staff = (communityId = world.communityId) => officer('community_staff', communityId);
const day = (): string => new Date(nowMs() - 2 * 86_400_000).toISOString().slice(0, 10);
const serial = (): string => `BANK${String((serials += 1)).padStart(8, '0')}`;
const line = (income: string, payer: string, remark: string, number = serial()): string =>
  [day(), income, '', payer, remark, number].join(',');
const csv = (...lines: string[]): Buffer => Buffer.from([HEADER, ...lines].join('\r\n'));

function bring(bytes: Buffer, actor = staff()): Promise<BankStatement> {
  return world.get(ImportBankStatement).execute({ actor, accountId, source: Readable.from([bytes]) });
}

async function awaited(amount: bigint, name?: string): Promise<PayablePledge> {
  const pledge = await world.pledge(amount);
  const { pledgeId, campaignId, payerId } = pledge;
  awaiting().known.push({ pledgeId, campaignId, payerId, amount });
  if (name !== undefined) awaiting().names.set(payerId, name);
  return pledge;
}

async function inState(state: BankLineState): Promise<BankLineView[]> {
  await world.get(MatchBankLines).execute(accountId);
  const input = { actor: officer('auditor', world.communityId), accountId, state, after: null, limit: 200 };
  return world.get(ReadBankLines).execute(input);
}

/** The line with this number, wherever it stands, after the lines were compared. */
async function lineOf(number: string): Promise<BankLineView> {
  const states = ['unmatched', 'proposed', 'accepted', 'dismissed'] as const;
  for (const state of states) {
    const found = (await inState(state)).find((one) => one.line.serial === number);
    if (found) return found;
  }
  throw new Error(`no line ${number}`);
}

const accept = (view: BankLineView, pledge: PayablePledge, over: object = {}) =>
  world.get(DecideBankLine).accept({
    ...{ actor: staff(), lineId: view.line.id, pledgeId: pledge.pledgeId, paidTwice: false },
    ...{ operationId: id('opr'), ...over },
  });

const confirm = (receiptId: Id<'rct'>) =>
  world.get(ConfirmReceipt).execute({ actor: officer('fund_approver'), receiptId });

describe('a bank statement', () => {
  it('is taken once, and a line of it once in whatever file it comes', async () => {
    const [a, b, c] = [line('10.00', '王一', '长椅'), line('20.00', '王二', ''), line('30.00', '王三', '')];
    const out = [day(), '', '5.00', '电力公司', '电费', serial()].join(',');
    const first = await bring(csv(a, b, out));
    expect(first).toMatchObject({ lines: 3, incoming: 2, created: 2, known: 0 });
    const again = await Promise.all([bring(csv(a, b, out)), bring(csv(a, b, out), staff())]);
    expect(again).toEqual([first, first]);
    expect(await bring(csv(b, c))).toMatchObject({ incoming: 2, created: 1, known: 1 });
    expect(
      (await inState('unmatched')).filter(({ line: { payer } }) => /^王[一二三]$/.test(payer)),
    ).toHaveLength(3);
  });

  it('without numbers of the bank’s keeps equal transfers apart and knows them again', async () => {
    const same = [day(), '7.77', '', '李四', '长椅', ''].join(',');
    expect(await bring(csv(same, same))).toMatchObject({ created: 2 });
    expect(await bring(csv(same, same, same))).toMatchObject({ created: 1, known: 2 });
  });

  it('of two clerks at once comes in once', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => line(`${n + 1}.00`, '赵', ''));
    const halves = [csv(...lines.slice(0, 30)), csv(...lines.slice(10))];
    const done = await Promise.all([...halves, ...halves].map((bytes) => bring(bytes)));
    expect(new Set(done.map((statement) => statement.id)).size).toBe(2);
    const created = new Map(done.map((statement) => [statement.id, statement.created]));
    expect([...created.values()].reduce((sum, n) => sum + n, 0)).toBe(40);
  });

  it('in GBK, with lines above its header, is read', async () => {
    const number = serial();
    // 王小明 and the header as banks write them.
    const gbk = Buffer.concat([
      Buffer.from('d5cabac52c3632323220313233340d0a', 'hex'),
      Buffer.from('c8d5c6da2cb6d4b7bdbba7c3fb2cc1f7cbaebac52cd5aad2aa2ccad5c8eb', 'hex'),
      Buffer.from(`\r\n${day()},`),
      Buffer.from('cdf5d0a1c3f7', 'hex'),
      Buffer.from(`,${number},,"1,234.56"\r\n`),
    ]);
    expect(await bring(gbk)).toMatchObject({ lines: 1, created: 1 });
    expect((await lineOf(number)).line).toMatchObject({ payer: '王小明', amount: 123_456n });
  });

  it('with wrong lines is refused whole, with all of them at once', async () => {
    const twin = serial();
    const before = (await inState('unmatched')).length;
    const bad = csv(
      line('1.00', '甲', '', twin),
      line('1.234', '乙', ''),
      [`2026-02-30`, '1', '', '丙', '', ''].join(','),
      line('1.00', '丁', '', twin),
    );
    await expect(bring(bad)).rejects.toMatchObject({
      code: 'bank_statement_refused',
      details: {
        errors: [
          expect.objectContaining({ line: 3, column: 'income' }),
          expect.objectContaining({ line: 4, column: 'date' }),
          { line: 5, column: 'serial', message: 'stands in line 2 too' },
        ],
      },
    });
    expect(await inState('unmatched')).toHaveLength(before);
    const known = serial();
    await bring(csv(line('1.00', '甲', '', known)));
    await expect(bring(csv(line('2.00', '甲', '', known)))).rejects.toMatchObject({
      details: { errors: [{ line: 2, column: 'serial', message: expect.stringContaining('another sum') }] },
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
    await expect(bring(bytes)).rejects.toMatchObject({ code });
  });

  it('is for staff of the community, and of an account that exists', async () => {
    const file = csv(line('1.00', '甲', ''));
    for (const actor of [staff(id('com')), officer('fund_approver')])
      await expect(bring(file, actor)).rejects.toMatchObject({ code: 'payment_forbidden' });
    const source = Readable.from([file]);
    const elsewhere = { actor: staff(), accountId: id('cus'), source };
    await expect(world.get(ImportBankStatement).execute(elsewhere)).rejects.toMatchObject({
      code: 'custody_account_not_found',
    });
    const reader = { actor: staff(id('com')), accountId, state: 'unmatched', after: null, limit: 1 } as const;
    await expect(world.get(ReadBankLines).execute(reader)).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
  });

  it('keeps no name in the clear', async () => {
    await bring(csv(line('3.00', '欧阳金丝雀', '给金丝雀')));
    const rows = await world.database.rows('SELECT * FROM bank_line');
    expect(JSON.stringify(rows)).not.toContain('金丝雀');
  });
});

describe('the proposals of a line', () => {
  it('go from certain to possible and follow the pledges', async () => {
    const mine = await awaited(12_300n, '周一');
    await awaited(12_300n, '周二');
    const [byReference, byName, bySum] = [serial(), serial(), serial()];
    await bring(
      csv(
        line('123.00', '公司', `长椅 ${paymentReference(mine.pledgeId)}`, byReference),
        line('123.00', '周二', '', byName),
        line('123.00', '陌生人', '', bySum),
      ),
    );
    const words = async (number: string) =>
      (await lineOf(number)).proposals.map(({ score, why }) => `${score} ${why}`);
    expect(await words(byReference)).toEqual(['certain reference_and_sum']);
    expect(await words(byName)).toEqual(['likely sum_and_name', 'possible sum']);
    expect(await words(bySum)).toEqual(['possible sum', 'possible sum']);
    awaiting().known.length = 0;
    const after = await lineOf(bySum);
    expect([after.line.state, after.proposals]).toEqual(['unmatched', []]);
    await world.database.change('UPDATE bank_line SET matched_at = matched_at - INTERVAL 1 HOUR');
    expect(await world.get(MatchBankLines).due(10)).toEqual([accountId]);
    await world.get(MatchBankLines).execute(accountId);
    expect(await world.get(MatchBankLines).due(10)).toEqual([]);
  });
});

describe('accepting a line', () => {
  async function paid(
    amount = 4_200n,
  ): Promise<{ pledge: PayablePledge; view: BankLineView; number: string }> {
    const [pledge, number] = [await awaited(amount), serial()];
    const yuan = `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
    await bring(csv(line(yuan, '吴', paymentReference(pledge.pledgeId), number)));
    return { pledge, number, view: await lineOf(number) };
  }

  it('enters a receipt that another person confirms, and the pledge is paid', async () => {
    const { pledge, view, number } = await paid();
    const actor = staff();
    const receiptId = await accept(view, pledge, { actor });
    expect(await accept(view, pledge, { actor })).toBe(receiptId);
    expect((await world.pledgeRow(pledge)).winner).toBeNull();
    await expect(world.get(ConfirmReceipt).execute({ actor, receiptId })).rejects.toMatchObject({
      code: 'same_person',
    });
    await confirm(receiptId);
    const [charge] = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(charge).toMatchObject({ status: 'paid', charge: { description: number, bookedAs: 'escrow' } });
    expect(
      (await world.get(ReadCharge).ofPayer(pledge.payerId, null, 10)).map(({ status }) => status),
    ).toEqual(['paid']);
    expect((await lineOf(number)).line).toMatchObject({ state: 'accepted', receiptId });
  });

  it('by eight clerks at once is one receipt', async () => {
    const { pledge, view } = await paid();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => accept(view, pledge)));
    const [won, lost] = [
      answers.filter(({ status }) => status === 'fulfilled'),
      answers.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
    ];
    expect([won.length, [...new Set(lost)]]).toEqual([1, ['state_conflict']]);
  });

  it('of two lines for one pledge takes one, and the other only as paid twice, which goes back', async () => {
    const { pledge, view } = await paid();
    const number = serial();
    await bring(csv(line('42.00', '吴', paymentReference(pledge.pledgeId), number)));
    const other = await lineOf(number);
    const answers = await Promise.allSettled([accept(view, pledge), accept(other, pledge)]);
    const refusals = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals).toEqual([expect.objectContaining({ code: 'bank_line_pledge_taken' })]);
    const [first] = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const left = answers[0]?.status === 'fulfilled' ? other : view;
    const second = await accept(left, pledge, { paidTwice: true });
    await confirm(first!);
    await confirm(second);
    const views = await world.get(ReadCharge).ofPledge(pledge.pledgeId);
    expect(views.map(({ status }) => status).sort()).toEqual(['paid', 'returning']);
  });

  it('of another sum than promised goes back whole', async () => {
    const pledge = await awaited(5_000n);
    const number = serial();
    await bring(csv(line('49.99', '吴', paymentReference(pledge.pledgeId), number)));
    const view = await lineOf(number);
    expect(view.proposals).toMatchObject([{ score: 'likely', why: 'reference' }]);
    await confirm(await accept(view, pledge));
    expect((await world.get(ReadCharge).ofPledge(pledge.pledgeId))[0]?.status).toBe('returning');
  });

  it('whose receipt is refused waits for the right pledge, and is accepted anew', async () => {
    const { pledge, view, number } = await paid();
    const right = await awaited(4_200n);
    const input = { actor: staff(), operationId: id('opr') };
    const wrong = await accept(view, pledge, input);
    await world
      .get(RefuseReceipt)
      .execute({ actor: officer('fund_approver'), receiptId: wrong, reason: 'other pledge' });
    expect((await lineOf(number)).line.receiptId).toBeNull();
    const again = await accept(await lineOf(number), right, input);
    expect(again).not.toBe(wrong);
    await confirm(again);
    expect((await world.pledgeRow(right)).winner).not.toBeNull();
  });

  it('is refused where it cannot be', async () => {
    const { pledge, view } = await paid();
    const refusals: [object, string][] = [
      [{ actor: staff(id('com')) }, 'bank_line_not_found'],
      [{ actor: officer('fund_approver') }, 'bank_line_not_found'],
      [{ lineId: id('bkl') }, 'bank_line_not_found'],
      [{ pledgeId: id('plg') }, 'bank_line_pledge_unfit'],
    ];
    for (const [over, code] of refusals)
      await expect(accept(view, pledge, over)).rejects.toMatchObject({ code });
    const dismiss = (actor = staff()) =>
      world.get(DecideBankLine).dismiss({ actor, lineId: view.line.id, reason: 'rent of the hall' });
    await expect(dismiss(officer('auditor'))).rejects.toMatchObject({ code: 'bank_line_not_found' });
    const clerk = staff();
    await dismiss(clerk);
    await dismiss(clerk);
    await expect(dismiss()).rejects.toMatchObject({ code: 'state_conflict' });
    await expect(accept(view, pledge)).rejects.toMatchObject({ code: 'state_conflict' });
    expect((await inState('dismissed')).map(({ line: { dismissal } }) => dismissal)).toEqual([
      'rent of the hall',
    ]);
  });

  it('and comparing all lines at the same time never undoes it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { pledge, view, number } = await paid(5_100n + BigInt(round));
      awaiting().known.pop();
      const [receipt] = await Promise.all([
        accept(view, pledge),
        world.get(MatchBankLines).execute(accountId),
        world.get(MatchBankLines).execute(accountId),
      ]);
      expect((await lineOf(number)).line).toMatchObject({ state: 'accepted', receiptId: receipt });
    }
  });
});
