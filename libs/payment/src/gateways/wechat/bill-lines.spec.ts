import { describe, expect, it } from '@jest/globals';
import { billLines } from './bill-lines.js';
import { UnreadableBill } from './bill-table.js';

// Columns, marks and business types as the documentation and public samples of both bills have them.
const tradeNames =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,' +
  '代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const tradeSums =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const fundNames =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const fundSums = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
const mchid = '1900007291';

const ticked = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(',');
const table = (...lines: string[]): string => `\uFEFF${lines.join('\r\n')}\r\n`;

const payment = (number: string, yuan: string, title = '楼道粉刷') =>
  ticked([
    ...['2026-11-24 10:00:00', 'wx8888888888888888', mchid, '0', '', `42${number}`, number, 'oUpF', 'NATIVE'],
    ...['SUCCESS', 'OTHERS', 'CNY', yuan, '0.00', '0', '0', '0.00', '0.00', '', '', title, '', '0.03'],
    ...['0.60%', yuan, '0.00', ''],
  ]);
const refund = (number: string, order: string, yuan: string, state = 'SUCCESS', kind = 'REFUND') =>
  ticked([
    ...['2026-11-24 23:59:59', 'wx8888888888888888', mchid, '0', '', `42${order}`, order, 'oUpF', 'NATIVE'],
    ...[kind, 'OTHERS', 'CNY', '0.00', '0.00', `50${number}`, number, yuan, '0.00', 'ORIGINAL', state],
    ...['楼道粉刷', '', '0.00', '0.60%', '0.00', yuan, ''],
  ]);
const trade = (rows: readonly string[], refunds: string, count = String(rows.length)): string =>
  table(tradeNames, ...rows, tradeSums, ticked([count, '0.00', '0.00', '0.00', '0.00', '0.00', refunds]));

const move = (business: string, flow: string, kind: string, way: string, yuan: string, note = '') =>
  ticked([
    ...['2026-11-24 12:00:00', business, flow, kind, kind, way, yuan, '9.00', `${mchid}API`, note, 'S1'],
  ]);
const funds = (rows: readonly string[], ...sums: string[]): string =>
  table(fundNames, ...rows, fundSums, ticked([String(rows.length), ...sums]));

describe('the bills of a day', () => {
  it('give payments, refunds, fees and everything else that moved', () => {
    const lines = billLines(
      {
        trade: trade([payment('C1', '5.00'), refund('R1', 'C1', '2.00')], '2.00', '2.0'),
        funds: funds(
          [
            move('42C1', 'F1', '交易', '收入', '5.00'),
            move('42C1', 'F2', '扣除交易手续费', '支出', '0.03'),
            move('50R1', 'F3', '退款', '支出', '1.99', '退款总金额2.00元;含手续费0.01元'),
            move('90W1', 'F4', '提现', '支出', '3.00', '备注,`带标记'),
          ],
          ...['1', '5.00', '3', '5.02'],
        ),
      },
      mchid,
    );
    const at = new Date('2026-11-24T02:00:00Z');
    expect(lines).toEqual([
      {
        ...{ kind: 'payment', ourNumber: 'C1', orderNumber: null, gatewayNumber: '42C1', at },
        ...{ amount: 500n, incoming: true, fee: 0n },
      },
      {
        ...{ kind: 'refund', ourNumber: 'R1', orderNumber: 'C1', gatewayNumber: '50R1' },
        ...{ amount: 200n, incoming: false, fee: -1n, at: new Date('2026-11-24T15:59:59Z') },
      },
      {
        ...{ kind: 'fee', ourNumber: 'C1', orderNumber: null, gatewayNumber: 'F2' },
        ...{ amount: 3n, incoming: false, fee: 0n, at: new Date('2026-11-24T04:00:00Z') },
      },
      {
        ...{ kind: 'other', ourNumber: null, orderNumber: null, gatewayNumber: 'F4' },
        ...{ amount: 300n, incoming: false, fee: 0n, at: new Date('2026-11-24T04:00:00Z') },
      },
    ]);
  });

  it('say what was kept inside of a payment, and give back a fee as what it is', () => {
    const lines = billLines(
      {
        trade: trade([payment('C1', '5.00')], '0.00'),
        funds: funds(
          [move('42C1', 'F1', '交易', '收入', '4.97'), move('42C1', 'F2', '退回交易手续费', '收入', '0.03')],
          ...['2', '5.00', '0', '0.00'],
        ),
      },
      mchid,
    );
    expect(lines.map(({ kind, amount, incoming, fee }) => [kind, amount, incoming, fee])).toEqual([
      ['payment', 500n, true, 3n],
      ['other', 3n, true, 0n],
    ]);
  });

  it('are read past separators in a title, and past a refund that failed', () => {
    const rows = [payment('C1', '5.00', '楼道,`粉刷,`, "好"'), refund('R1', 'C1', '1.00', 'FAIL')];
    expect(billLines({ trade: trade(rows, '1.00'), funds: null }, mchid)).toMatchObject([
      { ourNumber: 'C1', amount: 500n },
    ]);
  });

  it('show a payment taken back at a till as something else', () => {
    const rows = [refund('R1', 'X1', '1.00', 'SUCCESS', 'REVOKED')];
    expect(billLines({ trade: trade(rows, '0.00'), funds: null }, mchid)).toMatchObject([
      { kind: 'other', ourNumber: null, amount: 100n, incoming: false },
    ]);
  });

  it('may be empty', () => {
    expect(billLines({ trade: trade([], '0.00'), funds: null }, mchid)).toEqual([]);
    expect(billLines({ trade: null, funds: null }, mchid)).toEqual([]);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['a page of an error', '<html>'],
    ['no sums', table(tradeNames, payment('C1', '5.00'))],
    ['another count', trade([payment('C1', '5.00')], '0.00', '2')],
    ['another sum of refunds', trade([refund('R1', 'C1', '1.00')], '1.01')],
    ['another merchant', trade([payment('C1', '5.00').replace(mchid, '1900000109')], '0.00')],
    ['a short line', trade([payment('C1', '5.00').slice(0, 60)], '0.00')],
    ['a line without marks', trade([payment('C1', '5.00').replaceAll('`', '')], '0.00')],
    ['a sum with three decimals', trade([payment('C1', '5.001')], '0.00')],
    ['a sum of nothing', trade([payment('C1', '0.00')], '0.00')],
    ['a negative sum', trade([payment('C1', '-5.00')], '0.00')],
    ['a time that is none', trade([payment('C1', '5.00').replace('10:00:00', '10:00')], '0.00')],
    ['an unknown state', trade([refund('R1', 'C1', '1.00', 'SUCCESS', 'GIFT')], '0.00')],
    ['other names', trade([], '0.00').replace('商品名称', '名称')],
    ['lines after the sums', `${trade([], '0.00')}\`1\r\n`],
  ])('with %s are refused whole', (_name, text) => {
    expect(() => billLines({ trade: text, funds: null }, mchid)).toThrow(UnreadableBill);
  });

  it.each([
    ['another sum', funds([move('1', 'F1', '提现', '支出', '3.00')], '0', '0.00', '1', '3.01')],
    ['another count', funds([move('1', 'F1', '提现', '支出', '3.00')], '0', '0.00', '2', '3.00')],
    ['no direction', funds([move('1', 'F1', '提现', '', '3.00')], '0', '0.00', '1', '3.00')],
  ])('of funds with %s are refused whole', (_name, text) => {
    expect(() => billLines({ trade: null, funds: text }, mchid)).toThrow(UnreadableBill);
  });
});
