import { createHash } from 'node:crypto';
import type { Clock } from '@hehuo/kernel';
import type { BillFinding } from '../../domain/findings.js';
import { billLines } from './bill-lines.js';
import { UnreadableBill } from './bill-table.js';
import { fieldsOf } from './fields.js';
import type { Lost, Merchant, WechatWire } from './wire.js';

/** Bills are for days of this zone and can be asked for from this hour of the next day on. */
export const billHours = { timeZone: 'Asia/Shanghai', readyAtHour: 10 } as const;

const hourMs = 3_600_000;

type File =
  | Lost
  | { readonly kind: 'file'; readonly raw: Buffer }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_ready' };

/** Fetches the two bills of a day and reads them as one. */
export class WechatBills {
  constructor(
    private readonly wire: WechatWire,
    private readonly clock: Clock,
  ) {}

  async fetch(merchant: Merchant, day: string): Promise<BillFinding> {
    const startsAtMs = Date.parse(`${day}T00:00:00+08:00`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(startsAtMs)) {
      throw new Error('the day of a bill looks like 2026-11-25');
    }
    const readyAtMs = startsAtMs + (24 + billHours.readyAtHour) * hourMs;
    if (this.clock.now().getTime() < readyAtMs) return { kind: 'not_ready' };
    const trade = await this.file(merchant, `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
    if (trade.kind === 'unknown' || trade.kind === 'not_ready') return trade;
    const funds = await this.file(merchant, `/v3/bill/fundflowbill?bill_date=${day}&account_type=BASIC`);
    if (funds.kind === 'unknown' || funds.kind === 'not_ready') return funds;
    if (trade.kind === 'empty' && funds.kind === 'empty') return { kind: 'empty' };
    return read(merchant, trade, funds);
  }

  private async file(merchant: Merchant, path: string): Promise<File> {
    const answer = await this.wire.ask(merchant, { method: 'GET', path });
    if ('kind' in answer) return answer;
    const { code, hash_type, hash_value, download_url } = fieldsOf(answer.body);
    if (answer.status === 400 && code === 'NO_STATEMENT_EXIST') return { kind: 'empty' };
    if (answer.status === 400 && code === 'STATEMENT_CREATING') return { kind: 'not_ready' };
    if (answer.status !== 200) return { kind: 'unknown', why: `bill_${answer.status}` };
    const fileAt = this.pathOf(download_url);
    if (hash_type !== 'SHA1' || typeof hash_value !== 'string' || fileAt === null) {
      return { kind: 'unknown', why: 'bill_without_address' };
    }
    const raw = await this.wire.download(merchant, fileAt);
    if ('kind' in raw) return raw;
    const hash = createHash('sha1').update(raw).digest('hex');
    return hash === hash_value.toLowerCase()
      ? { kind: 'file', raw }
      : { kind: 'unknown', why: 'bill_with_other_hash' };
  }

  /** The address of a file is followed on the very host that gave it, and nowhere else: the call carries a signature. */
  private pathOf(address: unknown): string | null {
    if (typeof address !== 'string' || !URL.canParse(address)) return null;
    const { origin, pathname, search } = new URL(address);
    return origin === this.wire.origin ? pathname + search : null;
  }
}

function read(merchant: Merchant, trade: File, funds: File): BillFinding {
  const [tradeRaw, fundsRaw] = [trade, funds].map((file) => (file.kind === 'file' ? file.raw : null));
  const textOf = (raw: Buffer | null | undefined): string | null => raw?.toString('utf8') ?? null;
  try {
    const lines = billLines({ trade: textOf(tradeRaw), funds: textOf(fundsRaw) }, merchant.mchid);
    const parts = [tradeRaw, fundsRaw].filter((raw) => raw !== null && raw !== undefined);
    return lines.length === 0 ? { kind: 'empty' } : { kind: 'bill', lines, raw: Buffer.concat(parts) };
  } catch (error) {
    if (!(error instanceof UnreadableBill)) throw error;
    return { kind: 'unknown', why: 'bill_unreadable' };
  }
}
