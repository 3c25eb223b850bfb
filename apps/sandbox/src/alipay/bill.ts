import type { Books, Movement, OrderRecord } from '../books/books.js';
import { parseInstant, utcDay } from '../clock.js';
import { beijing, yuan } from './text.js';
import { writeZip } from './zip.js';

const head =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,' +
  '订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,' +
  '券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const dayMs = 86_400_000;

interface Line {
  readonly move: Movement;
  readonly order: OrderRecord;
}

/** The business bill of one day of Beijing as a zip file in GBK; undefined when nothing moved on that day. */
export function billOf(books: Books, sellerId: string, day: string): Buffer | undefined {
  const lines = linesOf(books, sellerId, day);
  if (lines.length === 0) return undefined;
  const account = `${sellerId}0156`;
  const name = `${account}_${day.replaceAll('-', '')}_业务明细`;
  const list = [
    '#支付宝业务明细查询',
    `#账号：[${account}]`,
    `#起始日期：[${day} 00:00:00]   终止日期：[${day} 24:00:00]`,
    '#-----------------------------------------业务明细列表----------------------------------------',
    head,
    ...lines.map(rowOf),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${totalOf(lines, 'payment')}，商家优惠共0.00元`,
    `#退款合计：${totalOf(lines, 'refund')}，商家优惠退款共0.00元`,
    `#导出时间：[${day} 23:59:59]`,
  ];
  return writeZip([
    { name: gbk(`${name}.csv`), content: gbk(`${list.join('\r\n')}\r\n`) },
    { name: gbk(`${name}(汇总).csv`), content: gbk(`#支付宝业务汇总查询\r\n#账号：[${account}]\r\n`) },
  ]);
}

/** The books keep movements by days of UTC; a day of Beijing begins eight hours before. */
function linesOf(books: Books, sellerId: string, day: string): readonly Line[] {
  const startMs = (parseInstant(`${day}T00:00:00Z`) ?? 0) - 8 * 3_600_000;
  return [utcDay(startMs), utcDay(startMs + dayMs)]
    .flatMap((utc) => books.movementsOf(utc))
    .filter(({ atMs }) => atMs >= startMs && atMs < startMs + dayMs)
    .flatMap((move) => {
      const order = books.orders.get(move.ourNumber) ?? books.refunds.get(move.ourNumber)?.order;
      return order?.dialect === 'alipay' && order.payeeAccount === sellerId ? [{ move, order }] : [];
    });
}

function rowOf({ move, order }: Line): string {
  const isRefund = move.type === 'refund';
  const sum = yuan(isRefund ? -move.amountFen : move.amountFen);
  return [
    ...[`${order.transactionNo}\t`, `${order.orderNo}\t`, isRefund ? '退款\t' : '交易\t', order.description],
    ...[
      beijing(order.paidAtMs ?? 0),
      beijing(move.atMs),
      '\t',
      '\t',
      '\t',
      '\t',
      '*测试(138****00)\t',
      sum,
      sum,
    ],
    ...['0.00', '0.00', '0.00', '0.00', '0.00', '', '0.00\t', '0.00'],
    ...[`${isRefund ? move.ourNumber : ''}\t`, '0.00', '0.00', ''],
  ].join(',');
}

function totalOf(lines: readonly Line[], type: Movement['type']): string {
  const moves = lines.filter(({ move }) => move.type === type);
  const sum = moves.reduce((total, { move }) => total + move.amountFen, 0n);
  const word = type === 'refund' ? `退款共${yuan(-sum)}` : `共${yuan(sum)}`;
  return `${moves.length}笔，商家实收${word}元`;
}

let codes: Map<string, Buffer> | undefined;

/** Node reads GBK and does not write it; the table for writing is the one for reading, turned round. */
export function gbk(text: string): Buffer {
  codes ??= tableOf();
  const table = codes;
  return Buffer.concat(
    [...text].map((character) => {
      return character < '\x80'
        ? Buffer.from(character, 'latin1')
        : (table.get(character) ?? Buffer.from('?'));
    }),
  );
}

function tableOf(): Map<string, Buffer> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, Buffer>();
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const bytes = Buffer.from([first, second]);
      const character = decoder.decode(bytes);
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    }
  }
  return table;
}
