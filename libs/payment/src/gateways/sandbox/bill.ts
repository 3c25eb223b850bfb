import { parse } from 'csv-parse/sync';
import { parseQuantity } from '@hehuo/kernel';
import type { BillFinding, BillLine } from '../../domain/findings.js';
import { instantOf, numberOf } from './answers.js';

/** What the sandbox calls a movement; money that went to the payee’s bank is none that we asked for. */
const KINDS: Readonly<Record<string, BillLine['kind']>> = {
  payment: 'payment',
  refund: 'refund',
  withdrawal: 'other',
};
const HEAD = ['type', 'our_number', 'order_number', 'gateway_number', 'amount_fen', 'fee_fen', 'time'];

/** Reads the bill of a day. A line that is not as agreed makes the whole bill unknown: half a bill proves nothing. */
export function readBill(status: number, raw: Uint8Array): BillFinding {
  if (status === 409) return { kind: 'not_ready' };
  if (status !== 200) return { kind: 'unknown', why: `status_${status}` };
  const rows = rowsOf(raw);
  if (rows?.[0]?.join() !== HEAD.join()) return { kind: 'unknown', why: 'bill_unreadable' };
  const lines = rows.slice(1).map(lineOf);
  if (lines.some((line) => line === null)) return { kind: 'unknown', why: 'bill_line_unreadable' };
  return lines.length === 0 ? { kind: 'empty' } : { kind: 'bill', lines: lines as BillLine[], raw };
}

function rowsOf(raw: Uint8Array): string[][] | null {
  try {
    return parse(Buffer.from(raw), { skip_empty_lines: true });
  } catch {
    return null;
  }
}

function lineOf(row: readonly string[]): BillLine | null {
  const [type, ourNumber, orderNumber, gatewayNumber, amountFen, feeFen, time] = row;
  const amount = parseQuantity(amountFen);
  const fee = feeFen === '0' ? 0n : parseQuantity(feeFen);
  const at = instantOf(time);
  const number = numberOf(gatewayNumber);
  const kind = KINDS[type ?? ''];
  if (!kind || amount === null || fee === null || !at || !number) return null;
  return {
    ...{
      kind,
      ourNumber: numberOf(ourNumber),
      orderNumber: numberOf(orderNumber),
      gatewayNumber: number,
    },
    ...{ amount, incoming: type === 'payment', fee, at },
  };
}
