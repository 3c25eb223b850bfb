import type { BillLine } from '../../domain/findings.js';
import { beijingDay, instantOfBeijing } from './beijing.js';
import { billedFenOf } from './yuan.js';

const title = '#支付宝业务明细查询';
const listEnds = '业务明细列表结束';
const COLUMNS = {
  transaction: '支付宝交易号',
  order: '商户订单号',
  kind: '业务类型',
  name: '商品名称',
  createdAt: '创建时间',
  finishedAt: '完成时间',
  received: '商家实收（元）',
  refund: '退款批次号/请求号',
  fee: '服务费（元）',
} as const;
type Column = keyof typeof COLUMNS;
type Row = Readonly<Record<Column, string>>;

/** Our own numbers; what else a merchant sells is none of our business and stays a line without a number. */
const OURS = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * The lines of a daily business bill (`trade`), whose text was decoded from GBK. Throws an Error that names the fault: a
 * bill is understood whole, for the right account, day and number of lines, or not at all.
 */
export function readBill(text: string, merchantRef: string, day: string): readonly BillLine[] {
  const all = text.split(/\r?\n/).map((line) => line.trim());
  if (all[0] !== title) throw new Error('the bill has another title');
  // The account stands with a suffix of four digits of the ledger: 2088…0156.
  const account = /^#账号：\[(\d+)\]$/.exec(all[1] ?? '')?.[1];
  if (!account?.startsWith(merchantRef)) throw new Error('the bill is of another account');
  const head = all.findIndex((line) => line.startsWith(COLUMNS.transaction));
  const end = all.findIndex((line) => line.startsWith('#') && line.includes(listEnds));
  if (head < 0 || end < head) throw new Error('the bill has no list');
  const columns = columnsOf(all[head] ?? '');
  const rows = all.slice(head + 1, end).map((line) => rowOf(line, columns));
  const lines = rows.map((row) => lineOf(row, day));
  compareTotals(all.slice(end), rows);
  // A line without money, as of goods that a voucher paid whole, moves nothing.
  return lines.filter(({ amount }) => amount > 0n);
}

/** The zip file holds two texts, the lines and their summary; names differ from year to year, titles do not. */
export function isLineList(text: string): boolean {
  return text.startsWith(title);
}

interface Columns {
  readonly at: Readonly<Record<Column, number>>;
  readonly count: number;
}

function columnsOf(line: string): Columns {
  const names = line.split(',').map((name) => name.trim());
  const at = Object.entries(COLUMNS).map(([column, name]) => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error('the bill lacks a column');
    return [column, index] as const;
  });
  return { at: Object.fromEntries(at) as Record<Column, number>, count: names.length };
}

/** Cells are not quoted, so a comma in the name of the goods makes more cells; the two instants after it show where it ends. */
function rowOf(line: string, { at, count }: Columns): Row {
  const cells = line.split(',').map((cell) => cell.trim());
  let shift = 0;
  while (!isInstant(cells[at.createdAt + shift]) || !isInstant(cells[at.finishedAt + shift])) {
    shift += 1;
    if (shift > cells.length - count) throw new Error('a line of the bill is not as agreed');
  }
  if (cells.length < count + shift) throw new Error('a line of the bill is cut off');
  const cellOf = (column: Column): string => cells[at[column] + (at[column] > at.name ? shift : 0)] ?? '';
  const row = Object.keys(COLUMNS).map((column) => [column, cellOf(column as Column)] as const);
  return Object.fromEntries(row) as Record<Column, string>;
}

function isInstant(cell: string | undefined): boolean {
  return instantOfBeijing(cell) !== null;
}

function lineOf(row: Row, day: string): BillLine {
  const received = billedFenOf(row.received);
  const fee = billedFenOf(row.fee);
  const at = instantOfBeijing(row.finishedAt);
  if (received === null || fee === null || !at || row.transaction === '') {
    throw new Error('a line of the bill is not as agreed');
  }
  if (beijingDay(at) !== day) throw new Error('a line of the bill is of another day');
  const orderNumber = OURS.test(row.order) ? row.order : null;
  const isRefund = row.kind === '退款';
  const kind = isRefund ? 'refund' : row.kind === '交易' ? 'payment' : 'other';
  return {
    ...{ kind, orderNumber, gatewayNumber: row.transaction, at },
    ourNumber: isRefund ? (OURS.test(row.refund) ? row.refund : null) : orderNumber,
    amount: received < 0n ? -received : received,
    incoming: received > 0n,
    // A fee stands with the sign of its movement: less than zero was kept, more was given back with a refund.
    fee: -fee,
  };
}

/** The bill counts its own lines; a file that was cut on the way does not agree with itself. */
function compareTotals(after: readonly string[], rows: readonly Row[]): void {
  for (const [label, kind] of [
    ['交易合计', '交易'],
    ['退款合计', '退款'],
  ] as const) {
    const told = after.find((line) => line.startsWith(`#${label}：`));
    const count = /：(\d+)笔/.exec(told ?? '')?.[1];
    if (Number(count) !== rows.filter((row) => row.kind === kind).length) {
      throw new Error('the bill does not add up');
    }
  }
}
