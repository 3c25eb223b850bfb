import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@hehuo/platform';
import { ScriptedWechat, type Scripted } from '../../../test/scripted-wechat.js';
import { WechatGateway } from './wechat-gateway.js';

const clock = new SystemClock();
const scripted = new ScriptedWechat(() => Math.floor(clock.now().getTime() / 1000));
const { mchid } = scripted;
let gateway: WechatGateway;

beforeAll(async () => {
  const origin = await scripted.start();
  gateway = new WechatGateway({ origin, timeoutMs: 1_000 }, scripted.merchantKeys, clock);
});
afterAll(async () => {
  await gateway.close();
  await scripted.stop();
});
beforeEach(() => scripted.forget());

describe('a bill', () => {
  const day = '2026-11-20';
  const text = [
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
    '`2026-11-20 12:00:00,`W1,`F1,`提现,`提现,`支出,`3.00,`0.00,`x,`,`S1',
    ...['资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额', '`1,`0,`0.00,`1,`3.00', ''],
  ].join('\n');
  const none: Scripted = { status: 400, body: { code: 'NO_STATEMENT_EXIST', message: '账单文件不存在' } };
  const creating: Scripted = { status: 400, body: { code: 'STATEMENT_CREATING' } };
  const offered = (part: object = {}): Scripted => ({
    status: 200,
    body: {
      ...{ hash_type: 'SHA1', hash_value: createHash('sha1').update(text).digest('hex') },
      ...{ download_url: `${scripted.origin}/v3/billdownload/file?token=a%2Bb`, ...part },
    },
  });
  const file: Scripted = { status: 200, body: text, headers: { 'wechatpay-signature': '' } };

  it('is fetched by its address with a signature of its own, and proven by its hash', async () => {
    scripted.answers = [none, offered(), file];
    expect(await gateway.bill(mchid, day)).toMatchObject({
      ...{ kind: 'bill', raw: Buffer.from(text) },
      lines: [{ kind: 'other', gatewayNumber: 'F1', amount: 300n, incoming: false }],
    });
    expect(scripted.got.map(({ request }) => request.url)).toEqual([
      `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`,
      `/v3/bill/fundflowbill?bill_date=${day}&account_type=BASIC`,
      '/v3/billdownload/file?token=a%2Bb',
    ]);
    expect(scripted.got.every(({ request, body }) => scripted.isSigned(request, body))).toBe(true);
  });

  it.each<[string, () => Scripted[], object]>([
    ['does not exist on either side', () => [none, none], { kind: 'empty' }],
    ['is being made', () => [creating], { kind: 'not_ready' }],
    ['of funds is being made', () => [none, creating], { kind: 'not_ready' }],
    [
      'has another hash',
      () => [none, offered({ hash_value: 'abc' }), file],
      { kind: 'unknown', why: 'bill_with_other_hash' },
    ],
    [
      'lies on another host',
      () => [offered({ download_url: 'https://elsewhere.example/file' })],
      { kind: 'unknown', why: 'bill_without_address' },
    ],
    [
      'is not given',
      () => [none, offered(), { status: 403, body: '' }],
      { kind: 'unknown', why: 'file_status_403' },
    ],
    [
      'comes under a wrong signature',
      () => [{ ...offered(), signedBody: 'x' }],
      { kind: 'unknown', why: 'answer_signature_wrong' },
    ],
    ['is refused', () => [{ status: 403, body: { code: 'NO_AUTH' } }], { kind: 'unknown', why: 'bill_403' }],
    [
      'cannot be read',
      () => [
        none,
        offered({ hash_value: createHash('sha1').update('x').digest('hex') }),
        { ...file, body: 'x' },
      ],
      { kind: 'unknown', why: 'bill_unreadable' },
    ],
  ])('that %s is said so', async (_name, answers, expected) => {
    scripted.answers = answers();
    expect(await gateway.bill(mchid, day)).toEqual(expected);
  });

  it('is not asked for before ten o’clock of Shanghai on the next day', async () => {
    let now = new Date('2026-11-21T01:59:59Z');
    const { origin, merchantKeys } = scripted;
    const early = new WechatGateway({ origin, timeoutMs: 300 }, merchantKeys, { now: () => now });
    expect(await early.bill(mchid, day)).toEqual({ kind: 'not_ready' });
    expect(scripted.got).toEqual([]);
    now = new Date('2026-11-21T02:00:00Z');
    const then = Math.floor(now.getTime() / 1000);
    scripted.answers = [none, none].map((answer) => ({ ...answer, seconds: then }));
    expect(await early.bill(mchid, day)).toEqual({ kind: 'empty' });
    await expect(early.bill(mchid, 'today')).rejects.toThrow('looks like');
    await early.close();
  });
});
