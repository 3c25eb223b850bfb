import type { Books, Movement, OrderRecord } from '../books/books.js';
import { parseInstant, utcDay } from '../clock.js';
import type { WechatMerchant } from './merchants.js';
import { shanghaiTime, yuan } from './text.js';

const dayMs = 86_400_000;
const tradeNames =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';
const tradeSums =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const fundNames =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),' +
  '资金变更提交申请人,备注,业务凭证号';
const fundSums = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

interface Line {
  readonly move: Movement;
  readonly order: OrderRecord;
}

/** The bill of trades or of funds of one day of Shanghai; undefined when nothing moved on that day. */
export function billOf(
  books: Books,
  merchant: WechatMerchant,
  day: string,
  kind: 'trade' | 'funds',
): string | undefined {
  const moves = linesOf(books, merchant, day);
  if (moves.length === 0) return undefined;
  const lines = kind === 'trade' ? tradeLines(moves, merchant) : fundLines(moves, merchant);
  return `${lines.join('\r\n')}\r\n`;
}

function tradeLines(moves: readonly Line[], merchant: WechatMerchant): string[] {
  const [paid, returned] = [sum(moves, 'payment'), sum(moves, 'refund')];
  const sums = [moves.length, yuan(paid), yuan(returned), '0.00', '0.00', yuan(paid), yuan(returned)];
  return [tradeNames, ...moves.map((line) => tradeRow(line, merchant)), tradeSums, ticked(sums.map(String))];
}

function tradeRow({ move, order }: Line, { appid, mchid }: WechatMerchant): string {
  const isRefund = move.type === 'refund';
  const [paid, returned] = isRefund ? ['0.00', yuan(move.amountFen)] : [yuan(move.amountFen), '0.00'];
  return ticked([
    ...[timeOf(move), appid, mchid, '0', '', order.transactionNo, order.orderNo, 'oSandboxPayer'],
    ...['NATIVE', isRefund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', paid, '0.00'],
    ...(isRefund ? [move.transactionNo, move.ourNumber] : ['0', '0']),
    ...[returned, '0.00', isRefund ? 'ORIGINAL' : '', isRefund ? 'SUCCESS' : '', order.description, ''],
    ...['0.00', '0.00%', paid, returned, ''],
  ]);
}

function fundLines(moves: readonly Line[], { mchid }: WechatMerchant): string[] {
  const [paid, returned] = [sum(moves, 'payment'), sum(moves, 'refund')];
  const returns = moves.filter(({ move }) => move.type === 'refund').length;
  const sums = [moves.length, moves.length - returns, yuan(paid), returns, yuan(returned)];
  const rows = moves.map(({ move }) => {
    const [kind, way] = move.type === 'refund' ? ['退款', '支出'] : ['交易', '收入'];
    return ticked([
      ...[timeOf(move), move.transactionNo, `F${move.transactionNo}`, kind, kind, way],
      ...[yuan(move.amountFen), '0.00', `${mchid}API`, '', move.ourNumber],
    ]);
  });
  return [fundNames, ...rows, fundSums, ticked(sums.map(String))];
}

/** The books keep movements by days of UTC; a day of Shanghai begins eight hours before. */
function linesOf(books: Books, { mchid }: WechatMerchant, day: string): readonly Line[] {
  const startMs = (parseInstant(`${day}T00:00:00Z`) ?? 0) - 8 * 3_600_000;
  return [utcDay(startMs), utcDay(startMs + dayMs)]
    .flatMap((utc) => books.movementsOf(utc))
    .filter(({ atMs }) => atMs >= startMs && atMs < startMs + dayMs)
    .flatMap((move) => {
      const order = books.orders.get(move.ourNumber) ?? books.refunds.get(move.ourNumber)?.order;
      return order?.dialect === 'wechat' && order.payeeAccount === mchid ? [{ move, order }] : [];
    });
}

function sum(moves: readonly Line[], type: Movement['type']): bigint {
  return moves
    .filter(({ move }) => move.type === type)
    .reduce((total, { move }) => total + move.amountFen, 0n);
}

function timeOf({ atMs }: Movement): string {
  return shanghaiTime(atMs).slice(0, 19).replace('T', ' ');
}

function ticked(cells: readonly string[]): string {
  return cells.map((cell) => `\`${cell}`).join(',');
}
