import { yuanToFen } from '@hehuo/kernel';
import type { BillLine } from '../../domain/findings.js';
import { tableOf, UnreadableBill, type BillRow } from './bill-table.js';
import { numberOf } from './fields.js';

/** The two bills of one day as text; null for one that WeChat Pay says does not exist. */
export interface BillTexts {
  /** What was paid and refunded (交易账单). */
  readonly trade: string | null;
  /** What moved on the merchant's account (资金账单). */
  readonly funds: string | null;
}

/** A movement of the account, as the bill of funds has it. */
interface Movement {
  readonly business: string;
  readonly kind: string;
  readonly flow: string;
  readonly incoming: boolean;
  readonly amount: bigint;
  readonly at: Date;
}

const [PAID, RETURNED, FEE] = ['交易', '退款', '扣除交易手续费'];

/**
 * The lines of one day. Payments and refunds come from the bill of trades, with what WeChat Pay kept inside of them (the
 * difference to the account's movement); charges of their own and everything else that moved come from the bill of funds.
 * Throws UnreadableBill when a line, a count or a sum is not as documented: half a bill is none.
 */
export function billLines({ trade, funds }: BillTexts, merchantRef: string): readonly BillLine[] {
  const movements = funds === null ? [] : movementsOf(funds);
  const trades = trade === null ? [] : tradesOf(trade, merchantRef);
  const kept = new Map(
    movements.filter(({ kind }) => kind === PAID || kind === RETURNED).map((move) => [move.business, move]),
  );
  const numbers = new Map(trades.map((line) => [line.gatewayNumber, line.ourNumber]));
  const others = movements.filter(({ kind }) => kind !== PAID && kind !== RETURNED);
  return [
    ...trades.map((line) => ({ ...line, fee: feeInside(line, kept.get(line.gatewayNumber)) })),
    ...others.map((move) => otherLine(move, numbers.get(move.business) ?? null)),
  ];
}

/** Less came in than was paid, or less went out than was refunded, and the rest is the fee: kept, or given back. */
function feeInside({ kind, amount }: BillLine, move: Movement | undefined): bigint {
  if (!move || kind === 'other') return 0n;
  return kind === 'payment' ? amount - move.amount : move.amount - amount;
}

function otherLine(move: Movement, ourNumber: string | null): BillLine {
  const isFee = move.kind === FEE && !move.incoming;
  return {
    ...{ kind: isFee ? 'fee' : 'other', ourNumber, orderNumber: null, gatewayNumber: move.flow },
    ...{ amount: move.amount, incoming: move.incoming, fee: 0n, at: move.at },
  };
}

function tradesOf(text: string, merchantRef: string): readonly BillLine[] {
  const { rows, summary } = tableOf(text, '商品名称', '总交易单数');
  if (rows.some((row) => row('商户号') !== merchantRef)) {
    throw new UnreadableBill('a line is of another merchant');
  }
  const refunds = rows.map((row) => (row('交易状态') === 'REFUND' ? fen(row('申请退款金额')) : 0n));
  expectEqual(count(summary('总交易单数')), BigInt(rows.length), 'lines');
  expectEqual(fen(summary('申请退款总金额')), sum(refunds), 'refunds');
  // A refund that failed moved nothing in the end.
  return rows.filter((row) => row('交易状态') !== 'REFUND' || row('退款状态') !== 'FAIL').map(tradeLine);
}

function tradeLine(row: BillRow): BillLine {
  const state = row('交易状态');
  const orderNumber = numberOf(row('商户订单号'));
  const common = { at: timeOf(row('交易时间')), fee: 0n };
  switch (state) {
    case 'SUCCESS':
      return {
        ...{ ...common, kind: 'payment', ourNumber: orderNumber, orderNumber: null, incoming: true },
        ...{ gatewayNumber: row('微信订单号'), amount: positive(row('订单金额')) },
      };
    case 'REFUND':
      return {
        ...{ ...common, kind: 'refund', ourNumber: numberOf(row('商户退款单号')), orderNumber },
        ...{ gatewayNumber: row('微信退款单号'), amount: positive(row('申请退款金额')), incoming: false },
      };
    case 'REVOKED':
      // A payment at a till that was taken back: not ours, and it moved money.
      return {
        ...{ ...common, kind: 'other', ourNumber: null, orderNumber: null, incoming: false },
        ...{ gatewayNumber: row('微信退款单号'), amount: positive(row('申请退款金额')) },
      };
    default:
      throw new UnreadableBill('a line is in a state that is not understood');
  }
}

function movementsOf(text: string): readonly Movement[] {
  const { rows, summary } = tableOf(text, '备注', '资金流水总笔数');
  const movements = rows.map((row): Movement => {
    const direction = row('收支类型');
    if (direction !== '收入' && direction !== '支出') throw new UnreadableBill('a movement has no direction');
    return {
      ...{ business: row('微信支付业务单号'), flow: row('资金流水单号'), kind: row('业务类型') },
      ...{ incoming: direction === '收入', amount: fen(row('收支金额(元)')), at: timeOf(row('记账时间')) },
    };
  });
  const [incoming, outgoing] = [true, false].map((way) => movements.filter((move) => move.incoming === way));
  for (const [moves = [], name] of [[incoming, '收入'] as const, [outgoing, '支出'] as const]) {
    expectEqual(count(summary(`${name}笔数`)), BigInt(moves.length), name);
    expectEqual(fen(summary(`${name}金额`)), sum(moves.map(({ amount }) => amount)), name);
  }
  expectEqual(count(summary('资金流水总笔数')), BigInt(rows.length), 'movements');
  return movements.filter(({ amount }) => amount > 0n);
}

function expectEqual(told: bigint, found: bigint, what: string): void {
  if (told !== found) throw new UnreadableBill(`the bill tells of other ${what} than it holds`);
}

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((a, b) => a + b, 0n);
}

function fen(yuan: string): bigint {
  const value = yuanToFen(yuan);
  if (value === null) throw new UnreadableBill('a sum of the bill cannot be read');
  return value;
}

function positive(yuan: string): bigint {
  const value = fen(yuan);
  if (value === 0n) throw new UnreadableBill('a line of the bill has no sum');
  return value;
}

/** Counts come as `45` and as `45.0`. */
function count(text: string): bigint {
  const [, digits] = /^(\d{1,9})(?:\.0+)?$/.exec(text) ?? [];
  if (digits === undefined) throw new UnreadableBill('a count of the bill cannot be read');
  return BigInt(digits);
}

/** `2026-11-25 10:00:00` is the time of Shanghai. */
function timeOf(text: string): Date {
  const ms = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
    : NaN;
  if (Number.isNaN(ms)) throw new UnreadableBill('a time of the bill cannot be read');
  return new Date(ms);
}
