import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PAYMENT_INVARIANTS } from '@hehuo/payment';
import { checkInvariants, FILE_INVARIANTS } from '@hehuo/platform';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';

const money = new MoneyApi();
let accountId: string;
let staff: Who;
beforeAll(async () => {
  await money.start();
  accountId = await money.activeAccount();
  staff = money.person('community_staff');
});
afterAll(async () => {
  const { database } = money.api.testDatabase;
  expect(await checkInvariants(database, [...PAYMENT_INVARIANTS, ...FILE_INVARIANTS])).toEqual([]);
  await money.stop();
});

const today = (): string => new Date(now().getTime() - 60_000).toISOString().replace('T', ' ').slice(0, 10);

const bring = (text: string, who = staff, type = 'text/csv') =>
  money.as(who, 'post', `/custody-accounts/${accountId}/bank-statements`).type(type).send(text);

const lines = (state: string, who = staff) =>
  money.as(who, 'get', `/custody-accounts/${accountId}/bank-lines?state=${state}`);

const accept = (lineId: string, pledgeId: string, over: object = {}, who = staff) =>
  money
    .as(who, 'post', `/bank-lines/${lineId}/accept`)
    .set('idempotency-key', `accept-${id('opr')}`)
    .send({ pledgeId, ...over });

describe('a bank statement over HTTP', () => {
  it('brings a payer’s transfer to the pledge that its reference names', async () => {
    const payer = money.person(null, { personId: money.campaign.people[0]! });
    const path = `/pledges/${money.pledges[0]}`;
    const { body: pledge } = await money.as(payer, 'get', path);
    expect(pledge.payByHand).toEqual({
      reference: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/),
      ...{ accountOwner: '书院社区居民委员会', amount: '10000', until: expect.any(String) },
    });
    const file = [
      '日期,收入,支出,对方户名,附言,流水号',
      `${today()},100.00,,欧阳金丝雀,长椅 ${pledge.payByHand.reference} 13800001234,TX20260001`,
      `${today()},88.80,,陈先生,场地费,TX20260002`,
      `${today()},,12.00,电力公司,电费,TX20260003`,
    ].join('\n');
    const first = await bring(file);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ lines: 3, incoming: 2, created: 2, known: 0 });
    expect((await bring(file)).body).toEqual(first.body);

    const proposed = (await lines('proposed')).body.items;
    expect(proposed).toEqual([
      expect.objectContaining({
        ...{ serial: 'TX20260001', amount: '10000', payer: '欧**', state: 'proposed', receiptId: null },
        remark: `长椅 ${pledge.payByHand.reference} *******1234`,
        proposals: [
          expect.objectContaining({
            ...{ pledgeId: money.pledges[0], score: 'certain', why: 'reference_and_sum', expected: '10000' },
          }),
        ],
      }),
    ]);
    const [line] = proposed;
    const accepted = await accept(line.id, pledge.id);
    expect([accepted.status, accepted.body.state]).toEqual([201, 'accepted']);
    const { receiptId } = accepted.body;
    expect((await money.as(staff, 'post', `/receipts/${receiptId}/confirm`)).body.code).toBe('same_person');
    const approver = money.person('fund_approver');
    expect((await money.as(approver, 'post', `/receipts/${receiptId}/confirm`)).status).toBe(204);

    expect((await money.as(payer, 'get', path)).body).toMatchObject({ state: 'held', payByHand: null });
    const mine = await money.as(payer, 'get', '/me/charges');
    expect(mine.body).toEqual({
      items: [expect.objectContaining({ pledgeId: pledge.id, status: 'paid', paid: '10000', returned: '0' })],
      next: null,
    });
    expect((await money.as(money.person(null), 'get', '/me/charges')).body.items).toEqual([]);
  });

  it('says all that is wrong at once, and takes nothing', async () => {
    const { status, body } = await bring(`date,income\n${today()},1.234\nyesterday,5\n`);
    expect([status, body.code, body.errors]).toEqual([
      422,
      'bank_statement_refused',
      [
        ...[
          { line: 2, column: 'income', code: 'sum_invalid', message: '请按 1,234.50 这样写金额，单位是元' },
          {
            ...{ line: 3, column: 'date', code: 'day_invalid' },
            message: '请按 2026-11-25 或 2026/11/25 09:30 这样写日期',
          },
        ],
      ],
    ]);
    expect((await bring('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await bring('{}', staff, 'application/json')).body.code).toBe('unsupported_media_type');
  });

  it('is dismissed with a reason, once', async () => {
    const [line] = (await lines('unmatched')).body.items;
    expect(line).toMatchObject({ serial: 'TX20260002', payer: '陈**', proposals: [] });
    const dismiss = (who: Who, body: object = { reason: '场地费，与众筹无关' }) =>
      money.as(who, 'post', `/bank-lines/${line.id}/dismiss`).send(body);
    expect((await dismiss(staff, {})).body.code).toBe('validation_failed');
    expect((await dismiss(staff)).status).toBe(204);
    expect((await accept(line.id, money.pledges[1]!)).body.code).toBe('state_conflict');
    expect((await lines('dismissed', money.person('auditor'))).body.items).toMatchObject([
      { id: line.id, dismissal: '场地费，与众筹无关' },
    ]);
  });

  it('that was dismissed is reopened with a key, the version that was read and a reason', async () => {
    const [line] = (await lines('dismissed')).body.items;
    const body = { version: line.version as number, reason: '附言里有付款编号' };
    const reopen = (who: Who, key: string, content: object = body) => {
      const request = money.as(who, 'post', `/bank-lines/${line.id}/reopen`);
      return (key === '' ? request : request.set('idempotency-key', key)).send(content);
    };
    const codes: string[] = [];
    const tries: [Who, string, object][] = [
      [staff, '', body],
      [money.person('auditor'), 'reopen-01', body],
      [staff, 'reopen-02', { version: body.version }],
      [staff, 'reopen-03', { ...body, version: body.version + 1 }],
    ];
    for (const one of tries) codes.push((await reopen(...one)).body.code);
    expect(codes).toEqual([
      ...['idempotency_key_required', 'forbidden', 'validation_failed', 'bank_line_changed'],
    ]);
    for (const _ of [1, 2]) {
      const { status, body: answer } = await reopen(staff, 'reopen-04');
      expect([status, answer]).toEqual([
        ...[200, { id: line.id, state: 'unmatched', version: body.version + 1 }],
      ]);
    }
    expect((await reopen(staff, 'reopen-05')).body.code).toBe('bank_line_changed');
    expect((await lines('unmatched')).body.items).toMatchObject([{ id: line.id, dismissal: null }]);
  });

  it('is nobody’s business outside of the community', async () => {
    const roles = [{ role: 'community_staff' as const, communityId: id('com') }];
    const elsewhere = money.person('community_staff', { roles });
    expect((await lines('proposed', elsewhere)).body.code).toBe('payment_forbidden');
    const [line] = (await lines('accepted')).body.items;
    for (const [lineId, who] of [
      [line.id, elsewhere],
      [id('bkl'), staff],
    ] as const)
      expect((await accept(lineId, money.pledges[1]!, {}, who)).body.code).toBe('bank_line_not_found');
    const keyless = await money
      .as(staff, 'post', `/bank-lines/${line.id}/accept`)
      .send({ pledgeId: id('plg') });
    expect(keyless.body.code).toBe('idempotency_key_required');
  });
});

describe('what I am asked to pay', () => {
  it('is a list of mine, empty where nothing is collected', async () => {
    const { status, body } = await money.as(money.person(null), 'get', '/me/payment-reminders');
    expect([status, body]).toEqual([200, { items: [], next: null }]);
  });
});
