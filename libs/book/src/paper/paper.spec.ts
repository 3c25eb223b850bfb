import { describe, expect, it } from '@jest/globals';
import { Clock } from '@hehuo/kernel';
import type { PayerReceipt } from '../domain/payer-receipt.js';
import { ReceiptPrinter } from './receipt-printer.js';

class StoppedClock extends Clock {
  now(): Date {
    return new Date(Date.parse('2026-11-25T02:00:00Z'));
  }
}

const printer = new ReceiptPrinter(new StoppedClock());

const RECEIPT: PayerReceipt = {
  ...{ chargeId: 'chg_1', number: 'C01M88V4JV906G4TBXB251Q0VX3', payerName: '王小明' },
  ...{ campaignTitle: '楼道重新刷白', communityName: '书院社区', custodian: '书院社区居民委员会' },
  ...{ amount: 5_000n, method: 'cash', transactionNo: null, paperNumber: 'No. 88' },
  ...{ paidAt: '2026-11-24 18:30', printedAt: '2026-11-25 10:00', returned: 0n, onItsWayBack: false },
  charity: null,
};

/** The text of a document that was written without compression, through its own table from glyphs to characters. */
function textOf(pdf: Buffer): string {
  const body = pdf.toString('latin1');
  const glyphs = new Map<string, string>();
  for (const [, list = ''] of body.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    const [, first = '0000', targets = ''] = /<([0-9a-f]+)>\s*<[0-9a-f]+>\s*\[([\s\S]*?)\]/i.exec(list) ?? [];
    [...targets.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], at) => {
      const code = (parseInt(first, 16) + at).toString(16).padStart(4, '0');
      glyphs.set(code, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    });
  }
  const shown = body.split('\n').filter((line) => line.endsWith('] TJ'));
  return shown
    .map((line) =>
      [...line.matchAll(/<([0-9a-f]*)>/gi)]
        .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
        .map((code) => glyphs.get(code.toLowerCase()) ?? '?')
        .join(''),
    )
    .join('\n');
}

const print = async (over: Partial<PayerReceipt>, language: 'zh-CN' | 'en' = 'zh-CN'): Promise<string> =>
  textOf(await printer.print({ ...RECEIPT, ...over }, { language, compress: false }));

describe('a payer’s receipt', () => {
  it('says who paid what to whom, in digits and capitals, and what it is not', async () => {
    const text = await print({});
    for (const said of [
      ...['出资收款凭据', '王小明', '楼道重新刷白', '书院社区居民委员会', '¥50.00', '人民币伍拾元整', '现金'],
      ...['2026-11-24 18:30', 'C01M88V4JV906G4TBXB251Q0VX3', 'No. 88', '代管方盖章', '2026-11-25 10:00'],
    ]) {
      expect(text).toContain(said);
    }
    expect(text.replaceAll('\n', '')).toContain('不是公益事业捐赠票据，也不是发票，不能用于抵税');
  });

  it('says it in English', async () => {
    const text = (await print({ method: 'bank_transfer', transactionNo: 'T-1' }, 'en')).replaceAll('\n', '');
    for (const said of ['Payment receipt', 'This is not a tax receipt', '伍拾元整', 'bank transfer', 'T-1'])
      expect(text).toContain(said);
  });

  it('says what went back meanwhile, and the charity’s own receipt', async () => {
    const charity = { number: '川财票 0001234', issuer: '某某基金会', issuedOn: '2026-12-01' };
    const text = (await print({ returned: 1_234n, onItsWayBack: true, charity })).replaceAll('\n', '');
    expect(text).toContain('已退还 ¥12.34（人民币壹拾贰元叁角肆分）；有款项正在退还');
    for (const said of Object.values(charity)) expect(text).toContain(said);
  });

  it('wraps what is long, boxes what the font lacks, and stays one small page', async () => {
    const over = {
      campaignTitle: '很长的标题'.repeat(12),
      payerName: '𠮷田😀\u{1F469}\u200D\u{1F467}',
      custodian: '单位'.repeat(60),
    };
    const text = await print(over);
    expect(text.replaceAll('\n', '')).toContain('很长的标题'.repeat(12));
    // The box is the font's own glyph for what it lacks, which stands for no character.
    expect(text).toContain('\0田\0');
    const pdf = await printer.print({ ...RECEIPT, ...over }, { language: 'zh-CN' });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(pdf.length).toBeLessThan(60_000);
    expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-');
  });

  it.each(['zh-CN', 'en'] as const)(
    'stays one page with the longest of everything, and leaves nothing out: %s',
    async (language) => {
      const over = {
        payerName: '买买提艾力·吐尔逊江·'.repeat(4),
        campaignTitle: '三号院楼道粉刷与扶手'.repeat(6),
        communityName: '书院社区一号院'.repeat(5),
        custodian: '某某区书院街道居民委员会'.repeat(10),
        ...{ amount: 8_999_999_999_999_999n, returned: 8_987_654_321_098_764n, onItsWayBack: true },
        ...{ transactionNo: '4'.repeat(64), paperNumber: '据'.repeat(60) },
        charity: {
          number: '票'.repeat(60),
          issuer: '某某公益慈善基金会专项'.repeat(10),
          issuedOn: '2026-12-01',
        },
      };
      const pdf = await printer.print({ ...RECEIPT, ...over }, { language, compress: false });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      const text = textOf(pdf).replaceAll('\n', '');
      const { charity, payerName, campaignTitle, communityName, custodian, transactionNo, paperNumber } =
        over;
      const names = [payerName, campaignTitle, communityName, custodian, transactionNo, paperNumber];
      for (const said of [...names, ...Object.values(charity)]) expect(text).toContain(said);
      // The name at the seal is the last thing on the paper, and whole.
      expect(text.endsWith(custodian)).toBe(true);
      expect(text).toContain('捌拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分');
    },
  );

  it('does without a name', async () => {
    expect(await print({ payerName: null })).toContain('（未填写姓名）');
  });
});
